#include "cell/registration.h"

#include <algorithm>

#include "support/names.h"

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

bool has(const std::vector<Parameter>& parameters, const std::string& name) {
  return std::any_of(parameters.begin(), parameters.end(),
                     [&name](const Parameter& one) { return one.name == name; });
}

void require_sound_parameter(const Who& who, const Parameter& parameter) {
  if (!is_name(parameter.name))
    refuse(who, "a parameter cannot be called " + quoted(parameter.name) + ": " + name_rule);
  if (parameter.unit == Unit::choice && parameter.choices.empty())
    refuse(who, quoted(parameter.name) + " is a choice with nothing to choose");
  for (const std::string& choice : parameter.choices)
    if (!is_word(choice))
      refuse(who, quoted(parameter.name) + " cannot be " + quoted(choice) + ": " + word_rule);
  if (parameter.standard.empty()) return;  // it may be left out
  try {
    parameter.parse(parameter.standard);
  } catch (const InvalidParameter& error) {
    refuse(who, std::string("its default cannot be: ") + error.what());
  }
}

void require_sound_parameters(const Who& who, const std::vector<Parameter>& parameters) {
  for (const Parameter& parameter : parameters) {
    require_sound_parameter(who, parameter);
    const auto same = [&](const Parameter& other) { return other.name == parameter.name; };
    if (std::count_if(parameters.begin(), parameters.end(), same) > 1)
      refuse(who, "two parameters are called " + quoted(parameter.name));
    if (parameter.with && !has(parameters, parameter.with->option))
      refuse(who, quoted(parameter.name) + " goes with " + quoted(parameter.with->option) +
                      ", which is no option");
  }
}

}  // namespace

void require_sound(const WorkloadPlugin& plugin) {
  require_name("a workload", plugin.name);
  const Who who = "workload " + quoted(plugin.name);
  require_sound_parameters(who, plugin.parameters);
  if (!plugin.grain.empty() && !has(plugin.parameters, plugin.grain))
    refuse(who, ".grain names " + quoted(plugin.grain) + ", which is no parameter");
  for (const std::string& setting : plugin.checked_at)
    if (const std::size_t equals = setting.find('=');
        !has(plugin.parameters, setting.substr(0, equals)) || equals == setting.npos)
      refuse(who, ".checked_at has " + quoted(setting) + ", which is not PARAMETER=VALUE");
}

void require_sound(const BackendPlugin& plugin) {
  require_name("a backend", plugin.name);
  const Who who = "backend " + quoted(plugin.name);
  require_sound_parameters(who, plugin.options);
  for (const EnvironmentVariable& variable : plugin.environment) {
    if (variable.name.empty() || variable.name.find('=') != std::string::npos)
      refuse(who, "a variable of the environment cannot be called " + quoted(variable.name));
    // What the loader reads would change the harness, and not the runtime alone.
    if (variable.name.starts_with("LD_"))
      refuse(who, "it sets " + variable.name +
                      ", which changes more than its runtime; link the library that it is for");
  }
}

}  // namespace runoff::cell
