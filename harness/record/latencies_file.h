#pragma once

#include <filesystem>
#include <set>

#include "record/sample.h"
#include "support/descriptor.h"

namespace runoff {

/// latencies.csv: how the latencies of single tasks were spread, several rows a sample. Beside samples.csv,
/// and only there when some workload of the run keeps such records.
class LatenciesFile {
 public:
  /// Nothing is opened or made yet. A file that is there keeps the rows of the samples with these places in
  /// the order; others belong to samples that were never finished. Throws MachineError.
  LatenciesFile(std::filesystem::path file, const std::set<std::int64_t>& orders);

  /// Adds what the sample has; nothing where it has none. Throws MachineError.
  void append(const Sample& sample);

 private:
  std::filesystem::path file_;
  Descriptor descriptor_;
};

}  // namespace runoff
