#include "advise/description.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "report/units.h"
#include "runoff/parameter.h"
#include "runoff/shape.h"
#include "support/errors.h"
#include "support/json.h"
#include "support/nearest.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::int64_t most_tasks = 1'000'000, usual_width = 8;
// As many tasks as arrive in this time, but never so few that no latency is typical.
constexpr double seconds_of_arrivals = 0.25;
constexpr std::int64_t fewest_arrivals = 20;
constexpr std::int64_t longest_task_ns = 60'000'000'000;
constexpr double widest_spread = 100, most_wait = 0.99, fastest_rate = 1e6;

/// "1e+03" is no number that a person writes.
std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [stop, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

[[noreturn]] void refuse_word(const char* option, const std::string& text, const std::string& takes) {
  throw UsageError(fmt::format("{}: '{}' cannot be; it takes {}", option, text, takes));
}

std::int64_t whole(const char* option, const std::string& text, std::int64_t most) {
  const auto value = parse_count(text);
  if (!value || *value < 1 || *value > most)
    refuse_word(option, text, fmt::format("a whole number from 1 to {}", most));
  return *value;
}

double task_length(const std::string& text) {
  const auto ns = parse_duration(text);
  if (!ns || *ns < 1 || *ns > longest_task_ns)
    refuse_word(
        "--task", text,
        "a time such as 20us, 1.5ms or 2s, up to 60s: beside longer ones no runtime's own cost shows");
  return static_cast<double>(*ns);
}

double spread_in(const std::string& text) {
  const auto value = number_in(text);
  if (!value || *value < 1 || *value > widest_spread)
    refuse_word("--spread", text,
                "1 (tasks are all alike) to 100; with 2, two of three tasks are between half and twice the "
                "median");
  return std::round(*value * 100) / 100;
}

double wait_in(const std::string& text) {
  const bool percent = text.ends_with('%');
  const auto value = number_in(std::string_view(text).substr(0, text.size() - (percent ? 1 : 0)));
  const double share = value ? (percent ? *value / 100 : *value) : -1;
  if (share < 0 || share > most_wait)
    refuse_word("--wait", text,
                "the share of a task's length that it waits, such as 0, 30% or 0.3, up to 99%");
  return std::round(share * 100) / 100;
}

std::int64_t size_in(const char* option, const std::string& text, std::int64_t most) {
  const auto bytes = text == "0" ? 0 : parse_bytes(text);
  if (!bytes || *bytes < 0 || *bytes > most)
    refuse_word(option, text, fmt::format("a size such as 0, 4KiB or 1MiB, up to {}", format_bytes(most)));
  return *bytes;
}

double rate_in(const std::string& text) {
  const auto value =
      text.ends_with("/s") ? number_in(std::string_view(text).substr(0, text.size() - 2)) : std::nullopt;
  if (!value || *value < 1 || *value > fastest_rate)
    refuse_word("--arrive", text, "tasks in a second, such as 500/s, from 1/s to 1000000/s");
  return std::round(*value);
}

Depends depends_in(const std::string& text) {
  const auto& names = depends_names();
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end())
    throw UsageError(fmt::format("--depends: there is no '{}'{}", text, suggestion(text, names)));
  return static_cast<Depends>(found - names.begin());
}

/// "2", "1.41".
std::string short_number(double value) { return fmt::format("{:g}", value); }

/// As `--task` takes it, to three digits: lengths are no more exact.
std::string duration_word(double ns) {
  const double last_digit = std::pow(10, std::floor(std::log10(std::max(1.0, ns))) - 2);
  const double rounded = std::max(1.0, std::round(std::round(ns / last_digit) * last_digit));
  if (rounded < 1e3) return fmt::format("{:g}ns", rounded);
  if (rounded < 1e6) return fmt::format("{:g}us", rounded / 1e3);
  if (rounded < 1e9) return fmt::format("{:g}ms", rounded / 1e6);
  return fmt::format("{:g}s", rounded / 1e9);
}

std::string size_word(std::int64_t bytes) {
  return bytes == 0 ? "0" : Parameter::bytes("", "1B", 0, bytes, "").canonical(std::to_string(bytes) + "B");
}

}  // namespace

const std::vector<std::string>& depends_names() {
  static const std::vector<std::string> names{"none", "stencil", "tree"};
  return names;
}

std::string to_string(Depends depends) { return depends_names()[static_cast<std::size_t>(depends)]; }

