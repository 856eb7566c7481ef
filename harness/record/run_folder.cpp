#include "record/run_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

constexpr const char* plan_name = "plan.json";

std::string local_time() { return fmt::format("{:%Y-%m-%dT%H-%M-%S}", fmt::localtime(std::time(nullptr))); }

/// Of plans that differ in nothing else: a module, or a file that a workload reads, that is another one now.
std::string other_build(Json planned, Json found) {
  const Json now = planned.value("modules", Json::object()), then = found.value("modules", Json::object());
  planned.erase("modules");
  found.erase("modules");
  if (planned != found) return {};
  if (!then.is_object() || then.empty())
    return "it does not say with which builds of the modules it was begun";
  for (const auto& [name, hash] : now.items())
    if (then.value(name, Json()) != hash) return fmt::format("its {} has changed since", name);
  return {};
}

/// What differs, in words.
std::string difference(const Json& planned, const Json& found) {
  if (const std::string other = other_build(planned, found); !other.empty()) return other;
  for (const auto* key : {"seed", "samples", "placement", "variables", "endpoint"})
    if (const Json now = planned.value(key, Json()), then = found.value(key, Json()); now != then)
      return fmt::format("its {} is {}, not {}", key, to_text(then), to_text(now));
  return "its cells are others";
}

}  // namespace

RunFolder::RunFolder(const fs::path& folder, bool resume, const Json& plan)
    : path_(folder), name_(local_time()) {
  try {
    make();
    std::error_code error;
    const bool empty = fs::is_empty(folder, error);
    if (error) throw MachineError(fmt::format("cannot look into '{}': {}", folder.string(), error.message()));
    const Json written = parse_json(to_text(plan));  // as a file holds it: text is UTF-8 there
    if (empty)
      begin(written);
    else if (resume)
      go_on(written);
    else
      throw MachineError(fmt::format(
          "'{}' is not empty; choose another --out, or add --resume to go on with its run", folder.string()));
  } catch (...) {
    remove_made();
    throw;
  }
}

void RunFolder::make() {
  std::error_code none;
  // A link that leads nowhere is there.
  for (fs::path missing = path_; !missing.empty() && !fs::exists(fs::symlink_status(missing, none));
       missing = missing.parent_path())
    made_.push_back(missing);
  make_folder(path_);
}

void RunFolder::begin(const Json& plan) const {
  Json written{{"run", name_}};
  written.update(plan);
  write_file(path_ / plan_name, to_text(written, 1) + "\n");
}

void RunFolder::go_on(const Json& plan) {
  const auto file = path_ / plan_name;
  const auto text = read_if_there(file);
  if (!text)
    throw MachineError(fmt::format(
        "'{}' holds no run to resume (there is no plan.json); choose another --out", path_.string()));
  Json found;
  try {
    found = parse_json(*text);
    name_ = found.at("run").get<std::string>();
  } catch (const JsonError&) {
    throw MachineError(fmt::format("'{}' is damaged; choose another --out", file.string()));
  }
  found.erase("run");
  if (found != plan)
    throw MachineError(fmt::format(
        "'{}' holds a run of another plan ({}); choose another --out, or go on with the options and "
        "the builds that it was begun with",
        path_.string(), difference(plan, found)));
  resumed_ = true;
}

void RunFolder::remove_made() const {
  std::error_code ignored;
  for (const fs::path& one : made_) fs::remove(one, ignored);  // only what is empty
}

void RunFolder::discard() const {
  if (resumed_) return;
  std::error_code ignored;
  for (const char* name : {plan_name, "environment.json", "samples.csv", "latencies.csv", "advise.json"})
    fs::remove(path_ / name, ignored);
  remove_made();
}

bool is_file_of_run(const fs::path& file, const fs::path& folder) {
  constexpr std::array names{plan_name,          "environment.json",   "samples.csv",    "latencies.csv",
                             "summary.csv",      "sweeps.csv",         "crossovers.csv", "scaling.csv",
                             "weak_scaling.csv", "host_scaling.csv",   "metg.csv",       "efficiency.csv",
                             "prices.csv",       "latency_curves.csv", "resources.csv",  "claims.json",
                             "claims.csv",       "explain.csv",        "advise.json",    "benchmark.json",
                             "report.html"};
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return is_same_file(file, folder / name); });
}

fs::path default_run_folder() {
  const fs::path first = fs::path("results") / local_time();
  fs::path folder = first;
  std::error_code error;  // what keeps it from being looked at keeps it from being made
  for (int number = 2; fs::exists(folder, error); ++number)
    folder = fmt::format("{}-{}", first.string(), number);
  return folder;
}

}  // namespace runoff
