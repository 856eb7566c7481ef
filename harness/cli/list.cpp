#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/catalog.h"
#include "catalog/describe.h"
#include "catalog/find_launchers.h"
#include "catalog/plugins.h"
#include "catalog/variants.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "plan/preset.h"
#include "support/json.h"

namespace runoff {
namespace {

Json start_of(const ModuleFacts& module) {
  return {{"name", module.name},
          {"available", module.available},
          {"reason", module.reason},
          {"package", module.package},
          {"summary", module.summary}};
}

Json parameters(const std::vector<Parameter>& list) {
  Json all = Json::array();
  for (const auto& parameter : list) all.push_back(to_json(parameter));
  return all;
}

Json to_json(const BackendModule& backend) {
  Json object = start_of(backend);
  object["runtime"] = backend.runtime;
  object["how_to_get"] = Json::array();
  for (const auto& origin : backend.origins)
    object["how_to_get"].push_back({{"variant", join_pairs(origin.variant)}, {"text", origin.text}});
  object["variants"] = Json::array();
  if (!backend.options.empty())
    for (const auto& name : known_variants(backend.options)) object["variants"].push_back(name);
  object["options"] = parameters(backend.options);
  return object;
}

Json to_json(const WorkloadModule& workload) {
  Json object = start_of(workload);
  object["shape"] = workload.shape;
  object["bound"] = workload.bound;
  object["parameters"] = parameters(workload.parameters);
  return object;
}

Json to_json(const Preset& preset) {
  Json selections = Json::array();
  for (const auto& one : preset.selections)
    selections.push_back({{"workloads", one.workloads},
                          {"backends", one.backends},
                          {"workers", one.workers},
                          {"set", one.set}});
  return {{"name", preset.name},
          {"summary", preset.summary},
          {"selections", std::move(selections)},
          {"samples", preset.samples},
          {"budget", preset.budget}};
}

template <class T>
Json array_of(const std::vector<T>& items) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(to_json(item));
  return array;
}

void print_parameter(const Parameter& parameter) {
  std::string value = parameter.standard.empty() ? "" : "=" + parameter.standard;
  if (parameter.unit == Unit::choice) {
    value = "=";
    for (const auto& choice : parameter.choices) value += (value == "=" ? "" : "|") + choice;
  }
  std::string only = parameter.shape ? fmt::format(" ({} only)", name_of(*parameter.shape)) : "";
  if (parameter.with)
    only += fmt::format(" ({}={} only)", parameter.with->option, fmt::join(parameter.with->choices, "|"));
  fmt::print("    {:<34} {}{}\n", parameter.name + value, parameter.help, only);
}

void print_module(const ModuleFacts& module, const std::string& kind, const std::vector<Parameter>& options) {
  if (!module.available) {
    fmt::print("  {} not available: {}\n", bold(fmt::format("{:<14}", module.name), stdout),
               with_remedy(module.reason, module.package));
    return;
  }
  fmt::print("  {} {}{}\n", bold(fmt::format("{:<14}", module.name), stdout), module.summary,
             kind.empty() ? "" : " (" + kind + ")");
  for (const auto& option : options) print_parameter(option);
}

/// "    how to get it: oneTBB: libtbb-dev".
void print_origins(const BackendModule& backend) {
  for (const auto& origin : backend.origins)
    fmt::print("    how to get {}: {}\n", origin.variant.empty() ? "it" : join_pairs(origin.variant),
               origin.text);
}

void print_table(const ListOptions& options, const Catalog& catalog, const std::vector<Preset>& presets) {
  if (options.wants("backends")) {
    fmt::print("{}  (NAME, NAME:OPTION=VALUE, or NAME:* for all variants)\n", bold("backends", stdout));
    for (const auto& backend : catalog.backends) {
      print_module(backend, backend.runtime, backend.options);
      if (backend.available) print_origins(backend);
    }
  }
  if (options.wants("workloads")) {
    fmt::print("{}  (parameters with their defaults: --set NAME.PARAMETER=VALUE)\n",
               bold("workloads", stdout));
    for (const auto& workload : catalog.workloads)
      print_module(workload, workload.bound + ", " + workload.shape, workload.parameters);
  }
  if (options.wants("presets")) {
    fmt::print("{}  (runoff run --preset NAME)\n", bold("presets", stdout));
    for (const auto& preset : presets)
      fmt::print("  {} {}\n", bold(fmt::format("{:<14}", preset.name), stdout), preset.summary);
  }
}

}  // namespace

int list(const ListOptions& options) {
  const Install install = find_install();
  const auto presets = find_presets(install.presets());
  Catalog catalog;
  if (options.what != "presets") catalog = find_catalog(install, all_plugins(options.plugins));
  find_launchers(catalog, {});
  if (!options.json) {
    print_table(options, catalog, presets);
    return exit_well;
  }
  Json all = Json::object();
  if (options.wants("backends")) all["backends"] = array_of(catalog.backends);
  if (options.wants("workloads")) all["workloads"] = array_of(catalog.workloads);
  if (options.wants("presets")) all["presets"] = array_of(presets);
  fmt::print("{}\n", to_text(all, 2));
  return exit_well;
}

}  // namespace runoff
