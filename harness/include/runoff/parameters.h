#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runoff/errors.h"
#include "runoff/shape.h"

namespace runoff {

/// What a parameter's text means: a number, a size (`64KiB`), a time (`10ms`), one of a few words, or any
/// text.
enum class Unit { count, bytes, duration, choice, text };

inline constexpr std::array<std::string_view, 5> unit_names{"count", "bytes", "duration", "choice", "text"};

constexpr std::string_view name_of(Unit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

/// Nothing for another word.
constexpr std::optional<Unit> unit_from(std::string_view name) {
  for (std::size_t i = 0; i < unit_names.size(); ++i)
    if (unit_names[i] == name) return static_cast<Unit>(i);
  return std::nullopt;
}

/// "1000000", within int64. Nothing when the text is something else.
inline std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

namespace detail {

/// Its name and how many of the base it is.
using NamedUnit = std::pair<std::string_view, std::int64_t>;

// The smallest first.
inline constexpr std::array<NamedUnit, 5> byte_units{
    {{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", std::int64_t{1} << 40}}};
inline constexpr std::array<NamedUnit, 5> time_units{
    {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"min", 60'000'000'000}}};

/// "64KiB", "1500ms": with the largest unit of which it is a whole number.
inline std::string in_largest_unit(std::int64_t number, std::span<const NamedUnit> units) {
  NamedUnit largest = units.front();
  for (const auto& unit : units)
    if (number % unit.second == 0) largest = unit;
  return std::to_string(number / largest.second).append(largest.first);
}

inline std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const NamedUnit> units) {
  const std::size_t digits = text.find_first_not_of("0123456789.");
  if (digits == 0 || text.empty()) return std::nullopt;
  const std::string_view suffix = digits == text.npos ? "" : text.substr(digits);
  double number = 0;
  const std::string_view head = text.substr(0, digits);
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), number);
  if (error != std::errc{} || end != head.data() + head.size()) return std::nullopt;
  for (const auto& [name, factor] : units) {
    if (suffix != name) continue;
    const double value = number * static_cast<double>(factor);
    if (value > 9e18 || (value > 0 && value < 0.5)) return std::nullopt;  // too little is not nothing
    return static_cast<std::int64_t>(value + 0.5);
  }
  return std::nullopt;
}

}  // namespace detail

/// "64KiB", "1MiB", "512B": bytes.
inline std::optional<std::int64_t> parse_bytes(std::string_view text) {
  return detail::parse_with_unit(text, detail::byte_units);
}

/// "100ms", "2s", "1.5us": nanoseconds.
inline std::optional<std::int64_t> parse_duration(std::string_view text) {
  return detail::parse_with_unit(text, detail::time_units);
}

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

/// Whether an option goes with what is chosen of the others.
inline bool goes_with(const Parameter& option, const std::vector<Parameter>& options,
                      const std::map<std::string, std::string>& given) {
  if (!option.with) return true;
  std::string chosen;
  for (const auto& other : options)
    if (other.name == option.with->option) chosen = other.standard;
  if (const auto found = given.find(option.with->option); found != given.end()) chosen = found->second;
  const auto& those = option.with->choices;
  return std::find(those.begin(), those.end(), chosen) != those.end();
}

/// Values for a fixed list of parameters: those given, the defaults for the rest. All are valid.
class Parameters {
 public:
  Parameters() = default;
  /// Throws InvalidParameter for a value out of its domain or a name that is not in the list.
  Parameters(const std::vector<Parameter>& known, const std::map<std::string, std::string>& given) {
    for (const auto& parameter : known) {
      const auto found = given.find(parameter.name);
      if (!goes_with(parameter, known, given)) {
        if (found != given.end()) throw InvalidParameter(only_with(parameter));
        continue;
      }
      const std::string& value = found == given.end() ? parameter.standard : found->second;
      if (found == given.end() && value.empty() && parameter.unit != Unit::text) continue;
      values_.push_back({parameter.name, parameter.canonical(value), parameter.parse(value),
                         parameter.unit != Unit::choice && parameter.unit != Unit::text});
    }
    for (const auto& [name, value] : given)
      if (find(name) == nullptr) throw InvalidParameter("there is no parameter '" + name + "'");
  }

  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::int64_t count(std::string_view name) const { return get(name).number; }
  std::int64_t bytes(std::string_view name) const { return get(name).number; }
  std::chrono::nanoseconds duration(std::string_view name) const {
    return std::chrono::nanoseconds(get(name).number);
  }
  /// The word or the text; of a number its canonical spelling.
  const std::string& text(std::string_view name) const { return get(name).text; }

  /// Calls `visit(name, value)` for each in the list's order: a std::int64_t in the unit's base, or the word
  /// or text, a const std::string&.
  template <class Visit>
  void each(Visit visit) const {
    for (const auto& value : values_) {
      if (value.is_number)
        visit(value.name, value.number);
      else
        visit(value.name, value.text);
    }
  }

  /// `name=value` pairs in the list's order, joined by ';': the form of the CSV. Values that are equal are
  /// spelled alike, however they were given.
  std::string canonical() const {
    std::string joined;
    for (const auto& value : values_) joined += (joined.empty() ? "" : ";") + value.name + "=" + value.text;
    return joined;
  }

 private:
  struct Value {
    std::string name;
    std::string text;
    std::int64_t number;
    bool is_number;
  };
  static std::string only_with(const Parameter& parameter) {
    std::string all;
    for (const auto& one : parameter.with->choices) all += (all.empty() ? "" : ", ") + one;
    return "'" + parameter.name + "' only goes with " + parameter.with->option + "=" + all;
  }
  const Value* find(std::string_view name) const {
    for (const auto& value : values_)
      if (value.name == name) return &value;
    return nullptr;
  }
  const Value& get(std::string_view name) const {
    const Value* value = find(name);
    if (value == nullptr) throw InvalidParameter("there is no parameter '" + std::string(name) + "'");
    return *value;
  }
  std::vector<Value> values_;
};

/// Those of a backend's options that make a difference to workloads of this shape.
inline std::vector<Parameter> options_for(Shape shape, const std::vector<Parameter>& options) {
  std::vector<Parameter> some;
  for (const auto& option : options)
    if (option.applies_to(shape)) some.push_back(option);
  return some;
}

/// Whether a variant has one worker, however many are asked for.
inline bool is_lone(const std::vector<Parameter>& options, const std::map<std::string, std::string>& given) {
  return std::any_of(options.begin(), options.end(), [&given](const Parameter& option) {
    const auto found = given.find(option.name);
    const std::string& value = found == given.end() ? option.standard : found->second;
    return std::find(option.lone.begin(), option.lone.end(), value) != option.lone.end();
  });
}

/// The canonical variant of a backend for workloads of this shape: options that make no difference to them
/// are left out. Throws InvalidParameter.
inline std::string variant_for(Shape shape, const std::vector<Parameter>& options,
                               std::map<std::string, std::string> given) {
  for (const auto& option : options)
    if (!option.applies_to(shape)) given.erase(option.name);
  return Parameters(options_for(shape, options), given).canonical();
}

}  // namespace runoff
