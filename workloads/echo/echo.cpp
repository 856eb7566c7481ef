#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "fetching.h"
#include "pool.h"
#include "runoff/endpoint_content.h"
#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"
#include "socket_connection.h"

namespace {

using Clock = runoff::TaskRecord::Clock;

/// What tasks of all workers tell each other. The counts are never reset.
struct Shared {
  alignas(runoff::cache_line) std::atomic<std::uint64_t> executions;  // that have ended
  alignas(runoff::cache_line) std::atomic<std::uint64_t> computing;   // tasks that began to
  alignas(runoff::cache_line) std::atomic<std::uint64_t> answered;    // requests
};

struct Echoed {
  runoff::TaskRecord record;
  http::Digest answered;
};

/// The first tasks compute until all requests are answered; each of the others sends a short request over a
/// connection that is there already, and waits for the answer. All that compute and one that waits must be at
/// work at the same time.
class Echo final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit Echo(const runoff::Parameters& parameters)
      : beside_(static_cast<std::size_t>(parameters.count("beside"))),
        rounds_(static_cast<std::size_t>(parameters.count("rounds"))),
        handling_(parameters.duration("handling")),
        patience_(parameters.duration("patience")),
        timeout_(parameters.duration("timeout")),
        endpoint_(parameters) {
    if (!endpoint_.is_known()) return;
    source_ = endpoint_.source("/e.txt");
    server_ = std::make_unique<http::Server>(endpoint_.url());
    request_ = server_->request(source_.url);
  }

  std::size_t tasks() const override { return beside_ + rounds_; }
  runoff::ResultLayout result() const override { return runoff::result_of<Echoed>(); }
  bool writes_memory() const override { return true; }
  void layout(runoff::Memory& memory) override { shared_ = &memory.object<Shared>(); }
  void fill(const runoff::Memory&) override {
    if (server_ == nullptr) runoff::Endpoint::from_environment();  // says that there is none
    server_->addresses();
  }
  void observe_waits(runoff::WaitObserver* observer) const override {
    Independent::observe_waits(observer);
    observer_ = observer;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      if (computes(task))
        compute(task, results);
      else
        ask(results.at<Echoed>(task));
  }
  void finish(runoff::Results) const override {
    shared_->executions.fetch_add(1, std::memory_order_relaxed);  // no task is under way
  }

