#include "record/environment.h"

#include <fmt/chrono.h>
#include <gnu/libc-version.h>
#include <hwloc.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/Version.hpp>
#include <algorithm>
#include <array>
#include <boost/version.hpp>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <set>

#include "build_info.h"
#include "commit.h"
#include "machine/cgroup.h"
#include "machine/file_system.h"
#include "machine/kernel_files.h"
#include "machine/topology.h"
#include "support/json.h"

namespace runoff {
namespace {

/// Beginnings of the names of environment variables that steer a runtime, an allocator, a loader or a rank.
constexpr std::array steering{"OMP_",  "GOMP_", "KMP_",  "LIBOMP", "TBB_",   "OMPI_", "PMIX_",    "PRTE_",
                              "UCX_",  "HWLOC", "SLURM", "MALLOC", "GLIBC_", "LD_",   "MIMALLOC", "JEMALLOC",
                              "ASAN_", "TSAN_", "UBSAN", "LSAN_",  "MKL_",   "CILK_", "HPX_",     "CURL_"};

/// "field : value" of /proc/cpuinfo.
std::string processor_field(const std::string& field) {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(field) && line.find(':') != line.npos)
      return one_line(line.substr(line.find(':') + 1), line.size());
  return {};
}

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

Json steering_variables() {
  Json variables = Json::object();
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (std::any_of(steering.begin(), steering.end(),
                    [text](const char* name) { return text.starts_with(name); }))
      variables[std::string(text.substr(0, text.find('=')))] = text.substr(text.find('=') + 1);
  }
  return variables;
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

Json runtimes(const RunFacts& facts) {
  Json all = Json::object();
  for (const auto* backend : facts.backends) {
    Json set = Json::object();
    for (const auto& [name, value] : backend->environment) set[name] = value;
    const Parameter* concurrency = backend->concurrency_option();
    Json one{{"runtime", backend->runtime},
             {"environment", std::move(set)},
             {"concurrency_option", known(concurrency != nullptr ? concurrency->name : "")}};
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
    all[workload->name] = {{"source", known(workload->source)}, {"grain", known(workload->grain)}};
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
  const bool pinned = facts.plan.placement == Placement::pinned;
  return {
      {"runoff", RUNOFF_VERSION},
      {"commit", RUNOFF_COMMIT},
      {"command_line", facts.command_line},
      {"seed", facts.plan.seed},
      {"samples", facts.plan.samples},
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
      {"transparent_hugepages", known(first_line("/sys/kernel/mm/transparent_hugepage/enabled"))},
      {"load_average", known(first_line("/proc/loadavg"))},
      {"system",
       {{"kernel", std::string(system.sysname) + " " + system.release},
        {"version", system.version},
        {"host", system.nodename}}},
      {"compiler", {{"name", RUNOFF_COMPILER}, {"build_type", RUNOFF_BUILD_TYPE}, {"flags", RUNOFF_FLAGS}}},
      {"libraries", libraries()},
      {"runtimes", runtimes(facts)},
      {"workloads", workloads(facts)},
      {"endpoint", endpoint(facts)},
      {"environment_variables", steering_variables()},
      {"placement",
       {{"policy", pinned ? "pinned" : "free"},
        {"order_of_cores", machine.cpus},
        {"meaning",
         pinned ? "each worker on a core of its own while workers are no more than allowed cores; free beyond"
                : "wherever the system puts them"}}},
  };
}

}  // namespace runoff
