#include "report/printed_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "support/label.h"

namespace runoff {

std::string printed_text(const LoadedRun& run) {
  struct Printed {
    std::string cell, text;
    std::size_t samples = 0;
  };
  std::vector<Printed> all;
  for (const Sample& sample : run.samples) {
    if (sample.printed.empty()) continue;
    const std::string cell =
        cell_label(sample.workload, sample.parameters, sample.backend, sample.variant, sample.workers);
    const auto same = std::find_if(all.begin(), all.end(), [&](const Printed& one) {
      return one.cell == cell && one.text == sample.printed;
    });
    ++(same == all.end() ? all.emplace_back(Printed{cell, sample.printed}) : *same).samples;
  }
  if (all.empty()) return "nothing was printed in samples that went well\n";
  std::stable_sort(all.begin(), all.end(),
                   [](const Printed& a, const Printed& b) { return a.cell < b.cell; });
  std::string text;
  for (const Printed& one : all)
    text += fmt::format("{}  ({} sample{})\n  {}\n", one.cell, one.samples, one.samples == 1 ? "" : "s",
                        one.text);
  return text;
}

}  // namespace runoff
