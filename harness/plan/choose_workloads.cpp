#include <map>

#include "plan/choice.h"
#include "plan/find_module.h"
#include "runoff/parameters.h"

namespace runoff {
namespace {

using Values = std::vector<std::string>;
using Sweep = std::map<std::string, Values>;  // parameter -> its values

std::vector<const WorkloadModule*> modules_of(const Catalog& catalog, std::span<const std::string> names,
                                              Absent absent) {
  std::vector<const WorkloadModule*> modules;
  const auto add = [&modules](const WorkloadModule* module) {
    if (module != nullptr && std::find(modules.begin(), modules.end(), module) == modules.end())
      modules.push_back(module);
  };
  for (const auto& name : names) {
    if (name != "*") {
      add(find_module(catalog.workloads, name, "workload", absent));
      continue;
    }
    for (const auto& module : catalog.workloads)
      if (module.available && !module.only_by_name) add(&module);
  }
  return modules;
}

/// Reads one setting into the sweep of its workload.
void read_setting(const Catalog& catalog, std::span<const WorkloadModule* const> modules,
                  const std::string& setting, Absent absent, std::map<const WorkloadModule*, Sweep>& sweeps) {
  const std::size_t equals = setting.find('=');
  const std::size_t dot = setting.substr(0, equals).find('.');
  if (equals == setting.npos || dot == setting.npos || dot == 0 || dot + 1 == equals)
    throw UsageError(fmt::format("--set {}: this is not WORKLOAD.PARAMETER=VALUE", setting));
  const std::string name = setting.substr(dot + 1, equals - dot - 1);
  const auto* module = find_module(catalog.workloads, setting.substr(0, dot), "workload", absent);
  if (module == nullptr) return;
  if (std::find(modules.begin(), modules.end(), module) == modules.end()) return;
  const auto known = std::find_if(module->parameters.begin(), module->parameters.end(),
                                  [&](const Parameter& one) { return one.name == name; });
  if (known == module->parameters.end()) {
    std::vector<std::string> names;
    for (const auto& one : module->parameters) names.push_back(one.name);
    throw UsageError(
        fmt::format("workload '{}' has no parameter '{}'{}", module->name, name, suggestion(name, names)));
  }
  const std::string text = setting.substr(equals + 1);
  Values values = known->unit == Unit::text ? Values{text} : split(text, ",");
  for (const auto& value : values) {
    try {
      known->parse(value);
    } catch (const InvalidParameter& error) {
      throw UsageError(fmt::format("workload '{}': {}", module->name, error.what()));
    }
  }
  sweeps[module][name] = std::move(values);
}

/// Every combination of the values.
std::vector<std::map<std::string, std::string>> combinations(const Sweep& sweep) {
  std::vector<std::map<std::string, std::string>> all{{}};
  for (const auto& [name, values] : sweep) {
    std::vector<std::map<std::string, std::string>> more;
    for (const auto& one : all) {
      for (const auto& value : values) {
        more.push_back(one);
        more.back()[name] = value;
      }
    }
    all = std::move(more);
  }
  return all;
}

}  // namespace

std::vector<ChosenWorkload> choose_workloads(const Catalog& catalog, std::span<const std::string> names,
                                             std::span<const std::string> preset_settings,
                                             std::span<const std::string> settings, Absent absent) {
  const auto modules = modules_of(catalog, names, absent);
  std::map<const WorkloadModule*, Sweep> sweeps;
  for (const auto& setting : preset_settings)
    read_setting(catalog, modules, setting, Absent::is_left_out, sweeps);
  for (const auto& setting : settings) read_setting(catalog, modules, setting, Absent::is_an_error, sweeps);

  std::vector<ChosenWorkload> chosen;
  for (const auto* module : modules) {
    const Sweep& sweep = sweeps[module];
    for (const auto& combination : combinations(sweep))
      chosen.push_back({module, Parameters(module->parameters, combination).canonical(), {}});
  }
  return chosen;
}

}  // namespace runoff
