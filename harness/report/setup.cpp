#include "report/setup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/units.h"
#include "support/json.h"
#include "support/shell.h"
#include "support/text.h"

namespace runoff {
namespace {

/// A value as text; of a list its values. Empty where it is null, an object or nothing.
std::string told(const Json& value) {
  if (value.is_string()) return one_line(value.get<std::string>(), 4000);
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number()) return to_text(value);
  if (!value.is_array()) return {};
  std::vector<std::string> parts;
  for (const Json& part : value)
    if (std::string text = told(part); !text.empty()) parts.push_back(std::move(text));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// What stands at a place that may not be there.
class Environment {
 public:
  explicit Environment(const Json& all) : all_(all) {}

  const Json* at(const char* pointer) const {
    const Json::json_pointer place(pointer);
    return all_.contains(place) ? &all_[place] : nullptr;
  }
  std::string text(const char* pointer) const {
    const Json* found = at(pointer);
    return found == nullptr ? std::string() : told(*found);
  }
  std::string bytes(const char* pointer) const {
    const Json* found = at(pointer);
    return found != nullptr && found->is_number_integer() ? format_bytes(found->get<std::int64_t>())
                                                          : std::string();
  }
  /// "name: value" of each member of an object.
  std::vector<RunSetup::Fact> members(const char* pointer) const {
    std::vector<RunSetup::Fact> facts;
    const Json* found = at(pointer);
    if (found != nullptr && found->is_object())
      for (const auto& [name, value] : found->items()) facts.push_back({name, told(value)});
    return facts;
  }

