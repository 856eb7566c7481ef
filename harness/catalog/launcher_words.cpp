#include "catalog/launcher_words.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "support/errors.h"
#include "support/nearest.h"
#include "support/shell.h"

namespace runoff {
namespace {

void put(const std::string& value, std::string_view place, std::string& word) {
  for (std::size_t at = 0; (at = word.find(place, at)) != word.npos; at += value.size())
    word.replace(at, place.size(), value);
}

}  // namespace

std::vector<std::string> launcher_words(std::string command, const LauncherPlaces& places) {
  if (command.find("{workers}") == command.npos) command += " -n {workers}";
  auto words = shell_words(command);
  if (!words) throw UsageError("a quote or a backslash has no end in the launcher's command " + command);
  for (std::string& word : *words) {
    put(std::to_string(places.workers), "{workers}", word);
    put(std::to_string(places.threads), "{threads}", word);
    put(places.shared_memory, "{shared_memory}", word);
    put(places.hosts, "{hosts}", word);
  }
  return *std::move(words);
}

void require_known_places(const std::string& command) {
  static const std::array<std::string, 4> known{"workers", "threads", "shared_memory", "hosts"};
  static const std::regex place("[^$'\"]\\{([a-z_]+)\\}");
  for (std::sregex_iterator at(command.begin(), command.end(), place), end; at != end; ++at) {
    const std::string name = (*at)[1];
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError("--launcher " + command + ": there is no place {" + name + "}" +
                       suggestion(name, known));
  }
}

}  // namespace runoff
