#include "record/sample.h"

#include <algorithm>
#include <charconv>
#include <type_traits>

namespace runoff {
namespace {

// What writes, reads or names the columns goes through this list.
template <class S, class Visit>
void each_column(S& sample, Visit visit) {
  visit("run", sample.run);
  visit("order", sample.order);
  visit("workload", sample.workload);
  visit("parameters", sample.parameters);
  visit("bound", sample.bound);
  visit("shape", sample.shape);
  visit("backend", sample.backend);
  visit("variant", sample.variant);
  visit("workers", sample.workers);
  visit("sample", sample.sample);
  each_field(sample, visit);
  each_surrounding(sample, visit);
}

std::string to_field(const std::string& value) { return value; }
std::string to_field(std::int64_t value) { return std::to_string(value); }
std::string to_field(Status value) { return std::string(to_string(value)); }
std::string to_field(const Sample::Number& value) { return value ? std::to_string(*value) : std::string(); }

bool from_field(const std::string& text, std::string& value) {
  value = text;
  return true;
}

bool from_field(const std::string& text, std::int64_t& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end && value >= 0;
}

bool from_field(const std::string& text, Status& value) {
  const auto status = parse_status(text);
  value = status.value_or(Status::failed);
  return status.has_value();
}

bool from_field(const std::string& text, Sample::Number& value) {
  return text.empty() || from_field(text, value.emplace());
}

}  // namespace

const CsvRow& sample_columns() {
  static const CsvRow columns = [] {
    CsvRow names;
    Sample sample;
    each_column(sample, [&names](const char* name, const auto&) { names.emplace_back(name); });
    return names;
  }();
  return columns;
}

CsvRow to_row(const Sample& sample) {
  CsvRow row;
  row.reserve(sample_columns().size());
  each_column(sample, [&row](const char*, const auto& value) { row.push_back(to_field(value)); });
  return row;
}

SampleReader::SampleReader(std::span<const std::string> header) : width_(header.size()) {
  std::string missing;
  bool required = true;
  for (const auto& name : sample_columns()) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end() && required) missing += (missing.empty() ? "" : ", ") + name;
    if (name == "detail") required = false;
    places_.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  if (!missing.empty()) throw CsvError("the header lacks " + missing);
}

Sample SampleReader::read(std::span<const std::string> row) const {
  if (row.size() != width_)
    throw CsvError(std::to_string(row.size()) + " fields where the header has " + std::to_string(width_));
  Sample sample;
  std::size_t column = 0;
  each_column(sample, [&](const char* name, auto& value) {
    const std::size_t place = places_[column++];
    if (place == width_) return;
    const std::string& text = row[place];
    if (from_field(text, value)) return;
    const bool status = std::is_same_v<decltype(value), Status&>;
    throw CsvError("column " + std::string(name) + ": '" + text + "' is no " +
                   (status ? "status" : "whole number"));
  });
  return sample;
}

std::vector<Sample> read_samples(const CsvTable& table) {
  if (table.rows.empty()) throw CsvError("there is no header");
  const SampleReader reader(table.rows.front());
  std::vector<Sample> samples;
  samples.reserve(table.rows.size() - 1);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    try {
      samples.push_back(reader.read(table.rows[i]));
    } catch (const CsvError& error) {
      throw CsvError("row " + std::to_string(i + 1) + ": " + error.what());
    }
  }
  return samples;
}

}  // namespace runoff
