#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <tuple>

#include "report/findings.h"

namespace runoff {

/// Where cells and problems stand in the data of a page. Charts and tables name a cell by its place.
class HtmlPlaces {
 public:
  explicit HtmlPlaces(const Findings& findings);

  std::size_t of(const Cell& cell) const;
  std::size_t of(const Problem& problem) const { return problems_.at(problem); }
  /// In the order of their places.
  std::vector<const Problem*> problems() const;

 private:
  using Identity = std::tuple<Problem, std::string, std::string, std::int64_t>;
  static Identity identity(const Cell& cell) {
    return {cell.problem, cell.backend, cell.variant, cell.workers};
  }
  std::map<Identity, std::size_t> cells_;
  std::map<Problem, std::size_t> problems_;
};

/// All cells, in the order of the summary: what each is, how it was judged, and all of its samples.
nlohmann::ordered_json html_cells(const LoadedRun& run, const Findings& findings, const Names& names,
                                  const HtmlPlaces& places);

}  // namespace runoff
