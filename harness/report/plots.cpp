#include "report/plots.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace runoff {
namespace {

// plot.py ends with this where a package is missing; a shell's 127 stands for a program that cannot be
// started.
constexpr int lacks_packages = 4, not_started = 127;

int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0)
    return not_started;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return not_started;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
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
    const int status = run({python, script.string(), run_folder.string()});
    if (status == 0) return {pictures(run_folder / "plots"), {}};
    if (status != lacks_packages && status != not_started)
      return {{}, fmt::format("no plots: {} {} ended with status {}", python, script.string(), status)};
  }
  return {{},
          "no plots: no Python here has matplotlib, pandas and numpy; apt-get install python3-matplotlib "
          "python3-pandas, or name one in RUNOFF_PYTHON"};
}

}  // namespace runoff
