#include "record/latencies_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "record/csv.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/text.h"

namespace runoff {
namespace {

const CsvRow& columns() {
  static const CsvRow names{"run",     "order",   "workload", "parameters", "backend",
                            "variant", "workers", "sample",   "quantile",   "latency_ns"};
  return names;
}

/// The rows of `file`, whose text this is, that belong to these samples.
std::string rows_of(const std::filesystem::path& file, std::string_view text, const std::string& run,
                    const std::set<std::int64_t>& orders) {
  std::string kept = csv_line(columns());
  try {
    const CsvTable table = parse_csv(text);
    if (table.rows.empty()) return kept;
    if (table.rows.front() != columns()) throw CsvError("it has other columns");
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      const CsvRow& row = table.rows[i];
      if (is_blank(row)) continue;
      if (row.size() != columns().size())
        throw CsvError(
            fmt::format("row {}: {} fields where the header has {}", i + 1, row.size(), columns().size()));
      if (row[0] != run)
        throw MachineError("'" + file.string() + "' holds latencies of the run '" + printable(row[0]) +
                           "', not of '" + run +
                           "', which plan.json is of; put its own file back, or remove it");
      if (orders.contains(std::atoll(row[1].c_str()))) kept += csv_line(row);
    }
  } catch (const CsvError& error) {
    throw MachineError("'" + file.string() + "' is not a latencies.csv of runoff: " + error.what());
  }
  return kept;
}

}  // namespace

LatenciesFile::LatenciesFile(std::filesystem::path file, const std::string& run,
                             const std::set<std::int64_t>& orders)
    : file_(std::move(file)) {
  if (const auto text = read_if_there(file_)) write_file(file_, rows_of(file_, *text, run, orders));
}

void LatenciesFile::append(const Sample& sample) {
  if (sample.latency_quantiles.empty()) return;
  std::string text;
  if (descriptor_.get() < 0) {
    const bool made = !std::filesystem::exists(file_);
    descriptor_ = Descriptor(::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (descriptor_.get() < 0) fail_on(file_, "open");
    if (made) text = csv_line(columns());
  }
  for (const auto& [share, latency] : sample.latency_quantiles)
    text += csv_line(CsvRow{sample.run, std::to_string(sample.order), sample.workload, sample.parameters,
                            sample.backend, sample.variant, std::to_string(sample.workers),
                            std::to_string(sample.sample), fmt::format("{:.6g}", share),
                            std::to_string(latency)});
  write_through(descriptor_.get(), text, file_);
}

}  // namespace runoff
