#include "measure.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cell/module.h"
#include "cell/usage.h"
#include "cell/witness.h"
#include "common/bare_host.h"
#include "loop.h"
#include "runoff/memory.h"
#include "runoff/started.h"

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

double in_microseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void busy(nanoseconds duration) {
  const auto until = Clock::now() + duration;
  while (Clock::now() < until) continue;
}

/// The mean of `batch` executions one right after the other, so that the clock's own cost does not count.
double batch_of(int batch, const std::function<void()>& execute) {
  const auto began = Clock::now();
  for (int i = 0; i < batch; ++i) execute();
  return in_microseconds(Clock::now() - began) / batch;
}

double hot(const std::function<void()>& execute, int batch, int batches) {
  std::vector<double> times;
  for (int i = 0; i < batches; ++i) times.push_back(batch_of(batch, execute));
  return median(std::move(times));
}

double after(const std::function<void()>& idle, const std::function<void()>& execute, int times) {
  std::vector<double> measured;
  for (int i = 0; i < times; ++i) {
    idle();
    measured.push_back(batch_of(1, execute));
  }
  return median(std::move(measured));
}

double idle_burn() {
  std::this_thread::sleep_for(milliseconds(20));
  const auto began = Clock::now();
  const auto used = runoff::cell::usage_of_tree().cpu_ns;
  std::this_thread::sleep_for(milliseconds(500));
  const auto burnt = runoff::cell::usage_of_tree().cpu_ns - used;
  return static_cast<double>(burnt) / static_cast<double>(nanoseconds(Clock::now() - began).count());
}

/// A core for each worker, as cells have it; none where there are more workers than cores.
std::vector<int> cores_for(unsigned workers) {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return {};
  std::vector<int> cores;
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(static_cast<std::size_t>(core), &allowed)) cores.push_back(core);
  return workers <= cores.size() ? cores : std::vector<int>{};
}

}  // namespace

std::map<std::string, double> measure(const std::string& module,
                                      const std::map<std::string, std::string>& variant, unsigned workers) {
  const runoff::BackendPlugin& plugin = runoff::cell::load_backend(module);
  benchmarks::BareHost host;
  Loop::Form& form = host.memory().object<Loop::Form>();
  form = {Loop::most_tasks, nanoseconds::zero()};
  Loop loop(form);
  const std::size_t stride = runoff::cache_line;
  const runoff::Results results(host.memory().bytes(loop.slots() * stride), loop.slots(), sizeof(int),
                                stride);

  // The witness places workers; left alone, both may share a core for a whole process.
  runoff::cell::Witness witness(host.memory(), workers, cores_for(workers));
  const auto witnessed = runoff::cell::witnessed(loop, witness);

  runoff::Started started(plugin.make({workers, runoff::Parameters(plugin.options, variant)}), *witnessed,
                          results, host);
  if (started.backend().follow()) throw std::logic_error("this benchmark has no place for followers");
  const auto execute = [&] { started.execute(); };

  std::map<std::string, double> figures;
  const auto busy_1ms = [] { busy(milliseconds(1)); };
  const auto sleep_1ms = [] { std::this_thread::sleep_for(milliseconds(1)); };
  hot(execute, 100, 10);
  figures["16 empty, hot"] = hot(execute, 200, 50);
  figures["16 empty, 1 ms later"] = after(busy_1ms, execute, 100);
  figures["16 empty, 1 ms asleep"] = after(sleep_1ms, execute, 100);
  if (const auto check = loop.check(results); !check.right) throw std::runtime_error(check.why);
  form = {2, nanoseconds::zero()};
  hot(execute, 100, 10);
  figures["2 empty, hot"] = hot(execute, 200, 50);
  figures["2 empty, 1 ms later"] = after(busy_1ms, execute, 100);
  form = {2, microseconds(50)};
  hot(execute, 1, 20);
  figures["2 x 50 us, hot"] = hot(execute, 1, 100);
  figures["2 x 50 us, 1 ms later"] = after(busy_1ms, execute, 100);
  figures["2 x 50 us, 1 ms asleep"] = after(sleep_1ms, execute, 100);
  figures["idle burn, s/s"] = idle_burn();
  return figures;
}
