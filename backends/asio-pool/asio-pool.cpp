#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/version.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/submitting_backend.h"

namespace {

namespace asio = boost::asio;
using namespace runoff;

/// A thread_pool, to which functions are posted.
class AsioPool {
 public:
  explicit AsioPool(std::size_t workers) {
    if (workers == 1) {  // it need not wake others, and so knows that it is alone
      pool_.emplace(1);
      return;
    }
    // The pool's own constructor never returns where a limit keeps it from its last threads: it waits for the
    // others, which wait for functions. So the same threads join a pool that has none.
    pool_.emplace(0);
    try {
      while (threads_.size() < workers)
        threads_.push_back(start_thread(threads_.size() + 1, workers, [this] { pool_->attach(); }));
    } catch (...) {
      end();
      throw;
    }
  }

  ~AsioPool() { end(); }

  template <class Function>
  void submit(Function function) {
    asio::post(*pool_, std::move(function));
  }

 private:
  void end() {
    pool_->stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::optional<asio::thread_pool> pool_;
  std::vector<std::thread> threads_;  // the pool's
};

}  // namespace

RUNOFF_BACKEND(
    SubmittingBackend<AsioPool>,
    {
        .name = "asio-pool",
        .summary = "functions posted to a boost::asio::thread_pool",
        .source = "Boost.Asio, thread_pool: "
                  "https://www.boost.org/doc/libs/1_81_0/doc/html/boost_asio/reference/thread_pool.html",
        .runtime = "Boost.Asio " BOOST_LIB_VERSION,
        .options = {SubmittingBackend<AsioPool>::option()},
        .origins = {{.text = "Boost: libboost-dev"}},
    })
