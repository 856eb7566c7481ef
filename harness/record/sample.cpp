#include "record/sample.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "cell/prices.h"
#include "support/list.h"
#include "support/text.h"

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
  visit("printed", sample.printed);
}

std::string to_field(const std::string& value) { return value; }
std::string to_field(std::int64_t value) { return std::to_string(value); }
std::string to_field(Status value) { return std::string(to_string(value)); }
std::string to_field(const Sample::Number& value) { return value ? std::to_string(*value) : std::string(); }

bool from_field(const std::string& text, std::string& value) {
  value = printable(text);
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
  if (text.empty()) return true;
  std::int64_t number = 0;
  if (!from_field(text, number)) return false;
  value = number;
  return true;
}

/// "1=0.02;2=0.98": numbers of workers, and shares of the executions.
bool are_shares(const std::string& text) {
  if (text.empty()) return true;
  for (const std::string& pair : split(text, ";")) {
    const char* end = pair.data() + pair.size();
    std::int64_t workers = 0;
    double share = 0;
    const auto equals = std::from_chars(pair.data(), end, workers);
    if (equals.ec != std::errc{} || equals.ptr == end || *equals.ptr != '=' || workers < 0) return false;
    const auto [stop, error] = std::from_chars(equals.ptr + 1, end, share);
    if (error != std::errc{} || stop != end || !(share >= 0 && share <= 1)) return false;
  }
  return true;
}

std::string no_number(const std::string& text) {
  return "'" + printable(text) +
         "' is no whole number; has a spreadsheet or an editor changed it? Take the file as runoff wrote it";
}

std::string no_list(const std::string& text, const std::string& of) {
  return "'" + text + "' is no list of " + of +
         "; has a spreadsheet changed it? Take the file as runoff wrote it";
}

/// What samples are compared by, and what may be there once only.
auto place_of(const Sample& sample) {
  return std::tie(sample.workload, sample.parameters, sample.backend, sample.variant, sample.workers,
                  sample.sample);
}

/// What no two processes take alike: with nanoseconds of this many clocks, equal rows are copies.
std::array<std::int64_t, 6> times_of(const Sample& sample) {
  const auto known = [](Sample::Number time) { return time.value_or(-1); };
  return {known(sample.wall_ns), known(sample.cpu_ns),      known(sample.startup_ns),
          known(sample.cold_ns), known(sample.observed_ns), known(sample.iterations)};
}

/// Samples that are not ok have none of these but `observed_ns`, which those that were taken together share.
bool has_times(const Sample& sample) {
  return sample.wall_ns && sample.cpu_ns && sample.startup_ns && sample.cold_ns;
}

template <class Key>
void sort_by(Key key, std::vector<const Sample*>& samples) {
  std::sort(samples.begin(), samples.end(),
            [key](const Sample* a, const Sample* b) { return key(*a) < key(*b); });
}

/// Throws CsvError where samples that are compared tell different times.
void require_same_time(const std::vector<Sample>& samples) {
  const Sample *with = nullptr, *without = nullptr;
  for (const Sample& sample : samples)
    if (sample.status == Status::ok) (sample.typical_ns ? with : without) = &sample;
  if (with != nullptr && without != nullptr)
    throw CsvError("the row with the order " + std::to_string(without->order) +
                   " has no typical_ns, and the one with the order " + std::to_string(with->order) +
                   " has one; take the file as runoff wrote it, or empty that column in all rows");
}

