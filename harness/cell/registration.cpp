#include "cell/registration.h"

#include <algorithm>

#include "support/json.h"
#include "support/names.h"
#include "support/text.h"

namespace runoff::cell {
namespace {

/// "workload 'mine'"
using Who = std::string;

[[noreturn]] void refuse(const Who& who, const std::string& what) { throw ModuleError(who + ": " + what); }

std::string quoted(const std::string& text) { return "'" + text + "'"; }

void require_name(const char* kind, const std::string& name) {
  if (!is_name(name))
    throw ModuleError(std::string(kind) + " cannot be called " + quoted(name) + ": " + name_rule);
}

/// Null where there is none of this name.
const Parameter* find(const std::vector<Parameter>& parameters, const std::string& name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&name](const Parameter& one) { return one.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

/// JSON takes nothing else, and another text would be another value.
void require_utf8(const Who& who, const std::string& what, const std::string& text) {
  if (!is_utf8(text)) refuse(who, what + " is no UTF-8; save the source as UTF-8");
}

/// Of what people read: terminals and tables take it as it is.
void require_line(const Who& who, const std::string& what, const std::string& text) {
  require_utf8(who, what, text);
  if (printable(text) != text)
    refuse(who, what + " has a line break or another control character; it is shown as one line");
}

/// Throws where the parameter cannot have this value, after `what` that means.
void require_value(const Who& who, const Parameter& parameter, const std::string& value,
                   const std::string& what) {
  try {
    parameter.parse(value);
  } catch (const InvalidParameter& error) {
    refuse(who, what + ": " + error.what());
  }
}

void require_sound_parameter(const Who& who, const Parameter& parameter) {
  if (!is_name(parameter.name))
    refuse(who, "a parameter cannot be called " + quoted(parameter.name) + ": " + name_rule);
  if (parameter.unit == Unit::choice && parameter.choices.empty())
    refuse(who, quoted(parameter.name) + " is a choice with nothing to choose");
  for (const std::string& choice : parameter.choices) {
    if (!is_word(choice))
      refuse(who, quoted(parameter.name) + " cannot be " + quoted(choice) + ": " + word_rule);
    require_line(who, "a choice of " + quoted(parameter.name), choice);
    if (std::count(parameter.choices.begin(), parameter.choices.end(), choice) > 1)
      refuse(who, quoted(parameter.name) + " has the choice " + quoted(choice) + " twice");
  }
  if (parameter.minimum > parameter.maximum)
    refuse(who, quoted(parameter.name) + " is to be from " + std::to_string(parameter.minimum) + " to " +
                    std::to_string(parameter.maximum) + ", and there is nothing between");
  require_line(who, "the help of " + quoted(parameter.name), parameter.help);
  require_line(who, "the default of " + quoted(parameter.name), parameter.standard);
  for (const std::string& choice : parameter.lone)
    require_value(who, parameter, choice, quoted(parameter.name) + " has one worker with what cannot be");
  if (!parameter.standard.empty())  // else it may be left out
    require_value(who, parameter, parameter.standard, "its default cannot be");
}

void require_sound_parameters(const Who& who, const std::vector<Parameter>& parameters) {
  for (const Parameter& parameter : parameters) {
    require_sound_parameter(who, parameter);
    const auto same = [&](const Parameter& other) { return other.name == parameter.name; };
    if (std::count_if(parameters.begin(), parameters.end(), same) > 1)
      refuse(who, "two parameters are called " + quoted(parameter.name));
    if (!parameter.with) continue;
    const std::string with = quoted(parameter.name) + " goes with " + quoted(parameter.with->option);
    const Parameter* const option = find(parameters, parameter.with->option);
    if (option == nullptr) refuse(who, with + ", which is no option");
    for (const std::string& choice : parameter.with->choices)
      require_value(who, *option, choice, with + ", which cannot be so");
  }
}

}  // namespace

void require_sound(const WorkloadPlugin& plugin) {
  require_name("a workload", plugin.name);
  const Who who = "workload " + quoted(plugin.name);
  require_line(who, ".summary", plugin.summary);
  require_line(who, ".source", plugin.source);
  require_sound_parameters(who, plugin.parameters);
  for (const Parameter& parameter : plugin.parameters)
    if (!parameter.applies_to(plugin.shape))
      refuse(who, quoted(parameter.name) + " is only for a " + std::string(name_of(*parameter.shape)) +
                      " workload, and this one is " + std::string(name_of(plugin.shape)));
  if (!plugin.grain.empty() && find(plugin.parameters, plugin.grain) == nullptr)
    refuse(who, ".grain names " + quoted(plugin.grain) + ", which is no parameter");
  for (const std::string& setting : plugin.checked_at) {
    const std::size_t equals = setting.find('=');
    const Parameter* const parameter = find(plugin.parameters, setting.substr(0, equals));
    if (parameter == nullptr || equals == setting.npos)
      refuse(who, ".checked_at has " + quoted(setting) + ", which is not PARAMETER=VALUE");
    const std::string values = setting.substr(equals + 1);
    for (const std::string& value : parameter->unit == Unit::text ? std::vector{values} : split(values, ","))
      require_value(who, *parameter, value, ".checked_at has " + quoted(setting) + ", which cannot be");
  }
}

void require_sound(const BackendPlugin& plugin) {
  require_name("a backend", plugin.name);
  const Who who = "backend " + quoted(plugin.name);
  require_line(who, ".summary", plugin.summary);
  require_line(who, ".source", plugin.source);
  for (const Origin& origin : plugin.origins) require_line(who, "an origin", origin.text);
  require_line(who, ".launcher", plugin.launcher);
  require_line(who, ".launcher_on_hosts", plugin.launcher_on_hosts);
  require_sound_parameters(who, plugin.options);
  for (const EnvironmentVariable& variable : plugin.environment) {
    if (variable.name.empty() || variable.name.find('=') != std::string::npos)
      refuse(who, "a variable of the environment cannot be called " + quoted(variable.name));
    require_utf8(who, quoted(variable.name) + " in the environment", variable.value);
    // What the loader reads would change the harness, and not the runtime alone.
    if (variable.name.starts_with("LD_"))
      refuse(who, "it sets " + variable.name +
                      ", which changes more than its runtime; link the library that it is for");
  }
}

}  // namespace runoff::cell