 private:
  const Json& all_;
};

std::string caches(const Environment& environment) {
  std::vector<std::string> parts;
  const Json* found = environment.at("/topology/caches");
  if (found == nullptr || !found->is_array()) return {};
  for (const Json& cache : *found) {
    const Environment one(cache);
    const std::string level = one.text("/level"), count = one.text("/count"), bytes = one.bytes("/bytes");
    if (level.empty() || bytes.empty()) continue;
    parts.push_back(fmt::format("{}{} of {}", count.empty() ? "" : count + " × ",
                                level.substr(0, level.find("Cache")), bytes));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// "16 one memory node, 64 one socket".
std::string boundaries(const Environment& environment) {
  std::vector<std::string> parts;
  const Json* found = environment.at("/placement/boundaries");
  if (found == nullptr || !found->is_array()) return {};
  for (const Json& boundary : *found) {
    const Environment one(boundary);
    parts.push_back(one.text("/workers") + " " + one.text("/name"));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string temporary_folder(const Environment& environment) {
  std::string text = environment.text("/temporary_folder/path");
  for (const char* more : {"/temporary_folder/file_system", "/temporary_folder/device"})
    if (const std::string part = environment.text(more); !part.empty()) text += ", " + part;
  return text;
}

/// "nice 0, other".
std::string priority(const Environment& environment) {
  const std::string nice = environment.text("/priority/nice"), policy = environment.text("/priority/policy");
  return nice.empty() ? policy : "nice " + nice + (policy.empty() ? "" : ", " + policy);
}

std::string words(const std::vector<std::string>& command_line) {
  std::string text;
  for (const std::string& word : command_line) text += (text.empty() ? "" : " ") + shell_quoted(word);
  return text;
}

std::vector<std::string> command_line_of(const Environment& environment) {
  std::vector<std::string> all;
  const Json* found = environment.at("/command_line");
  if (found != nullptr && found->is_array())
    for (const Json& word : *found)
      if (word.is_string()) all.push_back(word.get<std::string>());
  return all;
}

/// Its version, what started its workers, and what its environment was.
std::vector<RunSetup::Fact> runtimes(const Environment& environment) {
  std::vector<RunSetup::Fact> facts;
  const Json* found = environment.at("/runtimes");
  if (found == nullptr || !found->is_object()) return facts;
  for (const auto& [name, about] : found->items()) {
    const Environment one(about);
    std::string text = one.text("/runtime");
    for (const auto& [variable, value] : one.members("/environment")) text += "; " + variable + "=" + value;
    if (const std::string launcher = one.text("/launcher"); !launcher.empty())
      text += "; started by: " + launcher;
    facts.push_back({name, text});
  }
  return facts;
}

std::vector<RunSetup::Fact> sources(const Environment& environment) {
  std::vector<RunSetup::Fact> facts;
  const Json* found = environment.at("/workloads");
  if (found == nullptr || !found->is_object()) return facts;
  for (const auto& [name, about] : found->items())
    facts.push_back({name, Environment(about).text("/source")});
  return facts;
}

/// "good: performance" of each of its findings.
std::vector<RunSetup::Fact> found_by_doctor(const Environment& environment) {
  std::vector<RunSetup::Fact> facts;
  const Json* found = environment.at("/doctor");
  if (found == nullptr || !found->is_object()) return facts;
  for (const auto& [name, about] : found->items()) {
    const Environment one(about);
    const std::string level = one.text("/level"), seen = one.text("/seen");
    facts.push_back({name, level.empty() || seen.empty() ? level + seen : level + ": " + seen});
  }
  return facts;
}

std::string timeout_of(const Environment& environment) {
  const Json* found = environment.at("/timeout_ns");
  if (found == nullptr || !found->is_number_integer() || found->get<std::int64_t>() <= 0) return {};
  const std::int64_t ns = found->get<std::int64_t>();
  return ns % 1'000'000'000 == 0 ? fmt::format("{}s", ns / 1'000'000'000) : fmt::format("{}ns", ns);
}

/// Runs of versions that knew no turns do not tell of them.
std::string turns_of(const Environment& environment) {
  if (environment.text("/placement/policy").empty()) return {};
  const Json* turns = environment.at("/sampling/turns");
  return turns != nullptr && turns->is_boolean() && turns->get<bool>() ? "taken" : "none";
}

/// Versions that do not tell had small ones.
std::string pages_of(const Environment& environment) {
  if (environment.text("/placement/policy").empty()) return {};
  const Json* huge = environment.at("/huge_pages/memory_of_cells");
  return huge != nullptr && huge->is_boolean() && huge->get<bool>() ? "huge pages" : "small pages";
}

}  // namespace

RunSetup setup_of(const Json& all) {
  const Environment environment(all);
  RunSetup setup{.groups = {},
                 .command_line = command_line_of(environment),
                 .placement = environment.text("/placement/policy"),
                 .turns = turns_of(environment),
                 .pages = pages_of(environment),
                 .timeout = timeout_of(environment),
                 .commit = environment.text("/commit")};
  const auto add = [&setup](const char* title, std::vector<RunSetup::Fact> facts) {
    std::erase_if(facts, [](const RunSetup::Fact& fact) { return fact.text.empty(); });
    if (!facts.empty()) setup.groups.push_back({title, std::move(facts)});
  };
  add("Machine", {{"processor", environment.text("/processor/model")},
                  {"cores", environment.text("/topology/cores")},
                  {"processors that the system sees", environment.text("/topology/processors")},
                  {"cores that cells could use", environment.text("/cores_used_as_all")},
                  {"allowed processors", environment.text("/allowed_cores")},
                  {"limit by cgroup, in cores", environment.text("/cgroup_quota_cores")},
                  {"boundaries of workers, as placed", boundaries(environment)},
                  {"packages", environment.text("/topology/packages")},
                  {"NUMA nodes", environment.text("/topology/numa_nodes")},
                  {"caches", caches(environment)},
                  {"memory available", environment.bytes("/memory_available_bytes")},
                  {"frequency governor", environment.text("/processor/governor")},
                  {"clock at the start, MHz", environment.text("/processor/mhz")},
                  {"huge pages", environment.text("/huge_pages/enabled")},
                  {"large inputs and results", setup.pages},
                  {"allocator", environment.text("/allocator/library")},
                  {"priority", priority(environment)},
                  {"load at the start", environment.text("/load_average")},
                  {"files of workloads", temporary_folder(environment)},
                  {"system", environment.text("/system/kernel")},
                  {"host", environment.text("/system/host")}});
  add("Run", {{"command", words(setup.command_line)},
              {"started", environment.text("/started")},
              {"finished", environment.text("/finished")},
              {"samples of each cell, at most", environment.text("/samples")},
              {"looked after so many samples", environment.text("/sampling/looks")},
              {"seed of the order", environment.text("/seed")},
              {"turns of cells that are compared", setup.turns},
              {"placement of workers", setup.placement + (setup.placement.empty() ? "" : ": ") +
                                           environment.text("/placement/meaning")},
              {"time limit of a sample", setup.timeout},
              {"server", environment.text("/endpoint/meaning")},
              {"address of the server", environment.text("/endpoint/url")}});
  add("What runoff doctor found", found_by_doctor(environment));
  std::vector<RunSetup::Fact> build{{"runoff", environment.text("/runoff")},
                                    {"commit", setup.commit},
                                    {"compiler", environment.text("/compiler/name")},
                                    {"build type", environment.text("/compiler/build_type")},
                                    {"flags", environment.text("/compiler/flags")}};
  for (RunSetup::Fact& library : environment.members("/libraries")) build.push_back(std::move(library));
  add("Build and libraries", std::move(build));
  add("Runtimes", runtimes(environment));
  add("What answers are checked against", sources(environment));
  add("Environment variables", environment.members("/environment_variables"));
  add("Environment variables that cells were not given",
      environment.members("/environment_variables_cleared"));
  return setup;
}

}  // namespace runoff
