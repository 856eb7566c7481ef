// What a cell costs beyond what it measures: the time from starting runoff-cell to having reaped it, for a
// workload of a single trivial task and one warm execution, median over interleaved rounds. Target: at most 5
// ms.
//
//   build/release/bin/cell-cost [ROUNDS]

#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "statistics/median.h"

namespace {

namespace fs = std::filesystem;

double milliseconds_to_run(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  pid_t process = 0;
  int status = 0;
  if (::posix_spawn(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0 ||
      ::waitpid(process, &status, 0) != process || status != 0) {
    std::fprintf(stderr, "cell-cost: '%s' did not work\n", arguments[0]);
    std::exit(1);
  }
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 30;
  if (rounds < 1) {
    std::fprintf(stderr, "usage: cell-cost [ROUNDS]\n");
    return 2;
  }
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  const fs::path result = fs::temp_directory_path() / ("cell-cost-" + std::to_string(::getpid()) + ".json");

  struct Subject {
    std::string name;
    std::vector<std::string> command;
    std::vector<double> times;
  };
  std::vector<Subject> subjects{{"/bin/true (for comparison)", {"/bin/true"}, {}}};
  for (const char* backend : {"serial", "std-thread", "fork", "tbb", "openmp", "openmp-llvm", "stdpar"}) {
    const fs::path module = prefix / "lib/runoff/backends" / (std::string(backend) + ".so");
    if (!fs::exists(module)) continue;
    subjects.push_back(
        {backend,
         {prefix / "bin/runoff-cell", "--workload", prefix / "lib/runoff/workloads/primes.so", "--set",
          "n=10", "--backend", module, "--workers", "2", "--iterations", "1", "--result", result},
         {}});
  }
  for (int round = 0; round < rounds; ++round)
    for (auto& subject : subjects) subject.times.push_back(milliseconds_to_run(subject.command));
  fs::remove(result);

  std::printf("%-28s %10s   (%d rounds; target of a cell: at most 5 ms)\n", "started to ended", "median ms",
              rounds);
  for (const auto& subject : subjects)
    std::printf("%-28s %10.2f\n", subject.name.c_str(), runoff::median(subject.times));
}
