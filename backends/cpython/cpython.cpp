#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "driver.h"
#include "runoff/backend_plugin.h"
#include "runoff/python/interpreter.h"

namespace {

using namespace runoff;

/// Python's own executors, in a python3 that this process starts.
class Cpython final : public Backend {
 public:
  explicit Cpython(const Settings& settings) : settings_(settings) {}

  Execution start(const Independent& loop, Results results, Host& host) override {
    return start_driver(loop, loop.python(), results, host);
  }
  Execution start(const Recursive& recursion, Results results, Host& host) override {
    return start_driver(recursion, recursion.python(), results, host);
  }

  /// asyncio has all tasks under way at once.
  std::uint64_t concurrency(unsigned workers) const override {
    return settings_.variant.text("executor") == "asyncio" ? 1'000'000'000 : workers;
  }

 private:
  Execution start_driver(const Workload& work, const PythonForm* form, Results results, Host& host) {
    if (form == nullptr) throw Unsupported("this workload has no Python form, and python3 runs no other");
    if (settings_.workers > 1 && is_alone())
      throw Unsupported("executor=" + settings_.variant.text("executor") + " is one worker");
    driver_ = std::make_unique<cpython::Driver>(settings_, work, *form, results, host);
    return [this] { driver_->execute(); };
  }
  bool is_alone() const {
    const std::string& executor = settings_.variant.text("executor");
    return executor == "serial" || executor == "asyncio";
  }

  Settings settings_;
  std::unique_ptr<cpython::Driver> driver_;
};

FoundRuntime find_runtime() {
  constexpr const char* package = "python3";
  const std::string python = find_python();
  if (python.empty()) return {.reason = no_python(), .package = package};
  const std::string command =
      "'" + python +
      "' -c 'import platform, sys; free = not getattr(sys, \"_is_gil_enabled\", lambda: True)(); "
      "print(platform.python_implementation(), platform.python_version() + free * \" free-threaded\", "
      "end=\"\")'";
  std::string said;
  int status = -1;
  if (FILE* output = ::popen(command.c_str(), "r")) {
    std::array<char, 200> buffer{};
    said.assign(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), output));
    status = ::pclose(output);
  }
  if (status != 0 || said.empty())
    return {.reason = "'" + python + "' is no Python 3 that works", .package = package};
  return {.name = said};
}

}  // namespace

RUNOFF_BACKEND(
    Cpython,
    {
        .name = "cpython",
        .summary = "Python's own executors: threads, processes, pools of both, one event loop",
        .source = "https://docs.python.org/3/library/concurrent.futures.html, multiprocessing.html, "
                  "threading.html, "
                  "asyncio.html",
        .options =
            {Parameter::choice(
                 "executor",
                 {"thread-pool", "process-pool", "threads", "processes", "pool", "interpreters", "both",
                  "serial", "asyncio"},
                 "ThreadPoolExecutor, ProcessPoolExecutor, a Thread or a Process for each task, "
                 "multiprocessing.Pool, InterpreterPoolExecutor (Python 3.14 on), both executors at once, a "
                 "loop, or asyncio.gather on one loop")
                 .lone_with({"serial", "asyncio"}),
             Parameter::choice("start", {"fork", "forkserver", "spawn"}, "how processes are made")
                 .only_with("executor", {"process-pool", "processes", "pool", "both"}),
             Parameter::optional_count(
                 "shared-from", 1, std::int64_t{1} << 40,
                 "results that are at least so many bytes long come back in a multiprocessing.shared_memory "
                 "of their own, by its name; all others are pickled")
                 .only_with("executor", {"process-pool", "processes", "pool"}),
             Parameter::optional_count(
                 "chunk", 1, 1'000'000'000,
                 "tasks that a worker is given at once: 1 where it is not given, but what "
                 "multiprocessing.Pool finds by itself")
                 .only_with("executor",
                            {"thread-pool", "process-pool", "threads", "processes", "pool", "interpreters"})},
        .python = true,
        .origins = {{.text = "Debian's python3, or any other that RUNOFF_PYTHON names"}},
        .find_runtime = find_runtime,
    })
