#include "measure.h"

#include <dlfcn.h>

#include <chrono>
#include <functional>
#include <memory>
#include <numeric>
#include <stdexcept>

#include "by_hand.h"
#include "cell/host.h"
#include "cell/module.h"
#include "cell/slots.h"
#include "runoff/started.h"

namespace {

using Clock = std::chrono::steady_clock;

double time_of(const std::function<void()>& execute) {
  const auto began = Clock::now();
  execute();
  return std::chrono::duration<double, std::nano>(Clock::now() - began).count();
}

/// Shared by the two ways: what each runs, and whether its answer was right.
struct Ways {
  std::function<void()> interface;
  std::function<void()> by_hand;
  std::function<runoff::Check()> check_by_hand;
};

std::vector<Pair> in_turn(const Ways& ways, unsigned times) {
  std::vector<Pair> pairs;
  for (unsigned i = 0; i < times; ++i) {
    // The second one finds warmer caches, or hotter cores.
    Pair pair;
    if (i % 2 == 0) pair.interface = time_of(ways.interface);
    pair.by_hand = time_of(ways.by_hand);
    if (i % 2 != 0) pair.interface = time_of(ways.interface);
    pairs.push_back(pair);
  }
  return pairs;
}

void require(const runoff::Check& check, const std::string& what) {
  if (!check.right) throw std::runtime_error(what + " is wrong: " + check.why);
}

std::unique_ptr<by_hand::Program> program(const std::string& file, unsigned workers) {
  void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  auto make = reinterpret_cast<decltype(&by_hand_program)>(::dlsym(module, "by_hand_program"));
  if (make == nullptr) throw std::runtime_error(file + " exports no by_hand_program");
  return std::unique_ptr<by_hand::Program>(make(workers));
}

}  // namespace

std::vector<Pair> measure(const std::string& modules, const std::string& runtime, const std::string& kernel,
                          unsigned workers, unsigned times) {
  constexpr std::uint32_t n = 1'000'000, primes_grain = 1'000;
  constexpr std::size_t doubles = std::size_t{1} << 25, triad_grain = std::size_t{1} << 15;
  const bool triad = kernel == "triad";

  runoff::cell::Arguments arguments;
  arguments.workers = workers;
  if (triad)
    arguments.parameters = {{"n", std::to_string(doubles)}, {"grain", std::to_string(triad_grain)}};
  else
    arguments.parameters = {{"n", std::to_string(n)}, {"grain", std::to_string(primes_grain)}};
  runoff::cell::CellHost host(arguments, runoff::cell::load_workload(modules + "/workloads/" +
                                                                     (triad ? "stream" : "primes") + ".so"));
  const runoff::Results results = host.results();

  const auto& plugin = runoff::cell::load_backend(modules + "/backends/" + runtime + ".so");
  const runoff::Started started(plugin.make({workers, runoff::Parameters(plugin.options, {})}),
                                host.workload(), results, host);
  host.fill_by(started);
  const auto hand = program(modules + "/by-hand/" + runtime + ".so", workers);

  Ways ways;
  ways.interface = [&] {
    started.execute();
    host.look();
  };
  std::vector<std::uint64_t> sums((n + primes_grain - 1) / primes_grain);
  if (triad) {
    // The workload claims b and c, one after the other, before all else, and its results are the array a; its
    // own check, applied to what the program by hand computes, would show if that were not so.
    double* a = &results.at<double>(0);
    const auto* b = reinterpret_cast<const double*>(host.memory().claimed().data());
    ways.by_hand = [&, a, b] {
      hand->run(by_hand::Triad{{a, doubles}, {b, doubles}, {b + doubles, doubles}, triad_grain});
    };
    ways.check_by_hand = [&] { return host.workload().check(results); };
  } else {
    ways.by_hand = [&] { hand->run(by_hand::Primes{n, primes_grain, sums}); };
    ways.check_by_hand = [&] {
      const bool right = std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}) == 37550402023;
      return right ? runoff::Check::ok() : runoff::Check::wrong("the primes below 10^6 sum to 37550402023");
    };
  }

  runoff::cell::wipe(host.results());
  ways.interface();
  require(host.workload().check(results), "the result through the interface");
  runoff::cell::wipe(host.results());
  ways.by_hand();
  require(ways.check_by_hand(), "the result by hand");
  return in_turn(ways, times);
}
