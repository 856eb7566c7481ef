#include "advise/by_latency.h"

namespace runoff {

std::vector<Cell> by_latency(std::vector<Cell> cells) {
  for (Cell& cell : cells) {
    cell.wall = {};
    for (const Sample& sample : cell.samples) {
      if (sample.status != Status::ok || !sample.latency_p99_ns) continue;
      cell.wall.rounds.push_back(sample.sample);
      cell.wall.values.push_back(static_cast<double>(*sample.latency_p99_ns));
    }
  }
  return cells;
}

}  // namespace runoff
