#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "record/sample.h"
#include "support/descriptor.h"

namespace runoff {

/// latencies.csv: how the latencies of single tasks were spread, several rows a sample. It lies beside
/// samples.csv where some workload of the run keeps records of its tasks.
class LatenciesFile {
 public:
  /// Opens and makes nothing yet. In a file that is there, only the rows of samples with these places in the
  /// order stay: others belong to samples that never ended. Throws MachineError, also where the file is of
  /// another run.
  LatenciesFile(std::filesystem::path file, const std::string& run, const std::set<std::int64_t>& orders);

  /// Adds the latencies of the sample, if it has some. Throws MachineError.
  void append(const Sample& sample);

 private:
  std::filesystem::path file_;
  Descriptor descriptor_;
};

}  // namespace runoff
