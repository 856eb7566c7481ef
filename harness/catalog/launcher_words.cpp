#include "catalog/launcher_words.h"

#include <string_view>

#include "support/text.h"

namespace runoff {
namespace {

void put(const std::string& value, std::string_view place, std::string& word) {
  for (std::size_t at = 0; (at = word.find(place, at)) != word.npos; at += value.size())
    word.replace(at, place.size(), value);
}

}  // namespace

std::vector<std::string> launcher_words(std::string command, const LauncherPlaces& places) {
  if (command.find("{workers}") == command.npos) command += " -n {workers}";
  std::vector<std::string> words;
  for (auto& word : split(command, " \t")) {
    if (word.empty()) continue;
    put(std::to_string(places.workers), "{workers}", word);
    put(std::to_string(places.threads), "{threads}", word);
    put(places.shared_memory, "{shared_memory}", word);
    put(places.hosts, "{hosts}", word);
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace runoff
