#pragma once

#include "catalog/catalog.h"

namespace runoff {

/// A catalog made by hand: two backends and two workloads that are there, one of each that is not.
inline Catalog small_catalog() {
  const auto available = [](auto module) {
    module.available = true;
    return module;
  };
  BackendModule alone, team, gone;
  alone.name = "alone";
  alone.most_workers = 1;
  team.name = "team";
  team.options = {Parameter::choice("mode", {"pool", "spawn"}, ""),
                  Parameter::choice("wait", {"spin", "sleep"}, ""),
                  Parameter::optional_count("chunk", 1, 100, "")};
  gone.name = "gone";
  gone.reason = "no library";
  gone.package = "libgone-dev";
  WorkloadModule sums, texts, lost;
  sums.name = "sums";
  sums.bound = "cpu";
  sums.shape = "independent";
  sums.parameters = {Parameter::count("n", 1000, 0, 1'000'000, ""),
                     Parameter::count("grain", 10, 1, 1000, "")};
  texts.name = "texts";
  texts.bound = "io";
  texts.shape = "independent";
  texts.parameters = {Parameter::bytes("size", "1MiB", 0, 1 << 30, ""), Parameter::text("from", "", "")};
  lost.name = "lost";
  lost.reason = "no library either";
  return {{available(alone), gone, available(team)}, {lost, available(sums), available(texts)}};
}

}  // namespace runoff
