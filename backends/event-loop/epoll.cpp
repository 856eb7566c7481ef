#include <boost/version.hpp>

#include "event_loop.h"

RUNOFF_BACKEND(
    EventLoop,
    {
        .name = "event-loop",
        .summary = "Boost.Asio coroutines on one event loop for each worker",
        .source = "Boost.Asio: Composition with C++20 Coroutines; HTTP Server 2, an io_context for "
                  "each thread: https://www.boost.org/doc/libs/1_81_0/doc/html/boost_asio.html",
        .runtime = "Boost.Asio " BOOST_LIB_VERSION,
        .options = {EventLoop::in_flight()},
        .asynchronous = true,
        .origins = {{.text = "Boost: libboost-dev; files need liburing-dev"}},
    })
