#include "plan/per_worker.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::string_view mark = "*workers";

/// "4MiB*workers" with 2 workers: "8MiB". Values without the mark stay as they are.
std::string value_at(const std::string& value, unsigned workers, const std::string& setting) {
  if (!value.ends_with(mark)) return value;
  const std::string one = value.substr(0, value.size() - mark.size());
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), number);
  if (error != std::errc() || number == 0)
    throw UsageError("--set " + setting +
                     ": '*workers' stands behind a whole number with its unit, as in 250000" +
                     std::string(mark) + " or 4MiB" + std::string(mark));
  return std::to_string(std::uint64_t{number} * workers) + std::string(end, one.data() + one.size());
}

}  // namespace

bool grow_with_workers(std::span<const std::string> settings) {
  return std::any_of(settings.begin(), settings.end(),
                     [](const std::string& one) { return one.find(mark) != one.npos; });
}

std::vector<std::string> at_workers(std::span<const std::string> settings, unsigned workers) {
  std::vector<std::string> all;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == setting.npos || !grow_with_workers({&setting, 1})) {
      all.push_back(setting);
      continue;
    }
    std::string text;
    for (const std::string& value : split(setting.substr(equals + 1), ","))
      text += (text.empty() ? "" : ",") + value_at(value, workers, setting);
    all.push_back(setting.substr(0, equals + 1) + text);
  }
  return all;
}

}  // namespace runoff
