#include <vector>

#include "fuzz.h"
#include "plan/choice.h"
#include "support/errors.h"

// The first two lines are the names that plug-ins gave themselves; the others choose among them, as
// --backends, --workloads and --set do. All that is chosen is there, once; all else is refused as UsageError.
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

template <class Module>
Module module_called(std::string name) {
  Module module;
  module.name = std::move(name);
  module.available = true;
  return module;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runoff;
  std::vector<std::string> lines = lines_of(text_of(data, size));
  if (lines.size() < 3) return 0;
  Catalog catalog;
  catalog.backends = {module_called<BackendModule>("serial"), module_called<BackendModule>(lines[0])};
  catalog.backends[1].options = {Parameter::choice("mode", {"pool", "spawn"}, ""),
                                 Parameter::count("chunk", 1, 0, 9, "")};
  catalog.workloads = {module_called<WorkloadModule>(lines[1])};
  catalog.workloads[0].shape = "independent";
  catalog.workloads[0].parameters = {Parameter::count("n", 3, 0, 9, ""),
                                     Parameter::choice("kind", {"a", "b"}, "")};
  const std::vector<std::string> items(lines.begin() + 2, lines.end());
  for (const Absent absent : {Absent::is_an_error, Absent::is_left_out}) {
    try {
      const auto chosen = choose_backends(catalog, items, absent);
      for (std::size_t i = 0; i < chosen.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          require(chosen[i].module != chosen[j].module || chosen[i].variant != chosen[j].variant,
                  "no backend comes twice");
    } catch (const UsageError&) {
    }
    try {
      const std::vector<std::string> all{"*"};
      for (const auto& one : choose_workloads(catalog, all, {}, items, absent))
        require(one.module == &catalog.workloads[0] && !one.parameters.empty(), "each parameter has a value");
    } catch (const UsageError&) {
    }
  }
  return 0;
}
