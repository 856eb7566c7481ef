#include "catalog/describe.h"

#include <stdexcept>

#include "support/json.h"

namespace runoff {
namespace {

void read_common(const Json& description, ModuleFacts& module) {
  description.at("name").get_to(module.name);
  module.summary = description.value("summary", "");
  module.source = description.value("source", "");
  module.available = description.value("available", true);
  module.reason = description.value("reason", "");
  module.package = description.value("package", "");
  module.only_by_name = description.value("only_by_name", false);
  const Json how = description.value("compilation", Json::object());
  module.compilation = {.compiler = how.value("compiler", ""),
                        .optimised = how.value("optimised", false),
                        .assertions = how.value("assertions", false),
                        .sanitizer = how.value("sanitizer", ""),
                        .flags = how.value("flags", ""),
                        .build = how.value("build", "")};
}

Pairs pairs_from(const Json& object) {
  Pairs pairs;
  for (const auto& [name, value] : object.items()) pairs.emplace_back(name, value.get<std::string>());
  return pairs;
}

std::vector<Parameter> parameters_from(const Json& list) {
  std::vector<Parameter> parameters;
  for (const auto& one : list) parameters.push_back(parameter_from(one));
  return parameters;
}

}  // namespace

Parameter parameter_from(const Json& description) {
  Parameter parameter;
  description.at("name").get_to(parameter.name);
  const auto unit = unit_from(description.at("unit").get<std::string>());
  if (!unit) throw std::invalid_argument("unknown unit " + description.at("unit").dump());
  parameter.unit = *unit;
  description.at("default").get_to(parameter.standard);
  parameter.minimum = whole_number(description, "minimum", parameter.minimum);
  parameter.maximum = whole_number(description, "maximum", parameter.maximum);
  parameter.choices = description.value("choices", parameter.choices);
  parameter.help = description.value("help", "");
  parameter.shape = shape_from(description.value("shape", ""));
  parameter.concurrency = description.value("concurrency", false);
  parameter.workers_of_process = description.value("workers_of_process", false);
  if (const auto with = description.find("with"); with != description.end())
    parameter.with = {with->at("option").get<std::string>(),
                      with->at("choices").get<std::vector<std::string>>()};
  parameter.lone = description.value("lone", parameter.lone);
  parameter.names_file = description.value("names_file", false);
  return parameter;
}

Json to_json(const Parameter& parameter) {
  Json object{{"name", parameter.name}, {"unit", name_of(parameter.unit)}, {"default", parameter.standard}};
  if (parameter.unit == Unit::choice) object["choices"] = parameter.choices;
  if (parameter.unit != Unit::choice && parameter.unit != Unit::text) {
    object["minimum"] = parameter.minimum;
    object["maximum"] = parameter.maximum;
  }
  if (parameter.shape) object["shape"] = runoff::name_of(*parameter.shape);
  if (parameter.concurrency) object["concurrency"] = true;
  if (parameter.workers_of_process) object["workers_of_process"] = true;
  if (parameter.with)
    object["with"] = {{"option", parameter.with->option}, {"choices", parameter.with->choices}};
  if (!parameter.lone.empty()) object["lone"] = parameter.lone;
  if (parameter.names_file) object["names_file"] = true;
  object["help"] = parameter.help;
  return object;
}

Json to_json(const Compilation& compilation) {
  return {{"compiler", compilation.compiler},
          {"optimised", compilation.optimised},
          {"assertions", compilation.assertions},
          {"sanitizer", compilation.sanitizer},
          {"flags", compilation.flags}};
}

BackendModule backend_from(const Json& description) {
  BackendModule backend;
  read_common(description, backend);
  backend.runtime = description.value("runtime", "");
  backend.options = parameters_from(description.value("options", Json::array()));
  backend.environment = pairs_from(description.value("environment", Json::object()));
  // It has a name because the items of a temporary would end before the loop over them.
  const Json of_variants = description.value("variants_environment", Json::object());
  for (const auto& [variant, variables] : of_variants.items())
    backend.variants_environment.push_back({parse_pairs(variant), pairs_from(variables)});
  for (const auto& origin : description.value("origins", Json::array()))
    backend.origins.push_back(
        {parse_pairs(origin.at("variant").get<std::string>()), origin.at("text").get<std::string>()});
  backend.asynchronous = description.value("asynchronous", false);
  backend.python = description.value("python", false);
  backend.shares_memory = description.value("shares_memory", true);
  backend.launcher = description.value("launcher", "");
  backend.launcher_on_hosts = description.value("launcher_on_hosts", "");
  backend.launcher_failures = description.value("launcher_failures", std::vector<std::string>{});
  backend.most_workers = whole_number(description, "most_workers", 0U);
  return backend;
}

WorkloadModule workload_from(const Json& description) {
  WorkloadModule workload;
  read_common(description, workload);
  description.at("bound").get_to(workload.bound);
  description.at("shape").get_to(workload.shape);
  workload.endpoint = description.value("endpoint", false);
  workload.reference = description.value("reference", "serial");
  workload.grain = description.value("grain", "");
  workload.asynchronous = description.value("asynchronous", false);
  workload.python = description.value("python", false);
  workload.checked_at = description.value("checked_at", workload.checked_at);
  workload.parameters = parameters_from(description.value("parameters", Json::array()));
  return workload;
}

}  // namespace runoff
