#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "explain/explanation.h"

namespace runoff {

/// The whole of explain.csv; its columns are in results/README.md.
std::string explanations_csv(std::span<const Explanation> explanations);

/// What such a file says. Nothing where there is none or where it is damaged, since it can be made anew.
/// Throws MachineError where it is there and cannot be read.
std::vector<Explanation> read_explanations(const std::filesystem::path& file);

/// Why it cannot be read; empty where it can, or where there is none.
std::string damage_of_explanations(const std::filesystem::path& file);

}  // namespace runoff
