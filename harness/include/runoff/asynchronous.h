#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "runoff/errors.h"
#include "runoff/results.h"

// Needs Boost; a module that includes this links runoff::asynchronous, which settles how Boost.Asio is built.

namespace runoff {

/// The asynchronous form of a parallel loop: the same tasks, for event loops. A workload that has one derives
/// from this as well, and returns itself from `Independent::asynchronous`.
class RUNOFF_VISIBLE Asynchronous {
 public:
  virtual ~Asynchronous() = default;

  /// Runs one task, which writes its own slot, and never blocks. Whatever it awaits it awaits on the executor
  /// that it runs on (`this_coro::executor`), an io_context that only one thread runs; what many tasks of a
  /// loop share (a pool of connections) is a service of that context (boost::asio::use_service). May throw.
  virtual boost::asio::awaitable<void> run_async(std::size_t task, Results results) const = 0;
};

}  // namespace runoff