std::string shape_of(Depends depends) {
  constexpr Shape shapes[] = {Shape::independent, Shape::dependent, Shape::recursive};
  return std::string(name_of(shapes[static_cast<std::size_t>(depends)]));
}

double Description::serial_ns() const {
  const double work = static_cast<double>(tasks) * task_ns;
  return rate ? std::max(work, static_cast<double>(tasks) / *rate * 1e9) : work;
}

Description read_description(const DescriptionWords& words) {
  Description description;
  if (words.task.empty())
    throw UsageError(
        "--task is missing: how long is a task? Such as --task 20us; 'runoff describe DIR' reads it "
        "off a run");
  description.task_ns = task_length(words.task);
  if (!words.arrive.empty()) description.rate = rate_in(words.arrive);
  if (!words.tasks.empty())
    description.tasks = whole("--tasks", words.tasks, most_tasks);
  else if (description.rate)
    description.tasks = std::max<std::int64_t>(
        fewest_arrivals,
        std::min<std::int64_t>(most_tasks, std::llround(*description.rate * seconds_of_arrivals)));
  if (!words.spread.empty()) description.spread = spread_in(words.spread);
  if (!words.wait.empty()) description.wait = wait_in(words.wait);
  if (!words.payload.empty())
    description.payload = size_in("--payload", words.payload, std::int64_t{1} << 36);
  if (!words.memory.empty()) description.memory = size_in("--memory", words.memory, std::int64_t{1} << 40);
  if (!words.depends.empty()) description.depends = depends_in(words.depends);
  if (!words.width.empty()) {
    if (description.depends != Depends::stencil)
      throw UsageError(
          "--width is the number of tasks in a step of --depends stencil; without it there are no "
          "steps");
    description.width = whole("--width", words.width, most_tasks);
  } else if (description.depends == Depends::stencil) {
    description.width = usual_width;
  }
  if (description.depends == Depends::tree && description.payload > 0)
    throw UsageError(
        "--payload goes with a loop or a stencil; a task of --depends tree hands on a number alone");
  if (description.rate && description.depends != Depends::none)
    throw UsageError(fmt::format("--arrive goes with tasks that need no others; not with --depends {}",
                                 to_string(description.depends)));
  return description;
}

std::vector<std::string> options_of(const Description& description) {
  std::vector<std::string> words{"--tasks", std::to_string(description.tasks), "--task",
                                 duration_word(description.task_ns)};
  const auto add = [&words](const char* option, std::string value) {
    words.emplace_back(option);
    words.push_back(std::move(value));
  };
  if (description.spread > 1) add("--spread", short_number(description.spread));
  if (description.wait > 0) add("--wait", fmt::format("{:.0f}%", description.wait * 100));
  if (description.payload > 0) add("--payload", size_word(description.payload));
  if (description.memory > 0) add("--memory", size_word(description.memory));
  if (description.depends != Depends::none) add("--depends", to_string(description.depends));
  if (description.width > 0) add("--width", std::to_string(description.width));
  if (description.rate) add("--arrive", fmt::format("{:.0f}/s", *description.rate));
  return words;
}

std::string to_text(const Description& description) {
  std::string text = fmt::format("{} task{} of {}", description.tasks, description.tasks == 1 ? "" : "s",
                                 time_text(description.task_ns));
  if (description.spread > 1)
    text += fmt::format(" on average, with a spread of {}", short_number(description.spread));
  if (description.wait > 0) text += fmt::format(", which wait {:.0f} % of it", description.wait * 100);
  if (description.payload > 0) text += fmt::format(", hand on {} each", format_bytes(description.payload));
  if (description.memory > 0) text += fmt::format(", walk {} in all", format_bytes(description.memory));
  switch (description.depends) {
    case Depends::none:
      text += description.rate ? fmt::format("; {:.0f} arrive in a second", *description.rate)
                               : "; none needs another";
      break;
    case Depends::stencil:
      text += fmt::format("; each of the {} of a step needs its neighbours of the step before",
                          description.width);
      break;
    case Depends::tree:
      text += "; each forks two and joins them";
      break;
  }
  return text;
}

Json to_json(const Description& description) {
  return {{"tasks", description.tasks},
          {"task_ns", description.task_ns},
          {"spread", description.spread},
          {"wait", description.wait},
          {"payload_bytes", description.payload},
          {"memory_bytes", description.memory},
          {"depends", to_string(description.depends)},
          {"width", description.width > 0 ? Json(description.width) : Json()},
          {"arrive_per_s", description.rate ? Json(*description.rate) : Json()}};
}

}  // namespace runoff
