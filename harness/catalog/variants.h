#pragma once

#include <map>
#include <string>
#include <vector>

#include "runoff/parameters.h"

namespace runoff {

/// Every combination of the choice options that `given` leaves open, the defaults first. Each holds what is
/// given. Throws InvalidParameter.
std::vector<Parameters> all_variants(const std::vector<Parameter>& options,
                                     const std::map<std::string, std::string>& given = {});

/// Every variant, in its canonical form, that workloads of any shape have. The default comes first.
std::vector<std::string> known_variants(const std::vector<Parameter>& options);

}  // namespace runoff
