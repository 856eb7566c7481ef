#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/version.hpp>
#include <exception>

#include "event_loop.h"

namespace {

constexpr const char* runtime = "Boost.Asio " BOOST_LIB_VERSION " on io_uring";

/// Kernels before Linux 5.11, system administrators and containers refuse io_uring.
runoff::FoundRuntime find_runtime() {
  try {
    boost::asio::io_context loop(1);
    const boost::asio::steady_timer timer(loop);  // the first timer or socket makes the loop's ring
    return {.name = runtime};
  } catch (const std::exception& error) {
    return {.reason = std::string("no io_uring: ") + error.what()};
  }
}

}  // namespace

RUNOFF_BACKEND(
    EventLoop,
    {
        .name = "event-loop-uring",
        .summary = "Boost.Asio coroutines on one event loop for each worker, whose sockets and timers are on "
                   "io_uring: the same source as event-loop",
        .source = "Boost.Asio, Revision History, 1.78: BOOST_ASIO_HAS_IO_URING and BOOST_ASIO_DISABLE_EPOLL: "
                  "https://www.boost.org/doc/libs/1_81_0/doc/html/boost_asio/history.html",
        .runtime = runtime,
        .options = {EventLoop::in_flight()},
        .asynchronous = true,
        .only_by_name = true,
        .origins = {{.text = "Boost, compiled with both of these: libboost-dev liburing-dev"}},
        .find_runtime = find_runtime,
    })
