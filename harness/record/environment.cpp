#include "record/environment.h"

#include <dlfcn.h>
#include <fmt/chrono.h>
#include <gnu/libc-version.h>
#include <hwloc.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/Version.hpp>
#include <algorithm>
#include <boost/version.hpp>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <set>

#include "build_info.h"
#include "catalog/describe.h"
#include "catalog/equal_terms.h"
#include "commit.h"
#include "machine/cgroup.h"
#include "machine/file_system.h"
#include "machine/kernel_files.h"
#include "machine/steering.h"
#include "machine/topology.h"
#include "support/install.h"
#include "support/json.h"
#include "support/processor_field.h"

namespace runoff {
namespace {

/// What is not known is null, not "".
Json known(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json governors(const Machine& machine) {
  std::set<std::string> found;
  for (const int cpu : machine.cpus) {
    const auto governor =
        first_line("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cpufreq/scaling_governor");
    if (!governor.empty()) found.insert(governor);
  }
  return found.empty() ? Json() : Json(found);
}

Json object_of(std::initializer_list<const Pairs*> lists) {
  Json object = Json::object();
  for (const Pairs* pairs : lists)
    for (const auto& [name, value] : *pairs) object[name] = value;
  return object;
}

/// In force in cells.
Json steering_variables() {
  const SteeringVariables found = find_steering(environ);
  return object_of({&found.of_one_runtime, &found.of_all_cells, &found.of_the_place});
}

/// What gives programs their memory. Cells, which are started from here, have the same.
Json allocator() {
  Dl_info info{};
  void* const malloc_used = ::dlsym(RTLD_DEFAULT, "malloc");
  const bool found = malloc_used != nullptr && ::dladdr(malloc_used, &info) != 0 && info.dli_fname != nullptr;
  return {{"library", found ? Json(info.dli_fname) : Json()}};
}

/// How the scheduler treats this process, and so all cells.
Json priority() {
  const int policy = ::sched_getscheduler(0);
  return {{"nice", ::getpriority(PRIO_PROCESS, 0)},
          {"policy", policy == SCHED_OTHER   ? Json("other")
                     : policy == SCHED_BATCH ? Json("batch")
                     : policy == SCHED_IDLE  ? Json("idle")
                     : policy == SCHED_FIFO  ? Json("fifo")
                     : policy == SCHED_RR    ? Json("round-robin")
                                             : Json(policy)}};
}

Json found_by_doctor(std::span<const Finding> findings) {
  Json all = Json::object();
  for (const Finding& one : findings) all[one.name] = {{"level", to_string(one.level)}, {"seen", one.seen}};
  return all;
}

Json huge_pages(const RunFacts& facts) {
  const std::filesystem::path folder = "/sys/kernel/mm/transparent_hugepage";
  return {{"enabled", known(chosen(first_line(folder / "enabled")))},
          {"shmem_enabled", known(chosen(first_line(folder / "shmem_enabled")))},
          {"defrag", known(chosen(first_line(folder / "defrag")))},
          {"memory_of_cells", facts.plan.huge_pages},
          {"lent", facts.plan.lent_pages}};
}

const char* meaning_of(Placement placement) {
  switch (placement) {
    case Placement::pinned:
      return "each worker on a processor of its own, one of each core first, while workers are no more than "
             "allowed "
             "processors; free beyond";
    case Placement::spread:
      return "each worker on a processor of its own, one of each core first, by turns from each package, "
             "cache and "
             "memory, while workers are no more than allowed processors; free beyond";
    case Placement::compact:
      return "each worker on a processor of its own, all of a core before the next, while workers are no "
             "more than "
             "allowed processors; free beyond";
    case Placement::free:
      return "wherever the system puts them";
  }
  return "";
}

Json libraries() {
  return {{"boost", BOOST_LIB_VERSION},
          {"cli11", CLI11_VERSION},
          {"fmt", std::to_string(FMT_VERSION)},
          {"glibc", gnu_get_libc_version()},
          {"google-benchmark", known(RUNOFF_BENCHMARK_VERSION)},
          {"hwloc", HWLOC_VERSION},
          {"libstdc++", std::to_string(__GLIBCXX__)},
          {"nlohmann-json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                        NLOHMANN_JSON_VERSION_PATCH)}};
}

/// Where a reader gets a backend from, by variant; "" for the rest.
Json origins_of(const BackendModule& backend) {
  Json origins = Json::object();
  for (const auto& origin : backend.origins) origins[join_pairs(origin.variant)] = origin.text;
  return origins;
}

Json runtimes(const RunFacts& facts) {
  Json all = Json::object();
  for (const auto* backend : facts.backends) {
    const Parameter* concurrency = backend->concurrency_option();
    Json one{{"runtime", backend->runtime},
             {"environment", object_of({&backend->environment})},
             {"how_to_get", origins_of(*backend)},
             {"concurrency_option", known(concurrency != nullptr ? concurrency->name : "")}};
    for (const auto& [variant, environment] : backend->variants_environment)
      one["variants_environment"][join_pairs(variant)] = object_of({&environment});
    if (!backend->launcher.empty()) {
      const auto given = facts.launchers.find(backend->name);
      one["launcher"] = given == facts.launchers.end() ? backend->launcher : given->second;
    }
    all[backend->name] = std::move(one);
  }
  return all;
}

Json workloads(const RunFacts& facts) {
  Json all = Json::object();
  for (const auto* workload : facts.workloads)
    all[workload->name] = {{"source", known(workload->source)},
                           {"grain", known(workload->grain)},
                           {"reference", known(workload->reference)}};
  return all;
}

/// Null where all workers are on this one.
Json hosts_of_run(std::span<const HostFacts> hosts) {
  Json all = hosts.empty() ? Json() : Json::array();
  for (const HostFacts& host : hosts)
    all.push_back({{"host", host.name},
                   {"processor", known(host.processor)},
                   {"cores", host.cores},
                   {"kernel", host.kernel},
                   {"workers", host.workers}});
  return all;
}

/// Null where all workers are on this one.
Json hosts_by_workers(std::span<const PlacedWorkers> placed) {
  Json all = placed.empty() ? Json() : Json::array();
  for (const PlacedWorkers& one : placed) {
    Json hosts = Json::object();
    for (const HostFacts& host : one.hosts) hosts[host.name] = host.workers;
    all.push_back({{"backend", one.backend}, {"workers", one.workers}, {"hosts", std::move(hosts)}});
  }
  return all;
}

Json boundaries_of_run(const Machine& machine) {
  Json all = Json::array();
  for (const Boundary& one : machine.boundaries)
    all.push_back({{"workers", one.workers}, {"name", one.name}});
  return all;
}

/// Sentences on what is not alike among what is measured.
Json unequal(const RunFacts& facts) {
  Json sentences = unequal_terms(facts.backends, facts.workloads);
  if (const std::string hosts = unequal_hosts(facts.hosts); !hosts.empty()) sentences.push_back(hosts);
  return sentences;
}

/// A module that came with this program is named from where it is installed, any other by its whole path.
std::string named_from(const std::filesystem::path& installed, const std::filesystem::path& module) {
  const std::filesystem::path below = module.lexically_relative(installed);
  return below.empty() || *below.begin() == ".." ? module.string() : below.string();
}

/// Which build of each module was measured, under the names that the plan has for them.
Json modules(const RunFacts& facts) {
  Json all = Json::object();
  for (const auto& [name, hash] : facts.plan.modules) all[name]["hash"] = hash;
  const std::filesystem::path installed = find_install().bin.parent_path();
  const auto add = [&](const std::string& name, const ModuleFacts& module,
                       const std::filesystem::path& file) {
    all[name]["file"] = named_from(installed, file);
    all[name]["compilation"] = to_json(module.compilation);
  };
  for (const auto* backend : facts.backends) {
    add("backend " + backend->name, *backend, backend->file);
    for (const auto* workload : facts.workloads)
      add("workload " + workload->name_for(*backend), *workload, workload->file_for(*backend));
  }
  return all;
}

Json endpoint(const RunFacts& facts) {
  if (!facts.uses_endpoint) return {};
  const bool built_in = facts.plan.endpoint.empty();
  return {{"built_in", built_in},
          {"url", known(facts.plan.endpoint)},
          {"meaning", built_in ? "runoff's own server, a process beside the cells and on the same cores; its "
                                 "processor time and memory are in no figure"
                               : "the server that --endpoint named"}};
}

/// Where the files of workloads lie.
Json temporary_folder() {
  const char* set = std::getenv("TMPDIR");
  const std::string path = set != nullptr && *set != '\0' ? set : "/tmp";
  const FileSystem system = file_system_of(path);
  return {{"path", path}, {"file_system", known(system.type)}, {"device", known(system.device)}};
}

}  // namespace

std::string time_stamp() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

Json describe_environment(const Machine& machine, const RunFacts& facts) {
  utsname system{};
  ::uname(&system);
  const CgroupLimits limits = read_cgroup_limits();
  std::vector<int> allowed = machine.cpus;
  std::sort(allowed.begin(), allowed.end());
  return {
      {"runoff", RUNOFF_VERSION},
      {"commit", RUNOFF_COMMIT},
      {"command_line", facts.command_line},
      {"seed", facts.plan.seed},
      {"samples", facts.plan.samples},
      {"sampling",
       {{"precision", facts.plan.precision}, {"looks", facts.plan.looks}, {"turns", facts.plan.turns}}},
      {"timeout_ns", facts.timeout_ns},
      {"started", time_stamp()},
      {"processor",
       {{"model", known(processor_field("model name"))},
        {"vendor", known(processor_field("vendor_id"))},
        {"architecture", system.machine},
        {"mhz", known(processor_field("cpu MHz"))},
        {"flags", known(processor_field("flags"))},
        {"governor", governors(machine)},
        {"boost", known(first_line("/sys/devices/system/cpu/cpufreq/boost"))}}},
      {"topology", Topology::of_this_machine().describe()},
      {"allowed_cores", allowed},
      {"cgroup_quota_cores", limits.cores ? Json(*limits.cores) : Json()},
      {"cores_used_as_all", machine.cores},
      {"memory_available_bytes", machine.memory_available},
      {"temporary_folder", temporary_folder()},
      {"huge_pages", huge_pages(facts)},
      {"perf_event_paranoid", known(first_line("/proc/sys/kernel/perf_event_paranoid"))},
      {"load_average", known(first_line("/proc/loadavg"))},
      {"system",
       {{"kernel", std::string(system.sysname) + " " + system.release},
        {"version", system.version},
        {"host", system.nodename}}},
      {"hosts", hosts_of_run(facts.hosts)},
      {"hosts_by_workers", hosts_by_workers(facts.placed)},
      {"compiler", {{"name", RUNOFF_COMPILER}, {"build_type", RUNOFF_BUILD_TYPE}, {"flags", RUNOFF_FLAGS}}},
      {"libraries", libraries()},
      {"runtimes", runtimes(facts)},
      {"workloads", workloads(facts)},
      {"modules", modules(facts)},
      {"unequal_terms", unequal(facts)},
      {"endpoint", endpoint(facts)},
      {"doctor", found_by_doctor(facts.doctor)},
      {"environment_variables", steering_variables()},
      {"environment_variables_cleared", object_of({&facts.cleared})},
      {"priority", priority()},
      {"allocator", allocator()},
      {"placement",
       {{"policy", to_string(facts.plan.placement)},
        {"order_of_cores", machine.cpus},
        {"boundaries", boundaries_of_run(machine)},
        {"meaning", meaning_of(facts.plan.placement)}}},
  };
}

}  // namespace runoff
