#include "plan/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "support/list.h"

namespace runoff {
namespace {

using Problem = std::pair<std::string, std::string>;  // workload, parameters

Problem problem_of(const PlannedCell& cell) { return {cell.workload, cell.parameters}; }

/// Problems in the order of the plan, and which of them are the first of their bound or workload.
struct Problems {
  explicit Problems(std::span<const PlannedCell> cells) {
    std::set<std::string> bounds, workloads;
    for (const PlannedCell& cell : cells) {
      if (!place.try_emplace(problem_of(cell), place.size()).second) continue;
      const bool first_of_bound = bounds.insert(cell.bound).second;
      const bool first_of_workload = workloads.insert(cell.workload).second;
      rank.push_back(first_of_bound ? 0 : first_of_workload ? 1 : 2);
    }
  }
  std::map<Problem, std::size_t> place;
  std::vector<int> rank;  ///< by place
};

/// How many workers each backend and variant has in the main part of each problem.
std::map<std::tuple<Problem, std::string, std::string>, unsigned> main_workers(
    std::span<const PlannedCell> cells, unsigned cores) {
  std::map<std::tuple<Problem, std::string, std::string>, unsigned> workers;
  for (const PlannedCell& cell : cells) {
    unsigned& chosen = workers[{problem_of(cell), cell.backend, cell.variant}];
    if (chosen != cores && (cell.workers == cores || cell.workers > chosen)) chosen = cell.workers;
  }
  return workers;
}

double distance(unsigned workers, unsigned cores) {
  return static_cast<double>(std::max(workers, cores)) / std::min(workers, cores);
}

/// "primes", or "primes/n:1000" where the run takes several values of n.
std::string problem_name(const PlannedCell& cell) {
  return cell.label.substr(0, cell.label.rfind("/" + cell.backend + "/"));
}

}  // namespace

void number_parts(std::vector<PlannedCell>& cells, unsigned cores) {
  const Problems problems(cells);
  const auto main = main_workers(cells, cores);
  // Further or not, rank of the problem, distance of the workers, the problem's place, the workers.
  using Key = std::tuple<bool, int, double, std::size_t, unsigned>;
  const auto key_of = [&](const PlannedCell& cell) -> Key {
    const std::size_t place = problems.place.at(problem_of(cell));
    const bool further = main.at({problem_of(cell), cell.backend, cell.variant}) != cell.workers;
    if (!further) return {false, problems.rank[place], 0, place, 0};
    return {true, problems.rank[place], distance(cell.workers, cores), place, cell.workers};
  };
  std::set<Key> keys;
  for (const PlannedCell& cell : cells) keys.insert(key_of(cell));
  for (PlannedCell& cell : cells)
    cell.part = static_cast<unsigned>(std::distance(keys.begin(), keys.find(key_of(cell))));
}

std::string name_parts(std::span<const PlannedCell> cells, std::span<const unsigned> parts) {
  // A main part may mix numbers of workers: it is named by its problem alone.
  std::map<std::string, std::vector<std::string>> problems;  // by number of workers, in words
  for (const unsigned part : parts) {
    const auto first =
        std::find_if(cells.begin(), cells.end(), [part](const auto& cell) { return cell.part == part; });
    const bool main = std::none_of(cells.begin(), cells.end(), [&](const PlannedCell& cell) {
      return cell.part < part && problem_of(cell) == problem_of(*first);
    });
    const std::string workers =
        main ? "" : fmt::format(" with {} worker{}", first->workers, first->workers == 1 ? "" : "s");
    problems[workers].push_back(problem_name(*first));
  }
  std::string text;
  for (const auto& [workers, names] : problems)
    text += (text.empty() ? "" : "; ") + listed(names, 5, "more") + workers;
  return text;
}

}  // namespace runoff
