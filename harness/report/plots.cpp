#include "report/plots.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace runoff {
namespace {

// plot.py ends with this where a package is missing; a shell's 127 stands for a program that cannot be
// started.
constexpr int lacks_packages = 4, not_started = 127;

enum class Settings { own, of_the_user };

/// Without what would have a Python draw otherwise, or not start. A Python that is measured keeps all that
/// its user has set, but for the one variable under which it would not start (runoff/python/process.h).
std::vector<char*> environment(Settings settings) {
  static char without_packages_of_the_user[] = "PYTHONNOUSERSITE=1";
  std::vector<char*> variables;
  if (settings == Settings::own) variables.push_back(without_packages_of_the_user);
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view one(*variable);
    const bool says_where_to_write =
        one.starts_with("PYTHONDONTWRITEBYTECODE=") || one.starts_with("PYTHONPYCACHEPREFIX=");
    if (settings == Settings::of_the_user || !one.starts_with("PYTHON") || says_where_to_write)
      variables.push_back(*variable);
  }
  variables.push_back(nullptr);
  return variables;
}

/// As waitpid has it.
int run(std::vector<std::string> words, Settings settings) {
  constexpr int exited_with_not_started = not_started << 8;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(),
                     environment(settings).data()) != 0)
    return exited_with_not_started;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return exited_with_not_started;
  return status;
}

bool ended_with(int status, int code) { return WIFEXITED(status) && WEXITSTATUS(status) == code; }

std::string how_it_ended(int status) {
  if (WIFEXITED(status)) return fmt::format("ended with status {}", WEXITSTATUS(status));
  return fmt::format("was ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
}

std::vector<std::filesystem::path> pictures(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".png" || entry.path().extension() == ".svg")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<std::string> pythons() {
  std::vector<std::string> candidates;
  const char* chosen = std::getenv("RUNOFF_PYTHON");
  if (chosen != nullptr && *chosen != '\0') candidates.emplace_back(chosen);
  candidates.insert(candidates.end(), {"/usr/bin/python3", "python3"});
  return candidates;
}

Plots draw_plots(const std::filesystem::path& run_folder, const std::filesystem::path& scripts) {
  const auto script = scripts / "plot.py";
  std::error_code error;
  if (!std::filesystem::exists(script, error))
    return {{}, fmt::format("no plots: there is no {}; is runoff installed whole?", script.string())};
  for (const std::string& python : pythons()) {
    const std::vector<std::string> words{python, script.string(), run_folder.string()};
    int status = run(words, Settings::own);
    // Some have their packages where PYTHONPATH says.
    if (ended_with(status, lacks_packages)) status = run(words, Settings::of_the_user);
    if (status == 0) return {pictures(run_folder / "plots"), {}};
    if (!ended_with(status, lacks_packages) && !ended_with(status, not_started))
      return {{}, fmt::format("no plots: {} {} {}", python, script.string(), how_it_ended(status))};
  }
  return {{},
          "no plots: no Python here has matplotlib, pandas and numpy; apt-get install python3-matplotlib "
          "python3-pandas, or name one in RUNOFF_PYTHON"};
}

}  // namespace runoff
