#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <climits>
#include <cstdint>
#include <string>

#include "runoff/asynchronous.h"
#include "runoff/fiber_form.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/scheduling/futex.h"
#include "runoff/scheduling/spin.h"
#include "runoff/workload_plugin.h"
#include "seats.h"

namespace {

using Clock = std::chrono::steady_clock;

/// The first core that this process may use; -1 where it cannot be told.
int first_core() {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return -1;
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(core, &allowed)) return core;
  return -1;
}

/// What both players see. The ball counts how often it was played; it is never reset, so each player counts
/// the games, to know where a game begins.
struct Table {
  alignas(runoff::cache_line) std::atomic<std::uint32_t> ball;
  alignas(runoff::cache_line) std::atomic<std::uint32_t> games[2];
};

/// Where a player was and how often it played.
struct Score {
  std::uint32_t played;
  std::int32_t worker;  // a thread; below 0: a coroutine, which may share one with the other
  std::int32_t core;
};

[[noreturn]] void throw_alone() {
  throw runoff::Unsupported("the other player did not come: this backend did not run two tasks at once");
}

/// For one turn, from the first look at the clock on: that it waits at all is rare.
class Patience {
 public:
  explicit Patience(std::chrono::nanoseconds longest) : longest_(longest) {}
  void look() {
    const auto now = Clock::now();
    if (until_ == Clock::time_point{}) until_ = now + longest_;
    if (now > until_) throw_alone();
  }

 private:
  std::chrono::nanoseconds longest_;
  Clock::time_point until_{};
};

