#include "loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>

namespace asio = boost::asio;

void Loop::begin(std::size_t coroutines) {
  asio::post(context_, [this, coroutines] { spawn(coroutines); });
}

void Loop::run() {
  // Exceptions of tasks end in their coroutines. This is one of what tasks share on the loop: it has left
  // run(), which may be called again.
  while (!context_.stopped()) try {
      context_.run();
    } catch (...) {
      shared_.fail();
    }
  context_.restart();
}

void Loop::spawn(std::size_t coroutines) {
  left_ = 1;  // this function: the last coroutine is not the last before all have been made
  try {
    for (std::size_t i = 0; i < coroutines; ++i) {
      ++left_;
      asio::co_spawn(context_, work(), [this](std::exception_ptr) { leave(); });
    }
  } catch (...) {
    --left_;
    shared_.fail();
  }
  leave();
}

asio::awaitable<void> Loop::work() {
  try {
    for (std::size_t task = shared_.take(); task < shared_.tasks; task = shared_.take())
      co_await shared_.workload->run_async(task, shared_.results);
  } catch (...) {
    shared_.fail();
  }
}

void Loop::leave() {
  if (--left_ == 0) finished_();
}
