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
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Contestant {
  std::string name;
  unsigned workers;
  double target;  ///< ns a call; 0: none
  std::string command;
  std::vector<double> ns_a_call = {};
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

std::vector<Contestant> contestants(int n, const fs::path& result) {
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  const auto cell = [&](const std::string& backend, unsigned workers, double target) -> Contestant {
    return {backend, workers, target,
            "'" + (prefix / "bin/runoff-cell").string() + "' --workload '" +
                (prefix / "lib/runoff/workloads/fib.so").string() + "' --set n=" + std::to_string(n) +
                " --backend '" + (prefix / "lib/runoff/backends" / (backend + ".so")).string() +
                "' --workers " + std::to_string(workers) + " --result '" + result.string() + "'"};
  };
  std::vector<Contestant> all{cell("serial", 1, 0), cell("std-thread", 1, 2.5), cell("std-thread", 2, 1.3),
                              cell("fork", 1, 0), cell("fork", 2, 1.5)};
#ifdef BY_HAND
  for (const unsigned workers : {1u, 2u}) {
    all.push_back(cell("tbb", workers, 0));
    all.push_back({"tbb by hand", workers, 0,
                   std::string("'") + BY_HAND + "' " + std::to_string(n) + " " + std::to_string(workers) +
                       " > '" + result.string() + "'"});
  }
#endif
  return all;
}

double measure(const Contestant& contestant, int n, const fs::path& result) {
  fs::remove(result);
  const bool well = std::system(contestant.command.c_str()) == 0;
  std::ifstream file(result);
  const auto outcome = nlohmann::json::parse(file);
  if (!well || outcome.value("status", "ok") != "ok")
    throw std::runtime_error(contestant.name + " failed: " + outcome.dump());
  return outcome.at("wall_ns").get<double>() / calls(n);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The cost of a call of fib, which forks and joins and does nearly nothing else.");
  int n = 30, rounds = 11;
  app.add_option("-n", n, "which Fibonacci number")->check(CLI::Range(15, 40))->capture_default_str();
  app.add_option("--rounds", rounds, "processes for each line; the lines take turns")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    const Scratch scratch;
    auto all = contestants(n, scratch.result());
    for (int round = 0; round < rounds; ++round)
      for (auto& one : all) one.ns_a_call.push_back(measure(one, n, scratch.result()));
    std::printf("fib(%d), ns a call, median of %d processes (least)\n", n, rounds);
    for (const auto& one : all) {
      std::printf("%-12s %u  %8.2f  (%.2f)", one.name.c_str(), one.workers, median(one.ns_a_call),
                  *std::min_element(one.ns_a_call.begin(), one.ns_a_call.end()));
      if (one.target > 0) std::printf("  at most %.1f wanted", one.target);
      std::printf("\n");
    }
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      if (all[i].name != "tbb") continue;
      std::vector<double> ratios;  // of neighbours in time
      for (int round = 0; round < rounds; ++round)
        ratios.push_back(all[i].ns_a_call[round] / all[i + 1].ns_a_call[round]);
      std::printf("tbb / by hand, %u workers: %.3f, at most 1.10 wanted\n", all[i].workers, median(ratios));
    }
  } catch (const std::exception& error) {
    std::cerr << "recursion-cost: " << error.what() << '\n';
    return 1;
  }
}