/// Two tasks that play a ball to each other through memory that they share: what it costs two workers to hand
/// over, whatever the runtime does beside. Both must be at work at the same time.
class PingPong final : public runoff::Independent,
                       public runoff::PythonForm,
                       public runoff::Asynchronous,
                       public runoff::FiberForm {
 public:
  explicit PingPong(const runoff::Parameters& parameters)
      : rounds_(static_cast<std::uint32_t>(parameters.count("rounds"))),
        blocks_(parameters.text("waiting") == "block"),
        core_(parameters.text("cores") == "same" ? first_core() : -1),
        patience_(parameters.duration("patience")),
        name_("hand-over between workers, " + std::string(blocks_ ? "blocked" : "spinning") +
              (core_ >= 0 ? ", on one core" : ", on two cores")) {}

  std::size_t tasks() const override { return 2; }
  runoff::ResultLayout result() const override { return runoff::result_of<Score>(); }
  bool writes_memory() const override { return true; }
  bool places_workers() const override { return core_ >= 0; }
  void layout(runoff::Memory& memory) override { table_ = &memory.object<Table>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t player = range.first; player < range.last; ++player) {
      if (core_ >= 0) move_to_core();
      const std::uint32_t first = first_turn(player);
      for (std::uint32_t round = 0; round < rounds_; ++round) play(first + 2 * round);
      end(player, ::gettid(), results);
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t player, runoff::Results results) const override {
    if (core_ >= 0) move_to_core();
    const auto loop = co_await boost::asio::this_coro::executor;
    Seats::Taken seat(seats_, player, loop);
    const std::uint32_t first = first_turn(player), last = first + 2 * (rounds_ - 1);
    for (std::uint32_t turn = first; turn <= last; turn += 2) {
      if (blocks_)
        co_await until_woken(turn, seat);
      else
        co_await until_seen(turn, loop);
      table_->ball.store(turn + 1, std::memory_order_release);
      if (blocks_ && (player == 0 || turn < last)) seat.wake_other();
    }
    end(player, -1 - static_cast<std::int32_t>(player), results);
  }

  /// On one core they are threads: a fiber goes where it is taken.
  const runoff::FiberForm* fibers() const override { return core_ < 0 ? this : nullptr; }
  void run_on_fiber(std::size_t player, runoff::Results results, runoff::FiberWaits& waits) const override {
    const std::uint32_t first = first_turn(player), last = first + 2 * (rounds_ - 1);
    for (std::uint32_t turn = first; turn <= last; turn += 2) {
      Patience patience(patience_);
      std::uint32_t seen;
      for (unsigned looks = 1; (seen = table_->ball.load(std::memory_order_acquire)) != turn; ++looks) {
        if (blocks_) {
          if (!waits.wait(table_->ball, seen, patience_)) throw_alone();
          continue;
        }
        waits.give_way();
        if (looks % 128 == 0) patience.look();
      }
      table_->ball.store(turn + 1, std::memory_order_release);
      if (blocks_) waits.wake();
    }
    end(player, -1 - static_cast<std::int32_t>(player), results);
  }

  std::vector<runoff::Price> prices() const override { return {{.name = name_, .per = 2.0 * rounds_}}; }

  const runoff::PythonForm* python() const override {
    if (!blocks_) throw runoff::Unsupported("Python has no way to spin on what another one writes");
    return this;
  }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    runoff::PythonValue value(answer);
    const auto played = value.number<std::uint32_t>();
    if (played < rounds_) throw_alone();
    results.at<Score>(answer.task) = {played, static_cast<std::int32_t>(answer.thread),
                                      value.number<std::int32_t>()};
    table_->games[answer.task].fetch_add(1, std::memory_order_relaxed);
    table_->ball.fetch_add(rounds_, std::memory_order_relaxed);
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t player = 0; player < 2; ++player) {
      const Score& score = results.at<Score>(player);
      if (score.played != rounds_)
        return runoff::Check::wrong("player " + std::to_string(player) + " did not say that it played " +
                                    std::to_string(rounds_) + " times");
      if (core_ >= 0 && score.core != core_)
        return runoff::Check::wrong("player " + std::to_string(player) + " was on core " +
                                    std::to_string(score.core) + ", not on core " + std::to_string(core_));
    }
    const std::uint32_t games = table_->games[0].load(std::memory_order_relaxed);
    const std::uint32_t ball = table_->ball.load(std::memory_order_relaxed);
    if (games != table_->games[1].load(std::memory_order_relaxed) || ball != 2 * rounds_ * games)
      return runoff::Check::wrong("after " + std::to_string(games) + " games the ball was played " +
                                  std::to_string(ball) + " times, not " +
                                  std::to_string(2 * rounds_ * games));
    const Score &one = results.at<Score>(0), &other = results.at<Score>(1);
    if (one.worker == other.worker) return runoff::Check::wrong("one worker played both sides");
    return runoff::Check::ok("on core " + std::to_string(one.core) + " and core " +
                             std::to_string(other.core));
  }

 private:
  std::uint32_t first_turn(std::size_t player) const {
    return 2 * rounds_ * table_->games[player].load(std::memory_order_relaxed) +
           static_cast<std::uint32_t>(player);
  }

  void end(std::size_t player, std::int32_t worker, runoff::Results results) const {
    table_->games[player].fetch_add(1, std::memory_order_relaxed);
    results.at<Score>(player) = {rounds_, worker, ::sched_getcpu()};
  }

  bool played(std::uint32_t turn) const { return table_->ball.load(std::memory_order_acquire) == turn; }

  boost::asio::awaitable<void> until_woken(std::uint32_t turn, Seats::Taken& seat) const {
    while (!played(turn)) {
      const bool woken = co_await seat.wait(patience_);  // GCC 12 goes wrong where && has it within
      if (!woken && !played(turn)) throw_alone();
    }
  }

  /// Lets the loop's other coroutines go on between two looks.
  boost::asio::awaitable<void> until_seen(std::uint32_t turn, const Seats::Executor& loop) const {
    Patience patience(patience_);
    for (unsigned looks = 1; !played(turn); ++looks) {
      co_await boost::asio::post(loop, boost::asio::use_awaitable);
      if (looks % 128 != 0) continue;
      ::sched_yield();  // where both loops are on one core, the other cannot play as long as this one looks
      patience.look();
    }
  }

  /// Waits until the ball was played `turn` times, and plays it.
  void play(std::uint32_t turn) const {
    std::atomic<std::uint32_t>& ball = table_->ball;
    const runoff::Futex futex(ball, runoff::Scope::processes);
    Patience patience(patience_);
    std::uint32_t seen;
    // Acquire and release: what a player hands over with the ball, the other one sees.
    for (unsigned looks = 1; (seen = ball.load(std::memory_order_acquire)) != turn; ++looks) {
      if (blocks_) {
        if (!futex.wait(seen, 1, std::chrono::milliseconds(50))) patience.look();
      } else if (looks % 128 != 0) {
        runoff::pause();
      } else {
        // Where both are on one core, the other cannot play as long as this one looks.
        ::sched_yield();
        if (looks % 4096 == 0 || core_ >= 0) patience.look();
      }
    }
    ball.store(turn + 1, std::memory_order_release);
    if (blocks_) futex.wake(INT_MAX, 1);
  }

  void move_to_core() const {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(core_), &set);
    ::sched_setaffinity(0, sizeof(set), &set);  // the check sees to it that it worked
  }

  std::uint32_t rounds_;
  bool blocks_;
  int core_;
  std::chrono::nanoseconds patience_;
  std::string name_;
  Table* table_ = nullptr;
  mutable Seats seats_;
};

}  // namespace

RUNOFF_WORKLOAD(
    PingPong,
    {
        .name = "ping-pong",
        .summary = "two tasks that hand a ball to each other: what it costs one worker to reach another",
        .bound = runoff::Bound::runtime,
        .source = "lmbench (McVoy & Staelin, USENIX'96): lat_ctx; oracle: whose turn it is",
        .checked_at = {"rounds=2,17", "waiting=spin,block", "cores=different,same", "patience=150ms"},
        .parameters =
            {runoff::Parameter::count("rounds", 1'000, 2, 1'000'000, "times that each of the two plays"),
             runoff::Parameter::choice("waiting", {"spin", "block"},
                                       "looks for the ball again and again, or sleeps until it is woken"),
             runoff::Parameter::choice("cores", {"different", "same"},
                                       "each where the harness places it, or both on the first core"),
             runoff::Parameter::duration("patience", "2s", std::chrono::milliseconds(1),
                                         std::chrono::minutes(10),
                                         "time without the other player after which one gives up")},
    })
