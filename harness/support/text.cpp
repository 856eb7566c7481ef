#include "support/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace runoff {
namespace {

std::string with_decimals(double value, int decimals) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, decimals).ptr;
  return {text.begin(), end};
}

}  // namespace

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  std::size_t first = 0;
  while (true) {
    const std::size_t last = text.find_first_of(separators, first);
    parts.emplace_back(text.substr(first, last == text.npos ? last : last - first));
    if (last == text.npos) return parts;
    first = last + 1;
  }
}

Pairs parse_pairs(std::string_view canonical) {
  Pairs pairs;
  if (canonical.empty()) return pairs;
  for (const auto& part : split(canonical, ";")) {
    const std::size_t equals = part.find('=');
    pairs.emplace_back(part.substr(0, equals), equals == part.npos ? "" : part.substr(equals + 1));
  }
  return pairs;
}

std::string format_bytes(std::int64_t bytes) {
  static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
  return with_decimals(value, value >= 10 || std::floor(value) == value ? 0 : 1) + " " + units[unit];
}

std::string format_time(std::chrono::nanoseconds time) {
  const double seconds = std::chrono::duration<double>(time).count();
  if (seconds < 9.95) return with_decimals(seconds, 1) + " s";
  const auto whole = std::llround(seconds);
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line(text);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  const std::size_t first = line.find_first_not_of(' ');
  if (first == line.npos) return {};
  line = line.substr(first, line.find_last_not_of(' ') - first + 1);
  if (line.size() > most) {
    std::size_t begin = line.size() - most;
    while (begin < line.size() && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) ++begin;
    line = "…" + line.substr(begin);
  }
  return line;
}

}  // namespace runoff
