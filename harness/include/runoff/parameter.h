#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runoff/errors.h"
#include "runoff/shape.h"
#include "runoff/unit.h"

namespace runoff {

/// An option that only makes sense with some choices of another one.
struct OptionCondition {
  std::string option;
  std::vector<std::string> choices;
};

/// One parameter of a workload, or one option of a backend's variants.
struct Parameter {
  std::string name;
  Unit unit = Unit::count;
  std::string standard;  ///< the default; an option with an empty one is left out of the variant unless given
  std::int64_t minimum = 0;  ///< in the unit's base: ones, bytes or nanoseconds
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string> choices;  ///< of Unit::choice, the default first
  std::string help;
  /// Of a backend's option: the only shape that it changes; other workloads have no variants of it.
  std::optional<Shape> shape = {};
  /// Of a backend's option: it only says how many tasks are under way at once; see Backend::concurrency.
  bool concurrency = false;
  /// Of a backend's option: it says how many workers are one process, where a launcher starts processes.
  bool workers_of_process = false;
  /// Of a backend's option: what it goes with; variants without that have no such option.
  std::optional<OptionCondition> with = {};
  /// Of a backend's option: the choices with which there is one worker, however many are asked for.
  std::vector<std::string> lone = {};
  /// Of Unit::text: it names a file that the workload reads, whose content is a part of what is measured.
  bool names_file = false;

  /// The same, for workloads of one shape only.
  Parameter only_for(Shape only) && {
    shape = only;
    return std::move(*this);
  }
  /// The same, as an option that only says how many tasks are under way at once.
  Parameter sets_concurrency() && {
    concurrency = true;
    return std::move(*this);
  }
  /// The same, as an option that says how many workers are one process of the launcher's.
  Parameter sets_workers_of_process() && {
    workers_of_process = true;
    return std::move(*this);
  }
  /// The same, as an option that only goes with these choices of another one, which comes before it.
  Parameter only_with(std::string option, std::vector<std::string> those) && {
    with = OptionCondition{std::move(option), std::move(those)};
    return std::move(*this);
  }
  /// The same, with choices that have one worker, however many are asked for.
  Parameter lone_with(std::vector<std::string> those) && {
    lone = std::move(those);
    return std::move(*this);
  }
  bool applies_to(Shape workload) const { return !shape || *shape == workload; }

  static Parameter count(std::string name, std::int64_t standard, std::int64_t minimum, std::int64_t maximum,
                         std::string help) {
    return {std::move(name), Unit::count, std::to_string(standard), minimum,
            maximum,         {},          std::move(help),          {}};
  }
  /// A number that is only there when it is given.
  static Parameter optional_count(std::string name, std::int64_t minimum, std::int64_t maximum,
                                  std::string help) {
    return {std::move(name), Unit::count, "", minimum, maximum, {}, std::move(help), {}};
  }
  static Parameter bytes(std::string name, std::string standard, std::int64_t minimum, std::int64_t maximum,
                         std::string help) {
    return {std::move(name), Unit::bytes, std::move(standard), minimum, maximum, {}, std::move(help), {}};
  }
  static Parameter duration(std::string name, std::string standard, std::chrono::nanoseconds minimum,
                            std::chrono::nanoseconds maximum, std::string help) {
    return {std::move(name),     Unit::duration,
            std::move(standard), minimum.count(),
            maximum.count(),     {},
            std::move(help),     {}};
  }
  static Parameter choice(std::string name, std::vector<std::string> choices, std::string help) {
    std::string first = choices.empty() ? "" : choices.front();
    return {std::move(name), Unit::choice, std::move(first), 0, 0, std::move(choices), std::move(help), {}};
  }
  /// One of a few words, or none: it is only there when it is given, and '*' does not mean it.
  static Parameter optional_choice(std::string name, std::vector<std::string> choices, std::string help) {
    return {std::move(name), Unit::choice, "", 0, 0, std::move(choices), std::move(help), {}};
  }
  static Parameter text(std::string name, std::string standard, std::string help) {
    return {std::move(name), Unit::text, std::move(standard), 0, 0, {}, std::move(help), {}};
  }
  /// The name of a file, or none. A run is not resumed after its content has changed.
  static Parameter file(std::string name, std::string help) {
    Parameter made = text(std::move(name), "", std::move(help));
    made.names_file = true;
    return made;
  }

  /// What the parameter can be, for messages: "a whole number from 1 to 100".
  std::string domain() const {
    switch (unit) {
      case Unit::count:
        return "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum);
      case Unit::bytes:
        return "a size such as 64KiB or 1MiB, from " + std::to_string(minimum) + "B to " +
               std::to_string(maximum) + "B";
      case Unit::duration:
        return "a time such as 100ms or 2s, from " + std::to_string(minimum) + "ns to " +
               std::to_string(maximum) + "ns";
      case Unit::choice: {
        std::string all = "one of";
        for (const auto& one : choices) all += (&one == &choices.front() ? " " : ", ") + one;
        return all;
      }
      case Unit::text:
        return "text without ';' or control characters, such as line breaks";
    }
    return {};
  }

  /// The value in the unit's base (ones, bytes, nanoseconds; 0 for words). Throws InvalidParameter.
  std::int64_t parse(std::string_view value) const {
    std::optional<std::int64_t> number;
    switch (unit) {
      case Unit::count:
        number = parse_count(value);
        break;
      case Unit::bytes:
        number = parse_bytes(value);
        break;
      case Unit::duration:
        number = parse_duration(value);
        break;
      case Unit::choice:
        for (const auto& one : choices)
          if (one == value) return 0;
        break;
      case Unit::text:
        if (std::none_of(value.begin(), value.end(), [](char c) {
              return c == ';' || c == '\x7f' || static_cast<unsigned char>(c) < ' ';
            }))
          return 0;
        break;
    }
    if (!number || *number < minimum || *number > maximum)
      throw InvalidParameter("'" + name + "' cannot be '" + std::string(value) + "'; it takes " + domain());
    return *number;
  }

  /// The one spelling of all that mean the same: "1KiB" for "1024B", "1s" for "1000ms", "7" for "007". Throws
  /// InvalidParameter.
  std::string canonical(std::string_view value) const {
    const std::int64_t number = parse(value);
    switch (unit) {
      case Unit::count:
        return std::to_string(number);
      case Unit::bytes:
        return number == 0 ? "0B" : detail::in_largest_unit(number, detail::byte_units);
      case Unit::duration:
        return number == 0 ? "0s" : detail::in_largest_unit(number, detail::time_units);
      case Unit::choice:
      case Unit::text:
        break;
    }
    return std::string(value);
  }
};

}  // namespace runoff