/// Throws CsvError for rows that would be counted as independent samples of one run, and are not.
void require_independent(const std::vector<Sample>& samples) {
  std::vector<const Sample*> sorted;
  for (const Sample& sample : samples) {
    sorted.push_back(&sample);
    if (sample.run != samples.front().run)
      throw CsvError(
          "it holds samples of the runs '" + samples.front().run + "' and '" + sample.run +
          "', which are not pooled; keep each run in a folder of its own, with its environment.json");
  }
  const auto order = [](const Sample& sample) { return sample.order; };
  sort_by(order, sorted);
  const auto same_order = std::adjacent_find(
      sorted.begin(), sorted.end(), [](const Sample* a, const Sample* b) { return a->order == b->order; });
  if (same_order != sorted.end())
    throw CsvError("two rows have the order " + std::to_string((*same_order)->order) +
                   ", and each sample counts once; remove rows that were copied, or that are of another run");
  sort_by(place_of, sorted);
  const auto same_place =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const Sample* a, const Sample* b) { return place_of(*a) == place_of(*b); });
  if (same_place != sorted.end())
    throw CsvError("the rows with the orders " + std::to_string(same_place[0]->order) + " and " +
                   std::to_string(same_place[1]->order) + " are both sample " +
                   std::to_string((*same_place)->sample) + " of one cell; remove the one that was added");
  std::erase_if(sorted, [](const Sample* sample) { return !has_times(*sample); });
  sort_by(times_of, sorted);
  const auto same_times =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const Sample* a, const Sample* b) { return times_of(*a) == times_of(*b); });
  if (same_times == sorted.end()) return;
  const auto [first, second] = std::minmax(same_times[0]->order, same_times[1]->order);
  throw CsvError(
      "the rows with the orders " + std::to_string(first) + " and " + std::to_string(second) +
      " have the same times to the nanosecond, as no two samples have; remove rows that were copied");
}

/// Samples from the rows of a file, of which the first is the header.
class SampleRows {
 public:
  /// At most so many come. A sample takes a kilobyte, and a vector that grows takes up to twice as much.
  void expect(std::size_t rows) { samples_.reserve(rows); }
  void add(std::span<const std::string> row) {
    ++number_;
    if (!reader_) {
      reader_.emplace(row);
    } else if (!is_blank(row)) {
      try {
        samples_.push_back(reader_->read(row));
      } catch (const CsvError& error) {
        throw CsvError("row " + std::to_string(number_) + ": " + error.what());
      }
    }
  }

  std::vector<Sample> take() {
    if (!reader_) throw CsvError("there is no header");
    require_same_time(samples_);
    require_independent(samples_);
    return std::move(samples_);
  }

 private:
  std::size_t number_ = 0;
  std::optional<SampleReader> reader_;
  std::vector<Sample> samples_;
};

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

CsvRow to_row(const Sample& sample, std::span<const std::string> header) {
  std::map<std::string, std::string> values;
  each_column(sample, [&values](const char* name, const auto& value) { values[name] = to_field(value); });
  CsvRow row;
  row.reserve(header.size());
  for (const std::string& name : header) row.push_back(std::move(values[name]));
  return row;
}

SampleReader::SampleReader(std::span<const std::string> header) : width_(header.size()) {
  std::vector<std::string> missing;
  bool required = true;
  for (const auto& name : sample_columns()) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end() && required) missing.push_back(name);
    if (name == "detail") required = false;
    if (found != header.end() && std::find(found + 1, header.end(), name) != header.end())
      throw CsvError("the header has " + name + " twice");
    places_.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  if (!missing.empty())
    throw CsvError("the header lacks " + listed(missing, 3) +
                   (missing.size() > 3 ? "; take a samples.csv as runoff wrote it" : ""));
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
    throw CsvError("column " + std::string(name) + ": " +
                   (status ? "'" + printable(text) + "' is no status" : no_number(text)));
  });
  if (sample.wall_ns == 0 || sample.typical_ns == 0)
    throw CsvError(std::string("column ") + (sample.wall_ns == 0 ? "wall_ns" : "typical_ns") +
                   ": 0 is no time that anything takes; what is unknown is an empty field");
  if (sample.status == Status::ok && !sample.wall_ns)
    throw CsvError("column wall_ns: a sample that is ok has a time, and this field is empty");
  if (!are_shares(sample.workers_shares))
    throw CsvError("column workers_shares: " + no_list(sample.workers_shares, "number=share"));
  if (!parse_prices(sample.prices))
    throw CsvError("column prices: " + no_list(sample.prices, "name=quantity/per"));
  if (sample.workers < 1) throw CsvError("column workers: 0 is no number of workers");
  return sample;
}

std::vector<Sample> read_samples(const CsvTable& table) {
  SampleRows rows;
  for (const CsvRow& row : table.rows) rows.add(row);
  return rows.take();
}

ReadSamples read_samples(std::string_view text) {
  SampleRows rows;
  rows.expect(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  const CsvTable rest = read_csv(text, [&rows](const CsvRow& row) { rows.add(row); });
  return {rows.take(), rest.torn};
}

}  // namespace runoff
