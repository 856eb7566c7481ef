#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace runoff {

/// How tasks relate: a loop, a stencil in steps, or fork and join.
enum class Depends { none, stencil, tree };

std::string to_string(Depends depends);
/// All names, the default first.
const std::vector<std::string>& depends_names();
/// "independent": the shape of workloads whose tasks relate like this.
std::string shape_of(Depends depends);

/// Work that is not there, in the words of `runoff advise`.
struct Description {
  std::int64_t tasks = 10'000;
  double task_ns = 0;               ///< mean length of a task on one core, waiting included
  double spread = 1;                ///< geometric standard deviation of the lengths
  double wait = 0;                  ///< share of 1 of its length that a task waits
  std::int64_t payload = 0;         ///< bytes that each task hands on
  std::int64_t memory = 0;          ///< bytes that all tasks together walk
  std::optional<double> rate = {};  ///< tasks that arrive in a second; none: all are there at the start
  Depends depends = Depends::none;
  std::int64_t width = 0;  ///< of a stencil: tasks of a step

  /// What one worker takes for all of it.
  double serial_ns() const;
  bool operator==(const Description&) const = default;
};

/// What the command line says, word by word; empty: nothing.
struct DescriptionWords {
  std::string tasks = {}, task = {}, spread = {}, wait = {}, payload = {}, memory = {}, depends = {},
              width = {}, arrive = {};
};

/// Throws UsageError, which names the option and says what it takes.
Description read_description(const DescriptionWords& words);

/// The options that say the same: {"--tasks", "10000", "--task", "20us"}. What is as without them is left
/// out.
std::vector<std::string> options_of(const Description& description);

/// "10000 tasks of 20.0 µs on average, spread 2, …".
std::string to_text(const Description& description);

nlohmann::ordered_json to_json(const Description& description);

}  // namespace runoff
