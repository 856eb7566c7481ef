#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

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

/// What a command of a shell printed, if it ended well.
std::optional<std::string> output_of(const std::string& command) {
  FILE* const output = ::popen(command.c_str(), "r");
  if (output == nullptr) return std::nullopt;
  std::string said;
  std::array<char, 4096> buffer{};
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), output))
    said.append(buffer.data(), read);
  if (::pclose(output) != 0) return std::nullopt;
  return said;
}

/// Why it does not work, as far as it says so, and which of its variables may be the cause.
std::string why_not(const std::string& run) {
  std::istringstream errors(output_of(run + " 2>&1 || true").value_or(""));
  std::string why;
  for (std::string line; why.find("rror") == why.npos && std::getline(errors, line);) why = line;
  if (why.empty()) return {};
  std::string variables;
  for (char** variable = ::environ; *variable != nullptr; ++variable)
    if (const std::string_view one = *variable; one.starts_with("PYTHON"))
      variables.append(variables.empty() ? "; in the environment: " : ", ").append(one);
  return ": " + why + variables;
}

FoundRuntime find_runtime() {
  constexpr const char* package = "python3";
  const std::string python = find_python();
  if (python.empty()) return {.reason = no_python(), .package = package};
  const std::string run =
      "'" + python +
      "' -c 'import platform, sys; free = not getattr(sys, \"_is_gil_enabled\", lambda: True)(); "
      "print(platform.python_implementation(), platform.python_version() + free * \" free-threaded\", "
      "end=\"\")'";
  if (std::optional<std::string> said = output_of(run); said && !said->empty()) return {.name = *said};
  const std::string why = why_not(run);
  return {.reason = "'" + python + "' is no Python 3 that works" + why,
          .package = why.empty() ? package : ""};
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
