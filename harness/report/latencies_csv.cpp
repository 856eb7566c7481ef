#include "report/latencies_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "record/csv.h"
#include "report/load.h"
#include "support/files.h"

namespace runoff {
namespace {

std::size_t place_of(const char* name, const CsvRow& header) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) throw CsvError(fmt::format("the header lacks {}", name));
  return static_cast<std::size_t>(found - header.begin());
}

template <class Number>
Number number(const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) throw CsvError(fmt::format("'{}' is no number", text));
  return value;
}

/// Takes the rows one by one, the header first.
class LatencyRows {
 public:
  void add(const CsvRow& row) {
    ++rows_;
    if (rows_ == 1) return read_header(row);
    if (is_blank(row)) return;
    if (row.size() != width_)
      throw CsvError(fmt::format("row {}: {} fields where the header has {}", rows_, row.size(), width_));
    all_.push_back({row[run_], row[workload_], row[parameters_], row[backend_], row[variant_],
                    number<std::int64_t>(row[workers_]), number<std::int64_t>(row[order_]),
                    number<double>(row[quantile_]), number<double>(row[ns_])});
  }

  std::vector<Latency> take() { return std::move(all_); }

 private:
  void read_header(const CsvRow& header) {
    width_ = header.size();
    run_ = place_of("run", header);
    workload_ = place_of("workload", header), parameters_ = place_of("parameters", header);
    backend_ = place_of("backend", header), variant_ = place_of("variant", header);
    workers_ = place_of("workers", header), order_ = place_of("order", header);
    quantile_ = place_of("quantile", header), ns_ = place_of("latency_ns", header);
  }

  std::size_t rows_ = 0, width_ = 0, run_ = 0;
  std::size_t workload_ = 0, parameters_ = 0, backend_ = 0, variant_ = 0;
  std::size_t workers_ = 0, order_ = 0, quantile_ = 0, ns_ = 0;
  std::vector<Latency> all_;
};

}  // namespace

std::vector<Latency> read_latencies(const std::filesystem::path& file) {
  const auto text = read_if_there(file);
  if (!text) return {};
  try {
    LatencyRows rows;
    read_csv(*text, [&rows](const CsvRow& row) { rows.add(row); });
    return rows.take();
  } catch (const CsvError& damage) {
    throw ReportError(fmt::format("{} is damaged: {}", file.string(), damage.what()));
  }
}

std::string latency_curves_csv(std::span<const LatencyCurve> curves, const Names& names) {
  std::string text = csv_line(
      CsvRow{"workload", "parameters", "backend", "variant", "workers", "quantile", "latency_ns", "label"});
  for (const LatencyCurve& curve : curves)
    for (const auto& [quantile, ns] : curve.points)
      text += csv_line(CsvRow{curve.workload, curve.parameters, curve.backend, curve.variant,
                              std::to_string(curve.workers), fmt::format("{}", quantile),
                              fmt::format("{:.0f}", ns), names.backend(curve.backend, curve.variant)});
  return text;
}

}  // namespace runoff
