#include "catalog/launcher_words.h"

#include <string_view>

#include "support/text.h"

namespace runoff {

std::vector<std::string> launcher_words(std::string command, unsigned workers) {
  constexpr std::string_view place = "{workers}";
  if (command.find(place) == command.npos) command += " -n {workers}";
  for (std::size_t at = 0; (at = command.find(place)) != command.npos;)
    command.replace(at, place.size(), std::to_string(workers));
  std::vector<std::string> words;
  for (auto& word : split(command, " \t"))
    if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace runoff
