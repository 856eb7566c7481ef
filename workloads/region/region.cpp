#include <sys/mman.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>

#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

using runoff::Quantity;

/// Memory of this process alone, every page of it written: what a forked worker's parent has to have copied.
class Touched {
 public:
  explicit Touched(std::size_t size) : size_(size) {
    if (size_ == 0) return;
    base_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base_ == MAP_FAILED)
      throw std::system_error(errno, std::generic_category(), "mmap of memory to be touched");
    // Small pages, as a heap that has grown bit by bit has them: huge ones would be copied 512 times as fast.
    ::madvise(base_, size_, MADV_NOHUGEPAGE);
    constexpr std::size_t page = 4096;
    for (std::size_t at = 0; at < size_; at += page) static_cast<volatile char*>(base_)[at] = 1;
  }
  Touched(const Touched&) = delete;
  Touched& operator=(const Touched&) = delete;
  ~Touched() {
    if (size_ > 0) ::munmap(base_, size_);
  }

 private:
  std::size_t size_;
  void* base_ = nullptr;
};

/// A parallel loop of as few tasks as workers, each of which does nothing: what it costs to begin and to end
/// one. There is no result: that each task ran once, in every
/// execution, the harness sees for itself.
class Region final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Region(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        pause_(parameters.duration("pause")),
        pause_text_(parameters.text("pause")),
        touched_size_(static_cast<std::size_t>(parameters.bytes("touched"))),
        touched_text_(parameters.text("touched")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return {0, 1}; }

  /// The memory to be touched is not this, but takes as much, and so it is asked for: what does not fit is
  /// refused before anything is measured.
  void layout(runoff::Memory& memory) override { memory.bytes(touched_size_); }
  void fill(const runoff::Memory&) override { touched_ = std::make_unique<Touched>(touched_size_); }

  void run(runoff::Range, runoff::Results) const override {}

  std::chrono::nanoseconds pause() const override { return pause_; }

  std::vector<runoff::Price> prices() const override {
    if (pause_.count() > 0)
      return {{.name = "empty region after " + pause_text_ + " idle"},
              {.name = "CPU time of a second, idle for " + pause_text_ + " at a time",
               .quantity = Quantity::cpu,
               .per = std::chrono::duration<double>(pause_).count()}};
    const std::string parent = touched_size_ > 0 ? ", parent of " + touched_text_ : "";
    std::vector<runoff::Price> prices{{.name = "start-up" + parent, .quantity = Quantity::startup},
                                      {.name = "empty region" + parent}};
    if (touched_size_ == 0)
      prices.insert(prices.end(),
                    {{.name = "first empty region", .quantity = Quantity::cold},
                     {.name = "memory, a worker", .quantity = Quantity::memory, .per_worker = true}});
    return prices;
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results) const override {
    if (runoff::PythonValue(answer).number<std::size_t>() != answer.task)
      throw runoff::WrongInput("task " + std::to_string(answer.task) + " did not return its number");
  }

  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  std::size_t tasks_;
  std::chrono::nanoseconds pause_;
  std::string pause_text_;
  std::size_t touched_size_;
  std::string touched_text_;
  std::unique_ptr<Touched> touched_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Region,
    {
        .name = "region",
        .summary = "a loop of a few empty tasks: what beginning and ending one costs, hot or after a pause",
        .bound = runoff::Bound::runtime,
        .source = "EPCC OpenMP micro-benchmarks (Bull, EWOMP'99): PARALLEL; without subtracting a reference",
        .checked_at = {"tasks=1,3", "touched=1MiB"},
        .parameters = {runoff::Parameter::count("tasks", 2, 1, 1'000'000, "tasks: as many as workers"),
                       runoff::Parameter::duration("pause", "0s", std::chrono::nanoseconds(0),
                                                   std::chrono::seconds(10), "idle time before each loop"),
                       runoff::Parameter::bytes("touched", "0B", 0, std::int64_t{1} << 40,
                                                "memory of its own that the process has written before the "
                                                "backend starts")},
    })
