#include "explain/explanations_csv.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>

#include "record/csv.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/text.h"

namespace runoff {
namespace {

/// Calls `visit(column, member)` for each column but those of the parts, in their order around them.
template <class E, class Visit>
void each_column(E& explanation, Visit visit) {
  auto& analysis = explanation.analysis;
  visit("workload", explanation.workload);
  visit("parameters", explanation.parameters);
  visit("bound", explanation.bound);
  visit("shape", explanation.shape);
  visit("backend", explanation.backend);
  visit("variant", explanation.variant);
  visit("workers", explanation.workers);
  visit("wall_ns", analysis.wall_ns);
  each_part(analysis.parts,
            [&visit](const char* name, auto& part) { visit((std::string(name) + "_ns").c_str(), part); });
  visit("parallel_efficiency", analysis.efficiency.parallel);
  visit("load_balance", analysis.efficiency.load_balance);
  visit("communication_efficiency", analysis.efficiency.communication);
  visit("computation_scaling", analysis.efficiency.computation);
  visit("global_efficiency", analysis.efficiency.global);
  visit("chunks", analysis.chunks);
  visit("chunk_ns", analysis.chunk_ns);
  visit("task_wait_ns", analysis.task_wait_ns);
  visit("seen", analysis.seen);
  visit("executions", explanation.executions);
  visit("dropped", explanation.dropped);
  visit("slowdown", explanation.slowdown);
  visit("to_compared", explanation.to_compared);
  visit("cause", explanation.cause);
  visit("sentence", explanation.sentence);
  visit("timeline", analysis.timeline);
  visit("problem", explanation.problem);
  visit("label", explanation.label);
}

std::string text_of(const std::string& value) { return value; }
std::string text_of(std::int64_t value) { return std::to_string(value); }
std::string text_of(bool value) { return value ? "1" : "0"; }
// Shares with six digits, times in whole ns.
std::string text_of(double value) {
  return value < 1000 ? fmt::format("{:.6g}", value) : fmt::format("{:.0f}", value);
}
std::string text_of(const std::optional<double>& value) { return value ? text_of(*value) : std::string(); }
std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : ";") + line;
  return text;
}

void take(const std::string& text, std::string& value) { value = text; }
void take(const std::string& text, double& value) {
  char* end = nullptr;
  value = std::strtod(text.c_str(), &end);
  if (*end != '\0') throw CsvError("'" + text + "' is no number");
  if (!std::isfinite(value)) value = 0;
}
void take(const std::string& text, std::int64_t& value) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!text.empty() && (problem != std::errc{} || end != text.data() + text.size()))
    throw CsvError("'" + text + "' is no whole number");
}
void take(const std::string& text, bool& value) { value = text == "1"; }
void take(const std::string& text, std::optional<double>& value) {
  if (!text.empty()) take(text, value.emplace());
}
void take(const std::string& text, std::vector<std::string>& lines) {
  if (!text.empty()) lines = split(text, ";");
}

/// Throws CsvError and MachineError.
std::vector<Explanation> explanations_in(const std::filesystem::path& file) {
  const auto text = read_if_there(file);
  if (!text) return {};
  const CsvTable table = parse_csv(*text);
  if (table.rows.empty()) return {};
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < table.rows[0].size(); ++i) places[table.rows[0][i]] = i;
  std::vector<Explanation> all;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    if (is_blank(row)) continue;
    Explanation one;
    each_column(one, [&](const char* name, auto& value) {
      const auto place = places.find(name);
      if (place == places.end() || place->second >= row.size()) return;
      try {
        take(printable(row[place->second]), value);
      } catch (const CsvError& damage) {
        throw CsvError("row " + std::to_string(i + 1) + ": column " + name + ": " + damage.what());
      }
    });
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

std::string explanations_csv(std::span<const Explanation> explanations) {
  CsvRow header;
  const Explanation none;
  each_column(none, [&header](const char* name, const auto&) { header.emplace_back(name); });
  std::string text = csv_line(header);
  for (const Explanation& one : explanations) {
    CsvRow row;
    each_column(one, [&row](const char*, const auto& value) { row.push_back(text_of(value)); });
    text += csv_line(row);
  }
  return text;
}

std::vector<Explanation> read_explanations(const std::filesystem::path& file) {
  try {
    return explanations_in(file);
  } catch (const CsvError&) {
    return {};
  }
}

std::string damage_of_explanations(const std::filesystem::path& file) {
  try {
    explanations_in(file);
    return {};
  } catch (const std::runtime_error& damage) {  // CsvError, MachineError
    return damage.what();
  }
}

}  // namespace runoff