  const runoff::TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return computes(slot) ? nullptr : &results.at<Echoed>(slot).record;
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    auto& slot = results.at<Echoed>(answer.task);
    if (computes(answer.task)) {
      if (!answer.failure.empty()) throw runoff::TaskFailed(std::string(answer.failure));
      if (runoff::PythonValue(answer).number<std::uint64_t>() == 0) throw_alone();
      slot.answered = all_seen();
      return;
    }
    slot.record.measured(answer.latency, answer.failure);
    if (answer.failure.empty()) slot.answered = http::digest(runoff::PythonValue(answer).rest_as_text());
  }

  runoff::Check check(runoff::Results results) const override {
    // The content of a server that is not runoff's own is not known; all answers are alike.
    const http::Digest expected =
        source_.path.empty() ? results.at<Echoed>(beside_).answered
                             : http::digest(runoff::EndpointContent(source_.path).text(source_.size));
    for (std::size_t task = 0; task < beside_; ++task)
      if (results.at<Echoed>(task).answered != all_seen())
        return runoff::Check::wrong("task " + std::to_string(task) + " did not see all requests answered");
    for (std::size_t task = beside_; task < tasks(); ++task) {
      const Echoed& found = results.at<Echoed>(task);
      if (found.record.failure_text.back() != '\0')
        return runoff::Check::wrong("task " + std::to_string(task) + " left no result");
      if (found.record.failure().empty() && found.answered != expected)
        return runoff::Check::wrong("the answer to task " + std::to_string(task) +
                                    " has other content than it should");
    }
    return runoff::Check::ok();
  }

 private:
  bool computes(std::size_t task) const { return task < beside_; }

  /// What a task leaves that computed until the end.
  http::Digest all_seen() const { return {rounds_, ~std::uint64_t{rounds_}}; }

  /// How high a count is when each of `each` tasks of this execution has counted once.
  std::uint64_t all_of(std::size_t each) const {
    return (shared_->executions.load(std::memory_order_relaxed) + 1) * each;
  }

  void compute(std::size_t task, runoff::Results results) const {
    shared_->computing.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t all = all_of(rounds_);
    std::uint64_t seen = 0, number = task;
    Clock::time_point until{};
    for (std::uint64_t now; (now = shared_->answered.load(std::memory_order_relaxed)) < all;) {
      if (now != seen || until == Clock::time_point{}) until = Clock::now() + patience_;
      seen = now;
      for (unsigned i = 0; i < 5'000; ++i) number = runoff::splitmix64(number, i);
      if (Clock::now() > until) throw_alone();
    }
    asm volatile("" ::"r"(number));  // or the compiler left all of it out
    results.at<Echoed>(task).answered = all_seen();
  }

  void ask(Echoed& slot) const {
    wait_for_those_that_compute();
    handle();
    auto begin = Clock::now();
    try {
      auto connection = idle_.take();
      if (connection == nullptr) {
        connection = [&] {
          const auto waits = waiting();
          return std::make_unique<http::SocketConnection>(*server_, timeout_, begin + timeout_);
        }();
        connection->exchange(request_, Clock::now() + timeout_, observer_);  // the first one is slower
        connection->take_body(source_.url);
        begin = Clock::now();
      }
      if (!connection->exchange(request_, begin + timeout_, observer_))
        throw http::Failure("the server closed the connection");
      slot.answered = http::digest(connection->take_body(source_.url));
      slot.record.succeeded(begin);
      if (connection->can_serve_again()) idle_.give(std::move(connection));
    } catch (const http::Failure& failure) {
      slot.record.failed(begin, failure.what());
    }
    shared_->answered.fetch_add(1, std::memory_order_relaxed);
  }

  void handle() const {
    const auto until = Clock::now() + handling_;
    while (Clock::now() < until) continue;
  }

  void wait_for_those_that_compute() const {
    const std::uint64_t all = all_of(beside_);
    const auto until = Clock::now() + patience_;
    while (shared_->computing.load(std::memory_order_relaxed) < all) {
      if (Clock::now() > until) throw_alone();
      const auto waits = waiting();
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  }

  [[noreturn]] static void throw_alone() {
    throw runoff::Unsupported(
        "no worker was left that waits, beside those that compute: it takes one more, at work at once");
  }

  std::size_t beside_, rounds_;
  std::chrono::nanoseconds handling_, patience_, timeout_;
  http::EndpointSources endpoint_;
  http::Source source_;
  std::unique_ptr<http::Server> server_;
  std::string request_;
  Shared* shared_ = nullptr;
  mutable runoff::WaitObserver* observer_ = nullptr;
  mutable http::Pool<http::SocketConnection> idle_;
};

std::vector<runoff::Parameter> parameters() {
  auto list = http::fetching_parameters("0s", "16B");
  list.push_back(runoff::Parameter::count("beside", 1, 0, 1'000, "tasks that compute meanwhile"));
  list.push_back(runoff::Parameter::count("rounds", 100, 1, 1'000'000, "requests, one after the other"));
  list.push_back(runoff::Parameter::duration(
      "handling", "200us", std::chrono::nanoseconds(0), std::chrono::seconds(10),
      "how long a task that waits computes before its request, which is not in the latency"));
  list.push_back(runoff::Parameter::duration("patience", "2s", std::chrono::milliseconds(1),
                                             std::chrono::minutes(10),
                                             "time without an answer after which the others give up"));
  return list;
}

}  // namespace

RUNOFF_WORKLOAD(
    Echo,
    {
        .name = "echo",
        .summary = "a task that waits for short answers beside tasks that compute: how late each answer is",
        .bound = runoff::Bound::io,
        .source = "D. Beazley, \"Understanding the Python GIL\" (PyCon 2010): an echo server beside threads "
                  "that compute; oracle: the built-in endpoint's content by its definition",
        .checked_at = {"rounds=7", "beside=1", "patience=100ms"},
        .parameters = parameters(),
        .endpoint = true,
        .only_by_name = true,
    })
