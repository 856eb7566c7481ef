#include "check/text.h"

#include <fmt/format.h>

#include "check/cells.h"
#include "support/json.h"

namespace runoff {
namespace {

constexpr std::size_t most_shown = 3;

std::string_view word(Kept kept) {
  switch (kept) {
    case Kept::yes:
      return "holds";
    case Kept::no:
      return "FAILS";
    case Kept::refused:
      return "refused";
    case Kept::untested:
      return "untested";
  }
  return "";
}

/// "primes n=20000;grain=100 on mine, mode=one, 2 workers". What puts others to the test is no reader's
/// business.
std::string cell_text(const PlannedCell& cell) {
  const auto is_probe = [](const std::string& name) { return name.starts_with(probe_prefix); };
  std::string text;
  if (!is_probe(cell.workload)) text += fmt::format("{} {} on ", cell.workload, cell.parameters);
  text += is_probe(cell.backend) ? "a loop that looks at it closely" : cell.backend;
  if (!cell.variant.empty()) text += fmt::format(", {}", cell.variant);
  return text + fmt::format(", {} worker{}", cell.workers, cell.workers == 1 ? "" : "s");
}

std::string said(const std::vector<Remark>& all, const char* head) {
  std::string text;
  for (std::size_t i = 0; i < all.size() && i < most_shown; ++i) {
    const Remark& one = all[i];
    text += fmt::format("           {}{}", head, one.why);
    if (!one.cells.empty()) text += fmt::format("  ({})", cell_text(one.cells.front()));
    if (one.cells.size() > 1) text += fmt::format(" and {} more", one.cells.size() - 1);
    text += '\n';
  }
  if (all.size() > most_shown)
    text += fmt::format("           {}and so in {} other ways; --json has them all\n", head,
                        all.size() - most_shown);
  return text;
}

Json to_json(const std::vector<Remark>& all) {
  Json list = Json::array();
  for (const Remark& one : all) {
    Json cells = Json::array();
    for (const PlannedCell& cell : one.cells)
      cells.push_back({{"workload", cell.workload},
                       {"parameters", cell.parameters},
                       {"shape", cell.shape},
                       {"backend", cell.backend},
                       {"variant", cell.variant},
                       {"workers", cell.workers}});
    list.push_back({{"why", one.why}, {"cells", std::move(cells)}});
  }
  return list;
}

}  // namespace

std::string to_text(const Held& held) {
  std::string text = fmt::format("  {:<8} {}: {}", word(held.kept), held.promise.name, held.promise.sentence);
  if (held.samples > 0) text += fmt::format(" ({} samples)", held.samples);
  text += '\n';
  text += said(held.broken, "");
  if (held.kept == Kept::no)
    text += fmt::format("           this means: {}\n           to do: {}\n", held.promise.meaning,
                        held.promise.remedy);
  text += said(held.refused, "it says: ");
  if (held.kept == Kept::untested) text += said(held.untested, "");
  return text;
}

Json to_json(const Held& held) {
  return {{"name", held.promise.name},
          {"promise", held.promise.sentence},
          {"kept", held.kept == Kept::yes  ? "yes"
                   : held.kept == Kept::no ? "no"
                                           : word(held.kept)},
          {"samples", held.samples},
          {"broken", to_json(held.broken)},
          {"refused", to_json(held.refused)},
          {"untested", to_json(held.untested)},
          {"meaning", held.promise.meaning},
          {"remedy", held.promise.remedy}};
}

}  // namespace runoff
