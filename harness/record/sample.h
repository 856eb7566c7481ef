#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cell/outcome.h"
#include "record/csv.h"
#include "record/surroundings.h"

namespace runoff {

/// One measurement of one cell: a row of samples.csv. Its columns are these members, then those of Outcome,
/// then those of Surroundings; what was added later comes last.
struct Sample : Outcome, Surroundings {
  using Number = Outcome::Number;

  std::string run;         ///< the run's name, the same in all of its rows
  std::int64_t order = 0;  ///< place in the order in which samples were taken, from 0
  std::string workload;
  std::string parameters;  ///< name=value pairs joined by ';'
  std::string bound;
  std::string shape;
  std::string backend;
  std::string variant;  ///< name=value pairs joined by ';'
  std::int64_t workers = 1;
  std::int64_t sample = 0;  ///< the round it belongs to

  bool operator==(const Sample&) const = default;
};

/// The header of samples.csv.
const CsvRow& sample_columns();

/// The fields of one row, in the order of `sample_columns`.
CsvRow to_row(const Sample& sample);
/// The same in the order of a file's header: what that does not name is left out, what only it names is
/// empty.
CsvRow to_row(const Sample& sample, std::span<const std::string> header);

/// Reads the rows of a table with a header. Columns are found by name, so that there may be others.
class SampleReader {
 public:
  /// Throws CsvError, which names the columns that are missing, or are there twice. Those after `detail` may
  /// be missing in files of older versions.
  explicit SampleReader(std::span<const std::string> header);
  /// Throws CsvError, which names the column and the value that are wrong.
  Sample read(std::span<const std::string> row) const;

 private:
  std::vector<std::size_t> places_;  // of each of sample_columns() in the row
  std::size_t width_;
};

/// All samples of a whole samples.csv. Throws CsvError; its message names the row. Also where they are not
/// independent samples of one run: rows that stand there twice, also under other numbers, and rows of several
/// runs; and where only some of those that are ok have a typical time.
std::vector<Sample> read_samples(const CsvTable& table);

struct ReadSamples {
  std::vector<Sample> samples;
  bool torn = false;  ///< a row without an end follows, which was left out
};
/// The same of the file's text, without a table of it in between.
ReadSamples read_samples(std::string_view text);

}  // namespace runoff
