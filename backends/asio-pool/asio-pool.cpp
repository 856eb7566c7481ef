#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/version.hpp>
#include <latch>
#include <optional>
#include <string>
#include <system_error>

#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/first_error.h"
#include "runoff/plugin.h"

namespace {

namespace asio = boost::asio;

/// Functions posted to a thread_pool. The pool's threads are the workers; the calling thread posts and waits.
class AsioPool final : public runoff::Backend {
 public:
  explicit AsioPool(const runoff::Settings& settings)
      : workers_(settings.workers), post_(settings.variant.text("post")) {}

  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {
    try {
      pool_.emplace(workers_);
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start " + std::to_string(workers_) + " threads");
    }
  }

  void execute(const runoff::Independent& workload, runoff::Results results) override {
    loop(workload.tasks(), [&](runoff::Range tasks) { workload.run(tasks, results); });
  }

  void execute(const runoff::Dependent& workload, runoff::Results results) override {
    for (std::size_t step = 0; step < workload.steps(); ++step)
      loop(workload.width(step), [&](runoff::Range points) {
        for (std::size_t point = points.first; point < points.last; ++point)
          workload.run(step, point, results);
      });
  }

  void execute(const runoff::Recursive&, runoff::Results) override {
    throw runoff::Unsupported(
        "a thread_pool has no fork-join: a function that waits for others keeps a thread");
  }

 private:
  template <class Body>
  void loop(std::size_t tasks, const Body& body) {
    if (post_ == "worker") {
      runoff::ChunkCounter chunks;
      post_all(std::min(tasks, workers_), [&](std::size_t, runoff::FirstError& error) {
        for (runoff::Range chunk; !(chunk = chunks.take(tasks, workers_)).empty();)
          error.guard([&] { body(chunk); });
      });
    } else {
      post_all(tasks, [&](std::size_t task, runoff::FirstError& error) {
        error.guard([&] { body(runoff::Range{task, task + 1}); });
      });
    }
  }

  /// Posts `function(0)` to `function(count - 1)` and waits until all have returned. (The pool's own join
  /// ends its threads.)
  template <class Function>
  void post_all(std::size_t count, const Function& function) {
    runoff::FirstError error;
    std::latch returned(static_cast<std::ptrdiff_t>(count));
    std::size_t posted = 0;
    error.guard([&] {
      for (; posted < count; ++posted)
        asio::post(*pool_, [&, number = posted] {
          function(number, error);
          returned.count_down();
        });
    });
    returned.count_down(static_cast<std::ptrdiff_t>(count - posted));
    returned.wait();
    error.rethrow();
  }

  std::size_t workers_;
  std::string post_;
  std::optional<asio::thread_pool> pool_;
};

}  // namespace

RUNOFF_BACKEND(
    AsioPool,
    {
        .name = "asio-pool",
        .summary = "functions posted to a boost::asio::thread_pool",
        .source = "Boost.Asio, thread_pool: "
                  "https://www.boost.org/doc/libs/1_81_0/doc/html/boost_asio/reference/thread_pool.html",
        .runtime = "Boost.Asio " BOOST_LIB_VERSION,
        .options = {runoff::Parameter::choice(
            "post", {"task", "worker"},
            "a function for each task, or one for each worker, which takes chunks until none is left")},
    })
