#include "cell/describe.h"

#include "cell/module.h"
#include "cell/registration.h"

namespace runoff::cell {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Bound bound) {
  switch (bound) {
    case Bound::cpu:
      return "cpu";
    case Bound::memory:
      return "memory";
    case Bound::io:
      return "io";
    case Bound::runtime:
      return "runtime";
  }
  return "";
}

Json describe(const std::vector<Parameter>& parameters) {
  Json list = Json::array();
  for (const auto& parameter : parameters) {
    list.push_back({{"name", parameter.name},
                    {"unit", runoff::name_of(parameter.unit)},
                    {"default", parameter.standard},
                    {"minimum", parameter.minimum},
                    {"maximum", parameter.maximum},
                    {"choices", parameter.choices},
                    {"help", parameter.help}});
    if (parameter.shape) list.back()["shape"] = runoff::name_of(*parameter.shape);
    if (parameter.concurrency) list.back()["concurrency"] = true;
    if (parameter.workers_of_process) list.back()["workers_of_process"] = true;
    if (parameter.with)
      list.back()["with"] = {{"option", parameter.with->option}, {"choices", parameter.with->choices}};
    if (!parameter.lone.empty()) list.back()["lone"] = parameter.lone;
    if (parameter.names_file) list.back()["names_file"] = true;
  }
  return list;
}

Json describe(const Compilation& compilation) {
  return {{"compiler", compilation.compiler},     {"optimised", compilation.optimised},
          {"assertions", compilation.assertions}, {"sanitizer", compilation.sanitizer},
          {"flags", compilation.flags},           {"build", compilation.build}};
}

Json describe(const WorkloadPlugin& plugin) {
  require_sound(plugin);
  return {{"kind", "workload"},
          {"name", plugin.name},
          {"summary", plugin.summary},
          {"bound", name_of(plugin.bound)},
          {"shape", runoff::name_of(plugin.shape)},
          {"source", plugin.source},
          {"endpoint", plugin.endpoint},
          {"asynchronous", plugin.asynchronous},
          {"python", plugin.python},
          {"reference", plugin.reference},
          {"only_by_name", plugin.only_by_name},
          {"grain", plugin.grain},
          {"checked_at", plugin.checked_at},
          {"parameters", describe(plugin.parameters)},
          {"compilation", describe(plugin.compilation)}};
}

Json describe(const BackendPlugin& plugin) {
  require_sound(plugin);
  Json environment = Json::object();
  Json of_variants = Json::object();
  for (const auto& variable : plugin.environment) {
    Json& place = variable.variant.empty() ? environment : of_variants[variable.variant];
    place[variable.name] = variable.value;
  }
  Json origins = Json::array();
  for (const auto& origin : plugin.origins)
    origins.push_back({{"variant", origin.variant}, {"text", origin.text}});
  const FoundRuntime found =
      plugin.find_runtime != nullptr ? plugin.find_runtime() : FoundRuntime{plugin.runtime, {}, {}};
  return {{"kind", "backend"},
          {"name", plugin.name},
          {"summary", plugin.summary},
          {"source", plugin.source},
          {"runtime", found.name},
          {"available", found.reason.empty()},
          {"reason", found.reason},
          {"package", found.package},
          {"origins", origins},
          {"only_by_name", plugin.only_by_name},
          {"options", describe(plugin.options)},
          {"environment", environment},
          {"variants_environment", of_variants},
          {"asynchronous", plugin.asynchronous},
          {"python", plugin.python},
          {"shares_memory", plugin.shares_memory},
          {"launcher", plugin.launcher},
          {"launcher_on_hosts", plugin.launcher_on_hosts},
          {"launcher_failures", plugin.launcher_failures},
          {"most_workers", plugin.most_workers},
          {"compilation", describe(plugin.compilation)}};
}

}  // namespace

Json describe(const std::string& module_file) {
  const Module module(module_file);
  const WorkloadPlugin* const workload = module.workload();
  const BackendPlugin* const backend = module.backend();
  if (workload != nullptr && backend != nullptr)
    throw ModuleError("module '" + module_file +
                      "': it registers a workload and a backend; a module holds one");
  if (workload != nullptr) return describe(*workload);
  if (backend != nullptr) return describe(*backend);
  throw ModuleError("module '" + module_file + "' holds neither a workload nor a backend");
}

}  // namespace runoff::cell
