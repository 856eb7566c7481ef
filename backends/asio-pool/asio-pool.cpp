#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/version.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/submit_all.h"

namespace {

namespace asio = boost::asio;
using namespace runoff;

/// Functions posted to a thread_pool. The pool's threads are the workers; the calling thread posts and waits.
class AsioPool final : public Backend {
 public:
  explicit AsioPool(const Settings& settings)
      : workers_(settings.workers), post_(settings.variant.text("post")) {}

  ~AsioPool() override { end(); }

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](Range points) {
          for (std::size_t point = points.first; point < points.last; ++point)
            graph.run(step, point, results);
        });
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("a thread_pool has no fork-join: a function that waits for others keeps a thread");
  }

 private:
  void make_threads() {
    if (workers_ == 1) {  // it need not wake others, and so knows that it is alone
      pool_.emplace(1);
      return;
    }
    // The pool's own constructor never returns where a limit keeps it from its last threads: it waits for the
    // others, which wait for functions. So the same threads join a pool that has none.
    pool_.emplace(0);
    try {
      while (threads_.size() < workers_)
        threads_.push_back(start_thread(threads_.size() + 1, workers_, [this] { pool_->attach(); }));
    } catch (...) {
      end();
      throw;
    }
  }

  void end() {
    if (pool_) pool_->stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    const auto post = [this](auto function) { asio::post(*pool_, std::move(function)); };
    if (post_ == "worker") {
      loop_.begin(tasks, workers_);
      submit_all(std::min(tasks, workers_), post, [&](std::size_t) { loop_.work(body); });
      loop_.end();
    } else {
      submit_all(tasks, post, [&](std::size_t task) { body(Range{task, task + 1}); });
    }
  }

  std::size_t workers_;
  std::string post_;
  ChunkLoop loop_;
  std::optional<asio::thread_pool> pool_;
  std::vector<std::thread> threads_;  // the pool's
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
        .options = {Parameter::choice(
            "post", {"task", "worker"},
            "a function for each task, or one for each worker, which takes chunks until none is left")},
        .origins = {{.text = "Boost: libboost-dev"}},
    })
