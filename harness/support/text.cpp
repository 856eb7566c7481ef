#include "support/text.h"

#include <cmath>
#include <utility>

#include "support/scale.h"

namespace runoff {
namespace {

/// "-----", "=====": a line between others.
bool separates(std::string_view line) {
  return line.size() > 3 && std::string_view("-=*_#~").find(line[0]) != std::string_view::npos &&
         line.find_first_not_of(line[0]) == std::string_view::npos;
}

/// Whether `text` begins with a character from `first` to `last`, which differ in their last bytes alone.
bool is_between(std::string_view text, std::string_view first, std::string_view last) {
  const std::string_view begin = text.substr(0, first.size());
  return begin.size() == first.size() && begin >= first && begin <= last;
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

std::string join_pairs(const Pairs& pairs) {
  std::string joined;
  for (const auto& [name, value] : pairs) joined += (joined.empty() ? "" : ";") + name + "=" + value;
  return joined;
}

std::string format_bytes(std::int64_t bytes) {
  const auto value = static_cast<double>(bytes);
  return Scale::of_bytes(value).text(value);
}

std::string format_time(std::chrono::nanoseconds time) {
  const double seconds = std::chrono::duration<double>(time).count();
  if (seconds < 9.95) return with_decimals(seconds, 1) + " s";
  const auto whole = std::llround(seconds);
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string printable(std::string text) {
  const auto rest = [&text](std::size_t i) { return std::string_view(text).substr(i); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < ' ' || text[i] == '\x7f') text[i] = ' ';
    if (text[i] != '\xC2' && text[i] != '\xE2') continue;
    const bool steers = is_between(rest(i), "\u0080", "\u009f") ||  // U+009B means the same as ESC and '['
                        is_between(rest(i), "\u2028", "\u202e") || is_between(rest(i), "\u2066", "\u2069");
    if (!steers) continue;
    const std::size_t bytes = text[i] == '\xC2' ? 2 : 3;
    text.replace(i, bytes, bytes, ' ');
  }
  return text;
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line;
  for (std::string& part : split(text, "\n\r")) {
    part = printable(std::move(part));
    const std::size_t first = part.find_first_not_of(' ');
    if (first == part.npos) continue;
    const std::string_view words =
        std::string_view(part).substr(first, part.find_last_not_of(' ') - first + 1);
    if (!separates(words)) line.append(line.empty() ? "" : " ").append(words);
  }
  if (line.size() <= most) return line;
  // No character is cut in half.
  const auto inside = [&line](std::size_t at) {
    return (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;
  };
  std::size_t end = most / 2, begin = line.size() - (most - most / 2);
  while (end > 0 && inside(end)) --end;
  while (begin < line.size() && inside(begin)) ++begin;
  return line.substr(0, end) + "…" + line.substr(begin);
}

}  // namespace runoff
