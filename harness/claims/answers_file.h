#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "claims/answer.h"

namespace runoff {

/// {"claims": [...]}: each with its answer and places, as results/README.md says.
nlohmann::ordered_json answers_json(std::span<const ClaimAnswer> answers);

/// claims.csv: a row for each place of each claim.
std::string answers_csv(std::span<const ClaimAnswer> answers);

/// The names of the claims in a claims.json; none where there is no such file, or where it is damaged.
std::vector<std::string> claims_of(const std::filesystem::path& file);

}  // namespace runoff
