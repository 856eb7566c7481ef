#include "record/run_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <system_error>

#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

std::string local_time() { return fmt::format("{:%Y-%m-%dT%H-%M-%S}", fmt::localtime(std::time(nullptr))); }

/// Of plans that differ in nothing else: a module, or a file that a workload reads, that is another one now.
std::string other_build(Json planned, Json found) {
  const Json now = planned.value("modules", Json::object()), then = found.value("modules", Json::object());
  planned.erase("modules");
  found.erase("modules");
  if (planned != found) return {};
  if (then.empty()) return "it does not say with which builds of the modules it was begun";
  for (const auto& [name, hash] : now.items())
    if (then.value(name, "") != hash.get<std::string>()) return fmt::format("its {} has changed since", name);
  return {};
}

/// What differs, in words.
std::string difference(const Json& planned, const Json& found) {
  if (const std::string other = other_build(planned, found); !other.empty()) return other;
  for (const auto* key : {"seed", "samples", "placement", "variables", "endpoint"})
    if (const Json now = planned.value(key, Json()), then = found.value(key, Json()); now != then)
      return fmt::format("its {} is {}, not {}", key, then.dump(), now.dump());
  return "its cells are others";
}

}  // namespace

RunFolder::RunFolder(const fs::path& folder, bool resume, const Json& plan)
    : path_(folder), name_(local_time()) {
  std::error_code error;
  for (fs::path missing = folder; !missing.empty() && !fs::exists(missing, error);
       missing = missing.parent_path())
    made_.push_back(missing);
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw MachineError(fmt::format("cannot make the folder '{}': {}", folder.string(),
                                   error ? error.message() : "it is a file"));
  const bool empty = fs::is_empty(folder, error);
  if (error) throw MachineError(fmt::format("cannot look into '{}': {}", folder.string(), error.message()));
  const fs::path file = folder / "plan.json";
  if (empty) {
    Json written{{"run", name_}};
    written.update(plan);
    write_file(file, written.dump(1) + "\n");
    return;
  }
  if (!resume)
    throw MachineError(fmt::format(
        "'{}' is not empty; choose another --out, or add --resume to go on with its run", folder.string()));
  if (!fs::exists(file))
    throw MachineError(fmt::format(
        "'{}' holds no run to resume (there is no plan.json); choose another --out", folder.string()));
  Json found;
  try {
    found = read_json(file);
    name_ = found.at("run").get<std::string>();
  } catch (const JsonError&) {
    throw MachineError(fmt::format("'{}' is damaged; choose another --out", file.string()));
  }
  found.erase("run");
  if (found != plan)
    throw MachineError(fmt::format(
        "'{}' holds a run of another plan ({}); choose another --out, or go on with the options and "
        "the builds that it was begun with",
        folder.string(), difference(plan, found)));
  resumed_ = true;
}

void RunFolder::discard() const {
  if (resumed_) return;
  std::error_code ignored;
  for (const char* name : {"plan.json", "environment.json", "samples.csv", "latencies.csv", "advise.json"})
    fs::remove(path_ / name, ignored);
  for (const fs::path& one : made_) fs::remove(one, ignored);  // only what is empty
}

fs::path default_run_folder() {
  const fs::path first = fs::path("results") / local_time();
  fs::path folder = first;
  for (int number = 2; fs::exists(folder); ++number) folder = fmt::format("{}-{}", first.string(), number);
  return folder;
}

}  // namespace runoff
