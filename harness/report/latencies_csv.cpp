#include "report/latencies_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "record/csv.h"
#include "report/load.h"

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

std::vector<Latency> latencies_of(const CsvTable& table) {
  if (table.rows.empty()) return {};
  const CsvRow& header = table.rows.front();
  const std::size_t workload = place_of("workload", header), parameters = place_of("parameters", header),
                    backend = place_of("backend", header), variant = place_of("variant", header),
                    workers = place_of("workers", header), order = place_of("order", header),
                    quantile = place_of("quantile", header), ns = place_of("latency_ns", header);
  std::vector<Latency> all;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    if (is_blank(row)) continue;
    if (row.size() != header.size())
      throw CsvError(
          fmt::format("row {}: {} fields where the header has {}", i + 1, row.size(), header.size()));
    all.push_back({row[workload], row[parameters], row[backend], row[variant],
                   number<std::int64_t>(row[workers]), number<std::int64_t>(row[order]),
                   number<double>(row[quantile]), number<double>(row[ns])});
  }
  return all;
}

}  // namespace

std::vector<Latency> read_latencies(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {};
  try {
    return latencies_of(parse_csv(std::string{std::istreambuf_iterator<char>(stream), {}}));
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
