#pragma once

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace runoff::testing {

/// Where a workload's module lies, or would lie if it had been built.
inline std::filesystem::path module_path(const std::string& name) {
  return std::filesystem::path(RUNOFF_MODULES) / "workloads" / (name + ".so");
}

inline bool is_built(const std::string& name) { return std::filesystem::exists(module_path(name)); }

/// Loads a workload's module, for good, and returns its description.
inline const WorkloadPlugin& load(const std::string& name) {
  void* module = ::dlopen(module_path(name).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  auto* entry = reinterpret_cast<const WorkloadPlugin* (*)()>(::dlsym(module, "runoff_workload"));
  if (entry == nullptr) throw std::runtime_error(::dlerror());
  return *entry();
}

using Given = std::map<std::string, std::string>;

/// Results for a workload, laid out as the harness does.
inline Results results_for(const Workload& workload, Memory& memory) {
  const ResultLayout layout = workload.result();
  const std::size_t step = std::max(layout.alignment, cache_line);
  const std::size_t stride = (layout.size + step - 1) / step * step;
  return {memory.bytes(stride * workload.slots(), step), workload.slots(), layout.size, stride};
}

/// An independent workload with memory of its own: filled, with poisoned results, ready to run.
class Driven {
 public:
  explicit Driven(const std::string& name, const Given& given = {}) : memory_(Memory::create()) {
    const WorkloadPlugin& plugin = load(name);
    made_ = plugin.make(Parameters(plugin.parameters, given));
    workload_ = dynamic_cast<Independent*>(made_.get());
    if (workload_ == nullptr) throw std::runtime_error(name + " is not independent");
    inputs_ = memory_.bytes(0);
    workload_->layout(memory_);
    results_ = results_for(*workload_, memory_);
    workload_->fill(memory_);
    workload_->fill_part({0, workload_->tasks()}, results_);
    poison();
  }

  Independent& workload() { return *workload_; }
  Results results() const { return results_; }
  /// Where the inputs begin: what the workload claimed first.
  std::byte* inputs() const { return inputs_; }

  /// Makes every result what no task wrote.
  void poison(unsigned char byte = 0xA5) {
    if (!results_.all().empty()) std::memset(results_.all().data(), byte, results_.all().size());
  }
  void poison_slot(std::size_t slot, unsigned char byte = 0xA5) {
    std::memset(results_.bytes(slot).data(), byte, results_.bytes(slot).size());
  }
  void swap_slots(std::size_t one, std::size_t other) {
    std::swap_ranges(results_.bytes(one).begin(), results_.bytes(one).end(), results_.bytes(other).begin());
  }

  /// One execution: every task once, in ranges of one to four tasks in an order that `seed` shuffles.
  void run_shuffled(unsigned seed = 1) {
    std::mt19937 random(seed);
    std::vector<Range> ranges;
    for (std::size_t first = 0; first < workload_->tasks();) {
      const std::size_t last = std::min(workload_->tasks(), first + 1 + random() % 4);
      ranges.push_back({first, last});
      first = last;
    }
    std::shuffle(ranges.begin(), ranges.end(), random);
    for (const Range& range : ranges) workload_->run(range, results_);
    workload_->finish(results_);
  }

  Check check() const { return workload_->check(results_); }

 private:
  Memory memory_;
  std::unique_ptr<Workload> made_;
  Independent* workload_ = nullptr;
  std::byte* inputs_ = nullptr;
  Results results_;
};

}  // namespace runoff::testing
