#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <string>
#include <thread>
#include <tuple>

#include "pace.h"
#include "payload.h"
#include "runoff/asynchronous.h"
#include "runoff/cell_folder.h"
#include "runoff/task_record.h"
#include "runoff/workload_plugin.h"
#include "work.h"

namespace {

namespace asio = boost::asio;
using runoff::TaskRecord;

/// What a task leaves before its payload.
struct Answer {
  std::uint64_t value;
  TaskRecord record;
};

/// The same loop with tasks that wait after their work, or that are due at a rate.
class LikeWaiting final : public runoff::Independent, public runoff::Asynchronous {
 public:
  explicit LikeWaiting(const runoff::Parameters& parameters)
      : work_(parameters), payload_(static_cast<std::size_t>(parameters.bytes("payload"))) {
    if (parameters.has("rate"))
      pace_.emplace(folder_.path() + "/pace", tasks(), static_cast<std::uint64_t>(parameters.count("rate")));
  }

  std::size_t tasks() const override { return work_.tasks(); }
  runoff::ResultLayout result() const override { return {sizeof(Answer) + payload_, alignof(Answer)}; }
  std::uint64_t bytes() const override { return work_.bytes() + tasks() * payload_; }
  const TaskRecord* record(runoff::Results results, std::size_t slot) const override {
    return &results.at<Answer>(slot).record;
  }

  void layout(runoff::Memory& memory) override { work_.layout(memory); }
  void fill(const runoff::Memory&) override {
    work_.fill();
    if (!pace_) return;
    folder_.make();
    pace_->make();
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto begin = due();
      if (pace_) {
        const auto waits = waiting();
        std::this_thread::sleep_until(begin);
      }
      compute(task, results);
      {
        const auto waits = waiting();
        like::wait_for(work_.wait(task));
      }
      results.at<Answer>(task).record.succeeded(begin);
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }

  /// What computes does so on the loop, which it keeps from everything else.
  asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    const auto begin = due();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    boost::system::error_code error;
    if (begin > TaskRecord::Clock::now()) {
      timer.expires_at(begin);
      std::tie(error) = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    compute(task, results);
    if (const auto wait = work_.wait(task); !error && wait.count() > 0) {
      timer.expires_after(wait);
      std::tie(error) = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    auto& record = results.at<Answer>(task).record;
    if (error)
      record.failed(begin, error.message());
    else
      record.succeeded(begin);
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const Answer& answer = results.at<Answer>(task);
      const std::string name = "task " + std::to_string(task);
      const auto right = work_.expected(task);
      if (answer.value != right)
        return runoff::Check::wrong(name + " answers " + std::to_string(answer.value) + ", not " +
                                    std::to_string(right));
      if (!like::payload_is_right(task, payload(task, results)))
        return runoff::Check::wrong("the payload of " + name + " is damaged");
      if (answer.record.failure().empty() && answer.record.latency_ns < work_.wait(task).count())
        return runoff::Check::wrong(name + " waited " + std::to_string(answer.record.latency_ns) +
                                    " ns, not " + std::to_string(work_.wait(task).count()));
    }
    return runoff::Check::ok();
  }

 private:
  static std::span<std::byte> payload(std::size_t task, runoff::Results results) {
    return results.bytes(task).subspan(sizeof(Answer));
  }
  TaskRecord::Clock::time_point due() const { return pace_ ? pace_->next() : TaskRecord::Clock::now(); }
  void compute(std::size_t task, runoff::Results results) const {
    results.at<Answer>(task).value = work_.run(task);
    like::write_payload(task, payload(task, results));
  }

  like::Work work_;
  std::size_t payload_;
  runoff::CellFolder folder_{"like-waiting"};
  std::optional<Pace> pace_;
};

std::vector<runoff::Parameter> parameters() {
  auto all = like::work_parameters();
  all.push_back(like::wait_parameter());
  all.push_back(like::payload_parameter());
  all.push_back(runoff::Parameter::optional_count(
      "rate", 1, 1'000'000, "tasks a second that are due (an open loop); without it a closed loop"));
  return all;
}

}  // namespace

RUNOFF_WORKLOAD(LikeWaiting,
                {
                    .name = "like-waiting",
                    .summary = "a loop of tasks that are only described, and wait or are due at a rate",
                    .bound = runoff::Bound::io,
                    .source = "oracle: closed forms; steps: the generator of Knuth's MMIX",
                    .checked_at = {"tasks=23", "task=1ms", "wait=80", "spread=150", "payload=9B"},
                    .parameters = parameters(),
                    .only_by_name = true,
                })
