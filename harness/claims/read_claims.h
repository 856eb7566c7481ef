#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "claims/claim.h"

namespace runoff {

/// All claims of a folder, by their numbers. Throws MachineError for a file that is no claim, which names the
/// file and the key that is missing or wrong.
std::vector<Claim> read_claims(const std::filesystem::path& folder);

/// Those with these names, in the order of their numbers; all where none is named. Throws UsageError for an
/// unknown name, which suggests the nearest.
std::vector<Claim> choose_claims(const std::vector<Claim>& claims, std::span<const std::string> names);

}  // namespace runoff
