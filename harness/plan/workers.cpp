#include "plan/workers.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <set>

#include "runoff/unit.h"
#include "support/errors.h"

namespace runoff {
namespace {

std::optional<std::int64_t> read(const std::string& item, unsigned cores) {
  if (item == "cores") return cores;
  constexpr std::string_view multiple = "xcores";
  if (!item.ends_with(multiple)) return parse_count(item);
  const auto factor = parse_count(item.substr(0, item.size() - multiple.size()));
  if (!factor || *factor < 1 || *factor > most_workers) return std::nullopt;
  return *factor * cores;
}

}  // namespace

std::vector<unsigned> parse_workers(std::span<const std::string> items, unsigned cores,
                                    std::span<const Boundary> boundaries) {
  std::set<unsigned> workers;
  for (const auto& item : items) {
    if (item == "auto") {
      for (unsigned n = 1; n < cores; n *= 2) workers.insert(n);
      for (const Boundary& boundary : boundaries)
        if (boundary.workers < cores) workers.insert(boundary.workers);
      workers.insert(cores);
      if (cores <= most_cores_doubled) workers.insert(2 * cores);
      continue;
    }
    const auto number = read(item, cores);
    if (!number || *number < 1 || *number > most_workers)
      throw UsageError(
          fmt::format("--workers: '{}' is no number of workers; it takes whole numbers from 1 to {}, "
                      "'cores', multiples such as '2xcores', or 'auto'",
                      item, most_workers));
    workers.insert(static_cast<unsigned>(*number));
  }
  return {workers.begin(), workers.end()};
}

}  // namespace runoff
