#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "plan/missing.h"
#include "plan/plan.h"
#include "run/sampling.h"

namespace runoff {

/// What is not measured because its module is not there: an object as of the function below, without a
/// command.
nlohmann::ordered_json describe_missing(const Missing& missing);

/// What a run left out, as environment.json has it: an array, empty where nothing is left out, of objects
/// with `what` (its parts in words), `why`, `command` (which measures all), `cells` (the labels of its cells)
/// and `sentence` (all of that in one line for a person).
nlohmann::ordered_json describe_left_out(const LeftOut& left_out, const Plan& plan,
                                         std::span<const std::string> command_line);

/// How many verdicts of a run are open, and what would settle them: an object with `verdicts`, `of`,
/// `command` and `sentence`; null where all are settled.
nlohmann::ordered_json describe_open(const RunEnd& end, const Plan& plan,
                                     std::span<const std::string> command_line,
                                     const std::filesystem::path& folder);

}  // namespace runoff
