// Boost.Asio (Debian: libboost1.81-dev): a coroutine for each task that waits, all on one event loop.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -pthread && ./independent
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdio>

namespace asio = boost::asio;

asio::awaitable<void> task(int number, int& done) {
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(10 + number % 10));
  co_await timer.async_wait(asio::use_awaitable);
  ++done;
}

int main() {
  asio::io_context loop(1);  // one thread: no lock is needed
  int done = 0;
  for (int number = 0; number < 1000; ++number) asio::co_spawn(loop, task(number, done), asio::detached);
  loop.run();
  std::printf("%d\n", done);
}
