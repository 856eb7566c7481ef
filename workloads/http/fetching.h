#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "client.h"
#include "runoff/asynchronous.h"
#include "runoff/endpoint.h"
#include "runoff/memory.h"
#include "runoff/parameters.h"
#include "runoff/python_form.h"
#include "runoff/task_record.h"
#include "runoff/workload.h"

namespace http {

/// What a body is compared by.
struct Digest {
  std::uint64_t size;
  std::uint64_t hash;
  bool operator==(const Digest&) const = default;
};
Digest digest(std::string_view body);

/// Where a task gets its body from.
struct Source {
  std::string url;
  /// Of the built-in endpoint, whose content can be made again: the path, which has no query, and how much of
  /// it is sent.
  /// Without a path the oracle is one fetch at set-up.
  std::string path;
  std::size_t size = 0;
};

/// The endpoint and what is asked of it. Runoff's own gets the latency and the size with each request; any
/// other gets nothing but the path.
class EndpointSources {
 public:
  EndpointSources(const runoff::Parameters& parameters);

  bool is_known() const { return !endpoint_.url.empty(); }
  bool is_built_in() const { return endpoint_.built_in; }
  const std::string& url() const { return endpoint_.url; }
  /// `path` may have a query, which is joined to that of the endpoint.
  Source source(const std::string& path) const;

 private:
  runoff::Endpoint endpoint_;
  std::string query_;
  std::size_t size_;
};

/// The parameters `latency`, `size` and `timeout`, which every fetching workload has.
std::vector<runoff::Parameter> fetching_parameters(const std::string& latency, const std::string& size);

/// Tasks that each GET one body, in both forms: the part that is the same for all of them.
class Fetching : public runoff::Independent, public runoff::Asynchronous {
 public:
  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<Fetched>(); }
  void layout(runoff::Memory& memory) override { expected_ = memory.array<Expected>(sources()); }
  void fill(const runoff::Memory& memory) override;
  void run(runoff::Range range, runoff::Results results) const override;
  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override;
  const runoff::TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Fetched>(slot).record;
  }
  runoff::Check check(runoff::Results results) const override;

 protected:
  using Clock = runoff::TaskRecord::Clock;

  Fetching(std::size_t tasks, std::chrono::nanoseconds timeout) : tasks_(tasks), timeout_(timeout) {}

  std::chrono::nanoseconds timeout() const { return timeout_; }

  /// The client that all tasks use; null as long as there is no endpoint.
  virtual const Client* client() const = 0;
  /// Distinct bodies: task i fetches that of source i modulo their number.
  virtual std::size_t sources() const = 0;
  virtual Source source(std::size_t index) const = 0;
  /// When the next task is due; it waits until then.
  virtual Clock::time_point due() const { return Clock::now(); }
  /// For those that have a Python form, which returns the body: PythonForm::take_python.
  void take_body(const runoff::PythonAnswer& answer, runoff::Results results) const;

  /// Does with the body what there is to do; on an event loop too, so it must not wait for long. May throw
  /// std::exception.
  virtual void keep(std::size_t /*task*/, const std::string& /*body*/) const {}
  /// What a task has kept. May throw std::exception.
  virtual Digest kept(std::size_t /*task*/, const Digest& answered) const { return answered; }

 private:
  struct Fetched {
    runoff::TaskRecord record;
    Digest answered;
  };
  /// The oracle. All zeros: not filled.
  struct Expected {
    Digest body;
    std::array<char, 120> failure;  // of the fetch at set-up
  };

  boost::asio::awaitable<void> expect(std::size_t index, const Client& reader);
  void finish_task(std::size_t task, const Digest& answered, Clock::time_point begin, Fetched& slot) const;
  /// Why there is nothing to compare the answer to this task with; empty where there is.
  std::string_view no_oracle(std::size_t task) const;

  std::size_t tasks_;
  std::chrono::nanoseconds timeout_;
  std::span<Expected> expected_;
  bool has_warned_ = false;
};

}  // namespace http
