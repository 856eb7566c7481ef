#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Contestant {
  std::string name;
  unsigned workers;
  double target;  ///< at most so much; 0: none
  std::string command;
  std::vector<double> ns = {};  ///< of an execution, one a round
};

/// A folder for what the contestants write, gone at the end.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "recursion-cost-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder " + pattern);
    folder_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  fs::path result() const { return folder_ / "result.json"; }

 private:
  fs::path folder_;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// The calls of fib(n) without a cut-off.
double calls(int n) {
  double a = 0, b = 1;
  for (int i = 0; i <= n; ++i) std::tie(a, b) = std::make_tuple(b, a + b);
  return 2 * a - 1;
}

/// Commands that measure one execution and leave it in a file.
class Commands {
 public:
  explicit Commands(const fs::path& result)
      : prefix_(fs::read_symlink("/proc/self/exe").parent_path().parent_path()), result_(result.string()) {}

  bool has(const std::string& backend) const { return fs::exists(module("backends", backend)); }

  Contestant cell(const std::string& backend, unsigned workers, double target, const std::string& workload,
                  const std::string& parameter) const {
    return {backend, workers, target,
            environment + ("'" + (prefix_ / "bin/runoff-cell").string() + "' --workload '") +
                module("workloads", workload) + "' --set " + parameter + " --backend '" +
                module("backends", backend) + "' --workers " + std::to_string(workers) + " --result '" +
                result_ + "'"};
  }

  Contestant by_hand(const std::string& backend, unsigned workers, int n) const {
    return {backend + " by hand", workers, 0,
            environment + ("'" BY_HAND + backend) + "' " + std::to_string(n) + " " + std::to_string(workers) +
                " > '" + result_ + "'"};
  }

 private:
  // As the backends ask for.
  static constexpr const char* environment =
      "OMP_DYNAMIC=false OMP_PROC_BIND=false KMP_BLOCKTIME=1 GOMP_SPINCOUNT=40000 ";

  std::string module(const std::string& kind, const std::string& name) const {
    return (prefix_ / "lib/runoff" / kind / (name + ".so")).string();
  }

  fs::path prefix_;
  std::string result_;
};

double measure(const Contestant& contestant, const fs::path& result) {
  fs::remove(result);
  const bool well = std::system(contestant.command.c_str()) == 0;
  std::ifstream file(result);
  const auto outcome = nlohmann::json::parse(file);
  if (!well || outcome.value("status", "ok") != "ok")
    throw std::runtime_error(contestant.name + " failed: " + outcome.dump());
  return outcome.at("wall_ns").get<double>();
}

/// Runs all of them in turns, and prints medians in units of `unit_ns`.
void contest(std::vector<Contestant>& all, int rounds, double unit_ns, const fs::path& result) {
  for (int round = 0; round < rounds; ++round)
    for (auto& one : all) one.ns.push_back(measure(one, result));
  for (const auto& one : all) {
    std::printf("%-20s %u  %8.2f  (%.2f)", one.name.c_str(), one.workers, median(one.ns) / unit_ns,
                *std::min_element(one.ns.begin(), one.ns.end()) / unit_ns);
    if (one.target > 0) std::printf("  at most %.1f wanted", one.target);
    std::printf("\n");
  }
}

/// The median ratio of neighbours in time.
void print_ratio(const Contestant& one, const Contestant& other, double target) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < one.ns.size(); ++round)
    ratios.push_back(one.ns[round] / other.ns[round]);
  std::printf("%s / %s, %u worker(s): %.3f, at most %.2f wanted\n", one.name.c_str(), other.name.c_str(),
              one.workers, median(ratios), target);
}

void contest_of_fib(const Commands& commands, int n, int rounds, const fs::path& result) {
  const std::string parameter = "n=" + std::to_string(n);
  const auto cell = [&](const std::string& backend, unsigned workers, double target) {
    return commands.cell(backend, workers, target, "fib", parameter);
  };
  std::vector<Contestant> all{cell("serial", 1, 0), cell("std-thread", 1, 2.5), cell("std-thread", 2, 1.3),
                              cell("fork", 1, 0), cell("fork", 2, 1.5)};
  const std::size_t alone = all.size();
  for (const std::string backend : {"tbb", "openmp", "openmp-llvm"}) {
    if (!commands.has(backend)) continue;
    for (const unsigned workers : {1u, 2u}) {
      all.push_back(cell(backend, workers, 0));
      all.push_back(commands.by_hand(backend, workers, n));
    }
  }
  std::printf("fib(%d), ns a call, median of %d processes (least)\n", n, rounds);
  contest(all, rounds, calls(n), result);
  for (std::size_t i = alone; i < all.size(); i += 2) print_ratio(all[i], all[i + 1], 1.1);
}

void contest_with_tbb(const Commands& commands, int rounds, const fs::path& result) {
  if (!commands.has("tbb")) return;
  const std::pair<std::string, std::string> workloads[]{
      {"uts", "tree=T1"}, {"nqueens", "n=14"}, {"skynet", "leaves=100000000"}};
  for (const auto& [workload, parameter] : workloads) {
    std::vector<Contestant> all;
    for (const unsigned workers : {1u, 2u})
      for (const std::string backend : {"std-thread", "tbb"})
        all.push_back(commands.cell(backend, workers, 0, workload, parameter));
    all.push_back(commands.cell("serial", 1, 0, workload, parameter));
    std::printf("\n%s %s, ms, median of %d processes (least)\n", workload.c_str(), parameter.c_str(), rounds);
    contest(all, rounds, 1e6, result);
    print_ratio(all[0], all[1], 1);
    print_ratio(all[2], all[3], 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "The cost of a call of fib, which forks and joins and does nearly nothing else; larger recursions "
      "beside "
      "oneTBB.");
  int n = 30, rounds = 11;
  bool only_fib = false;
  app.add_option("-n", n, "which Fibonacci number")->check(CLI::Range(15, 40))->capture_default_str();
  app.add_option("--rounds", rounds, "processes for each line; the lines take turns")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--only-fib", only_fib, "without uts, nqueens and skynet");
  CLI11_PARSE(app, argc, argv);
  try {
    const Scratch scratch;
    const Commands commands(scratch.result());
    contest_of_fib(commands, n, rounds, scratch.result());
    if (!only_fib) contest_with_tbb(commands, rounds, scratch.result());
  } catch (const std::exception& error) {
    std::cerr << "recursion-cost: " << error.what() << '\n';
    return 1;
  }
}
