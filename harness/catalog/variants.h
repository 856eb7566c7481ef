#pragma once

#include <map>
#include <string>
#include <vector>

#include "runoff/parameters.h"

namespace runoff {

/// Every combination of the choice options that `given` leaves open, each with what is given; the default
/// first. Throws InvalidParameter.
std::vector<Parameters> all_variants(const std::vector<Parameter>& options,
                                     const std::map<std::string, std::string>& given = {});

/// Every variant, canonical, as workloads of any shape know them; the default first.
std::vector<std::string> known_variants(const std::vector<Parameter>& options);

}  // namespace runoff
