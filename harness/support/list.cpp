#include "support/list.h"

namespace runoff {
namespace {

/// `before` and `rest` stand around the number of those that are not named.
std::string joined(std::span<const std::string> words, std::size_t most, const char* last, const char* before,
                   const char* rest) {
  if (words.empty()) return {};
  const std::size_t named = words.size() > most ? most - 1 : words.size() - 1;
  std::string text;
  for (const std::string& word : words.first(named)) text += (text.empty() ? "" : ", ") + word;
  if (!text.empty()) text += std::string(" ") + last + " ";
  if (named + 1 == words.size()) return text + words.back();
  return text + before + std::to_string(words.size() - named) + " " + rest;
}

}  // namespace

std::string listed(std::span<const std::string> words, std::size_t most, const char* rest) {
  return joined(words, most, "and", "", rest);
}

std::string either(std::span<const std::string> words, std::size_t most) {
  return joined(words, most, "or", "one of ", "others");
}

}  // namespace runoff
