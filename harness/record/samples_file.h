#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/latencies_file.h"
#include "record/sample.h"
#include "support/descriptor.h"

namespace runoff {

/// samples.csv, and latencies.csv beside it. Rows are only appended, so that what it holds survives whatever
/// ends runoff.
class SamplesFile {
 public:
  /// Opens or makes the file of the run with this name, cuts off a torn last row and reads the others. Throws
  /// MachineError when the file cannot be written, is no samples.csv of this run that can be gone on with, or
  /// is being written by another runoff.
  SamplesFile(const std::filesystem::path& file, const std::string& run);

  /// What was there when it was opened.
  const std::vector<Sample>& existing() const { return existing_; }

  /// Adds a row, with the columns that the file's header has, and waits until it is on the disk. Throws
  /// MachineError, also where the file is no longer what it was made: removed, moved or written by others.
  void append(const Sample& sample);

 private:
  void lock();
  void require_unchanged() const;
  void write(std::string_view text);

  std::filesystem::path file_;
  Descriptor descriptor_;
  std::size_t size_ = 0;  ///< in bytes, as far as this process knows
  CsvRow header_;
  std::vector<Sample> existing_;
  std::optional<LatenciesFile> latencies_;
};

}  // namespace runoff
