#include "report/list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace runoff {
namespace {

/// `others` comes before the number of those that are not named.
std::string joined(std::span<const std::string> words, std::size_t most, const char* last,
                   const char* others) {
  if (words.empty()) return {};
  const std::size_t named = words.size() > most ? most - 1 : words.size() - 1;
  std::string text = fmt::format("{}", fmt::join(words.first(named), ", "));
  if (!text.empty()) text += fmt::format(" {} ", last);
  return text + (named + 1 == words.size() ? words.back()
                                           : fmt::format("{}{} others", others, words.size() - named));
}

}  // namespace

std::string listed(std::span<const std::string> words, std::size_t most) {
  return joined(words, most, "and", "");
}

std::string either(std::span<const std::string> words, std::size_t most) {
  return joined(words, most, "or", "one of ");
}

}  // namespace runoff
