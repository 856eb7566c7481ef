#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

/// Where two coroutines sit that wake each other, on one loop or on two. Each waits for its own timer, which
/// the other cancels on the loop of the one that waits.
class Seats {
 public:
  using Executor = boost::asio::any_io_executor;

  /// A player's seat, for as long as this lives.
  class Taken {
   public:
    Taken(Seats& seats, std::size_t player, const Executor& loop)
        : seats_(seats), player_(player), timer_(std::make_shared<boost::asio::steady_timer>(loop)) {
      seats_.put(player_, timer_);
    }
    ~Taken() { seats_.put(player_, nullptr); }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    /// Until it is woken: false when that takes longer. Whoever looked whether it has to wait, and found so,
    /// waits before it gives way to other coroutines: what wakes it comes to this loop, and so comes later.
    boost::asio::awaitable<bool> wait(std::chrono::nanoseconds longest) {
      timer_->expires_after(longest);
      boost::system::error_code woken;
      co_await timer_->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
      co_return bool(woken);
    }

    /// The other player, if it sits; else it will see by itself what there is.
    void wake_other() const { seats_.wake(1 - player_); }

   private:
    Seats& seats_;
    std::size_t player_;
    std::shared_ptr<boost::asio::steady_timer> timer_;
  };

 private:
  void put(std::size_t player, std::shared_ptr<boost::asio::steady_timer> timer) {
    const std::lock_guard guard(mutex_);
    timers_[player] = std::move(timer);
  }

  void wake(std::size_t player) {
    const std::lock_guard guard(mutex_);
    if (const auto& timer = timers_[player])
      boost::asio::post(timer->get_executor(), [timer] { timer->cancel(); });
  }

  std::mutex mutex_;
  std::array<std::shared_ptr<boost::asio::steady_timer>, 2> timers_;
};
