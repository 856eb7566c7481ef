#include "check/text.h"

#include <fmt/format.h>

#include <algorithm>

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

/// What it means that a promise is broken, and what to change.
struct Explanation {
  std::string meaning, remedy;
  bool operator==(const Explanation&) const = default;
};

/// A sample that did not come to its end says nothing of what most promises are about.
Explanation explain(const Promise& promise, Status status) {
  const Explanation own{promise.meaning, promise.remedy};
  if (promise.of_ends) return own;
  switch (status) {
    case Status::timeout:
      return {"it did not end, so this promise could not be put to the test",
              "see above where its threads wait, and whether each has something that wakes it"};
    case Status::crashed:
      return {"its process ended before the work did, so this promise could not be put to the test",
              "see above how it ended and what it printed; a debugger shows where"};
    case Status::failed:
      return {"it threw an exception, so this promise could not be put to the test",
              "see above what was thrown"};
    case Status::unsupported:
      return {"it has no way to run this, so this promise could not be put to the test",
              "a backend: write `start(const Independent&, Results, Host&)` with these parameters, and "
              "`override` behind it, so that the compiler says where they are others"};
    default:
      return own;
  }
}

/// Of all that breaks it, each once.
std::vector<Explanation> explanations(const Held& held) {
  std::vector<Explanation> all;
  for (const Remark& one : held.broken) {
    Explanation explanation = explain(held.promise, one.status);
    if (std::find(all.begin(), all.end(), explanation) == all.end()) all.push_back(std::move(explanation));
  }
  return all;
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
  if (held.not_asked > 0)
    text += fmt::format("           {} more {} not asked: time was up {} times\n", held.not_asked,
                        held.not_asked == 1 ? "was" : "were", held.timeouts);
  for (const Explanation& one : explanations(held))
    text += fmt::format("           this means: {}\n           to do: {}\n", one.meaning, one.remedy);
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
          {"not_asked", held.not_asked},
          {"broken", to_json(held.broken)},
          {"refused", to_json(held.refused)},
          {"untested", to_json(held.untested)},
          {"meaning", held.broken.empty() ? held.promise.meaning : explanations(held).front().meaning},
          {"remedy", held.broken.empty() ? held.promise.remedy : explanations(held).front().remedy}};
}

}  // namespace runoff
