#include <cstddef>
#include <cstdlib>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/graph_steps.h"
#include "runoff/scheduling/thread_failure.h"

// workers/workers.go
extern "C" {
using GoTask = void (*)(void* data, std::size_t first, std::size_t last);
void runoff_go_start(std::size_t workers);
void runoff_go_end();
void runoff_go_for_each(std::size_t tasks, int by_channel, GoTask task, void* data);
char* runoff_go_version();
}

namespace {

using namespace runoff;

/// Go's goroutines, each bound to a thread: the scheduling is Go's, a task the same machine code as
/// everywhere.
class Go final : public Backend {
 public:
  explicit Go(const Settings& settings)
      : workers_(settings.workers), by_channel_(settings.variant.text("numbers") == "channel") {}

  ~Go() override { runoff_go_end(); }

  Execution start(const Independent& loop, Results results, Host&) override {
    runoff_go_start(workers_);
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    runoff_go_start(workers_);
    return [this, &graph, results] {
      run_in_steps(graph, results, [&](std::size_t points, const auto& body) { for_each(points, body); });
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported(
        "a goroutine that waits inside a C function keeps its thread, so a recursion in C++ would need a "
        "thread for each "
        "fork that waits");
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    struct Call {
      const Body& body;
      ThreadFailure failure;  // no exception may cross Go's frames
    } call{body, {}};
    runoff_go_for_each(
        tasks, by_channel_ ? 1 : 0,
        [](void* data, std::size_t first, std::size_t last) {
          Call& here = *static_cast<Call*>(data);
          here.failure.guard([&] { here.body(Range{first, last}); });
        },
        &call);
    call.failure.rethrow();
  }

  std::size_t workers_;
  bool by_channel_;
};

std::string version() {
  char* const text = runoff_go_version();
  const std::string name = std::string("Go ") + text;
  std::free(text);
  return name;
}

}  // namespace

RUNOFF_BACKEND(
    Go, {
            .name = "go",
            .summary = "Go: goroutines that take task numbers from a channel, and call C",
            .source = "Go by Example, Worker Pools: https://gobyexample.com/worker-pools; cmd/cgo; "
                      "runtime.LockOSThread",
            .runtime = version(),
            .options = {Parameter::choice("numbers", {"channel", "counter"},
                                          "a channel hands out the numbers of tasks, or workers advance "
                                          "an atomic counter")},
            .only_by_name = true,
            .origins = {{.text = "Go: golang-go"}},
        })
