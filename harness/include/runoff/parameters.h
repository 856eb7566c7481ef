#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runoff/errors.h"
#include "runoff/parameter.h"
#include "runoff/shape.h"

namespace runoff {

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
