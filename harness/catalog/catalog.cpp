#include "catalog/catalog.h"

#include <algorithm>

#include "catalog/describe.h"
#include "catalog/plugins.h"
#include "catalog/silence.h"
#include "process/capture.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::seconds description_limit{20};

/// A module's file, and the folder that it was in. A plugin may be a backend or a workload.
struct Found {
  fs::path file;
  enum Kind { backend, workload, plugin } kind;
};

bool ends_with(const fs::path& file, std::string_view end) { return file.filename().string().ends_with(end); }

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;  // no folder: no modules
  for (const auto& entry : fs::directory_iterator(folder, ignored)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

ModuleFacts left_out(const fs::path& file) {
  ModuleFacts module;
  module.name = file.filename().string();
  module.name.resize(module.name.size() - std::string_view(".absent.json").size());
  module.file = file;
  try {
    const auto note = read_json(file);
    module.reason = note.value("reason", "");
    module.package = note.value("package", "");
    module.only_by_name = note.value("only_by_name", false);
  } catch (const JsonError&) {
    module.reason = "left out of this build";
  }
  return module;
}

ModuleFacts unavailable(const fs::path& file, std::string why) {
  ModuleFacts module;
  module.name = file.stem();
  module.file = file;
  module.reason = std::move(why);
  return module;
}

void add_unavailable(Catalog& catalog, Found::Kind kind, ModuleFacts module) {
  ModuleFacts& place = kind == Found::workload ? static_cast<ModuleFacts&>(catalog.workloads.emplace_back())
                                               : static_cast<ModuleFacts&>(catalog.backends.emplace_back());
  place = std::move(module);
}

constexpr Doing loading{"loading it", "while it was loaded", "its static constructors, and at find_runtime",
                        "a module's static constructors must return"};
constexpr Doing leaving{"ending", "after it had said what it is",
                        "its static destructors, and at the threads that it has started",
                        "a module's static destructors must return"};

/// What is wrong with a description, or empty.
std::string add_described(Catalog& catalog, const Found& found, const Captured& answer) {
  if (answer.exit_code != 0 || answer.output.empty())
    return why_silent(answer, answer.output.empty() ? loading : leaving);
  try {
    const auto description = parse_json(answer.output);
    if (description.at("kind") == "backend" && found.kind != Found::workload)
      catalog.backends.emplace_back(backend_from(description)).file = found.file;
    else if (description.at("kind") == "workload" && found.kind != Found::backend)
      catalog.workloads.emplace_back(workload_from(description)).file = found.file;
    else
      return "it is a " + description.at("kind").get<std::string>() + ", in the wrong folder";
    return {};
  } catch (const std::exception& error) {
    return with_printed(std::string("its description is not understood: ") + error.what(), answer);
  }
}

/// Sorts by name. Throws UsageError where two have the same.
template <class M>
void sort(std::vector<M>& modules, const char* what) {
  std::stable_sort(modules.begin(), modules.end(), [](const M& a, const M& b) { return a.name < b.name; });
  const auto twice = std::adjacent_find(modules.begin(), modules.end(),
                                        [](const M& a, const M& b) { return a.name == b.name; });
  if (twice != modules.end())
    throw UsageError(std::string("two ") + what + " are called '" + twice->name +
                     "': " + twice->file.string() + " and " + std::next(twice)->file.string() +
                     "; leave one out, or give it another name");
}

/// Of those of the installation's modules whose name `is_wanted`, and of all plugins.
template <class IsWanted>
Catalog find_wanted(const Install& install, std::span<const fs::path> plugins, IsWanted is_wanted) {
  Catalog catalog;
  std::vector<Found> modules;
  for (const auto& [folder, kind] :
       {std::pair{install.backends, Found::backend}, std::pair{install.workloads, Found::workload}}) {
    for (const auto& file : files_in(folder)) {
      if (ends_with(file, ".absent.json"))
        add_unavailable(catalog, kind, left_out(file));
      else if (ends_with(file, ".so") && is_wanted(file.stem().string()))
        modules.push_back({file, kind});
    }
  }
  for (const auto& file : plugins) {
    std::string wrong = why_no_module(file);
    if (wrong.empty())
      modules.push_back({fs::absolute(file), Found::plugin});
    else
      add_unavailable(catalog, Found::plugin, unavailable(fs::absolute(file), std::move(wrong)));
  }

  if (!fs::exists(install.cell()))
    throw MachineError("'" + install.cell().string() + "' is missing; build it first");
  std::vector<std::vector<std::string>> commands;
  for (const auto& found : modules) commands.push_back({install.cell(), "--describe", found.file});
  const auto answers = capture_all(commands, description_limit, [&modules](std::size_t place) {
    say("runoff: waiting for " + modules[place].file.string() + " to say what it is, for at most " +
        std::to_string(description_limit.count()) + " s\n");
  });
  for (std::size_t i = 0; i < modules.size(); ++i) {
    std::string wrong = add_described(catalog, modules[i], answers[i]);
    if (wrong.empty()) {
      if (const std::string printed = one_line(answers[i].error);
          modules[i].kind == Found::plugin && !printed.empty())
        warn(modules[i].file.string() + " printed when it was loaded: " + printed);
      continue;
    }
    add_unavailable(catalog, modules[i].kind, unavailable(modules[i].file, std::move(wrong)));
  }
  sort(catalog.backends, "backends");
  sort(catalog.workloads, "workloads");
  return catalog;
}

}  // namespace

Catalog find_catalog(const Install& install, std::span<const fs::path> plugins) {
  return find_wanted(install, plugins, [](const std::string&) { return true; });
}

Catalog find_catalog(const Install& install, std::span<const fs::path> plugins,
                     std::span<const std::string> names) {
  return find_wanted(install, plugins, [names](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  });
}

}  // namespace runoff
