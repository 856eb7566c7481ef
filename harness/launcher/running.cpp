#include "launcher/running.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <limits>

#include "process/descendants.h"
#include "process/hold.h"
#include "process/spawn.h"
#include "process/standstill.h"
#include "process/waits.h"
#include "runoff/worker_exit.h"

namespace runoff {
namespace {

constexpr std::size_t output_kept = 4096;
/// A process that is to end gets this long to end those that it started, before it is killed.
constexpr std::chrono::milliseconds grace{500};
/// The launcher looks at its clock so often while a process runs.
constexpr std::chrono::milliseconds longest_wait{500};
/// A process that says that it has failed gets this long to end by itself.
constexpr std::chrono::seconds time_to_end{2};
/// Whoever makes shared memory is looked for at once, which takes a millisecond. After so many looks there is
/// a pause before each, so that a process that makes much of it is not slowed down.
constexpr int looks_at_once = 100;
constexpr std::chrono::milliseconds between_looks{50};

}  // namespace

Running::Running(const Request& request, const std::filesystem::path& temporary)
    : request_(request), kills_before_(out_of_memory_kills()) {
  request_.environment.emplace_back("TMPDIR", temporary);
  began_ = Clock::now();
  try {
    start();
  } catch (const std::system_error& error) {
    answer_.error = "cannot start '" + request_.arguments.at(0) + "': " + error.code().message();
    over_ = true;
  }
}

void Running::start() {
  auto [output, output_end] = make_pipe();
  output_ = std::move(output);
  place_for_turns_ = Descriptor(::fcntl(output_.get(), F_DUPFD_CLOEXEC, 0));
  if (place_for_turns_.get() < 0) throw std::system_error(errno, std::generic_category(), "fcntl");
  child_ = spawn({request_.arguments, request_.environment, -1, output_end.get(), output_end.get()});
}

Running::Event Running::go_on(const Ears& ears) {
  if (over_) return Event::ended;
  const auto begin = began_.value_or(Clock::now());
  began_.reset();
  let_go_on(held_);
  held_.clear();
  if (waits_) give_turn(turns_.get());
  waits_ = false;
  const Event event =
      listen(ears, begin + std::chrono::nanoseconds(request_.limit_ns) - (gone_on_ - stopped_));
  gone_on_ += Clock::now() - begin;
  waits_ = event == Event::asks;
  over_ = event == Event::ended;
  return event;
}

void Running::hold() { held_ = runoff::hold(child_.id()); }

double Running::place() const {
  if (turns_left_ == 0) return std::numeric_limits<double>::infinity();
  return (all_turns_ - turns_left_ + 0.5) / all_turns_;
}

Running::Event Running::listen(const Ears& ears, Clock::time_point deadline) {
  Clock::time_point next_look{};
  int looked = 0;
  Waits waits;
  while (true) {
    const auto asked = Clock::now();
    const auto left = std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline - asked),
                               std::chrono::milliseconds(0));
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(next_look - asked);
    const bool looks = pause.count() <= 0;
    std::array<pollfd, 7> wait{{{child_.ended(), POLLIN, 0},
                                {ears.runoff, POLLIN, 0},
                                {ears.signals, POLLIN, 0},
                                {output_.get(), POLLIN, 0},
                                {looks ? ears.shared_memory.made() : -1, POLLIN, 0},
                                {ears.turns, POLLIN, 0},
                                {turns_.get(), POLLIN, 0}}};
    const auto until = std::min({left, longest_wait, looks ? longest_wait : pause});
    const auto [ready, stopped, now] = waits.wait_for(wait, until);
    if (stopped.count() > 0) {
      answer_.stopped = true;
      deadline += stopped;
      stopped_ += stopped;
    }
    if (now >= deadline && wait[0].revents == 0) return Event::out_of_time;
    if (ready <= 0) continue;
    if (wait[4].revents != 0) {
      ears.shared_memory.note(descendants(::getpid()));
      if (++looked >= looks_at_once) next_look = Clock::now() + between_looks;
    }
    if (wait[3].revents != 0 && !read_ends(output_.get(), answer_.output, output_kept)) output_.close();
    if (wait[3].revents != 0 && !answer_.gave_up &&
        std::any_of(request_.failures.begin(), request_.failures.end(), [&](const std::string& failure) {
          return answer_.output.find(failure) != failure.npos;
        })) {
      answer_.gave_up = true;
      deadline = std::min(deadline, Clock::now() + time_to_end);
    }
    if (wait[0].revents != 0) {
      answer_.gave_up = false;
      return Event::ended;
    }
    // No request comes while one runs, so what can be read here is the end of the stream.
    if (wait[1].revents != 0 || wait[2].revents != 0) return Event::abandoned;
    if (wait[5].revents != 0) {
      place_for_turns_.close();
      if (auto asking = accept_asking(ears.turns)) meet(std::move(*asking));
    }
    if (wait[6].revents != 0 && hears_question()) return Event::asks;
  }
}

/// Only one of its own may speak for it: another program cannot be stopped with it.
void Running::meet(TurnAsking asking) {
  if (turns_.get() >= 0) return;
  const auto is_own = [&] {
    const auto own = descendants(child_.id());
    return std::find(own.begin(), own.end(), asking.process) != own.end();
  };
  if (asking.process == child_.id() || is_own()) turns_ = std::move(asking.socket);
}

bool Running::hears_question() {
  const auto left = read_question(turns_.get());
  if (!left) {
    turns_.close();
    return false;
  }
  turns_left_ = *left;
  all_turns_ = std::max(all_turns_, turns_left_);
  return true;
}

void Running::note_time_is_up(std::span<const pid_t> all) {
  answer_.timed_out = !answer_.gave_up;
  if (answer_.timed_out) answer_.at_the_limit = what_they_do(all);
}

Answer Running::end() {
  if (!answer_.error.empty()) return answer_;
  if (!over_) {
    ::kill(child_.id(), SIGTERM);
    ::kill(child_.id(), SIGCONT);  // it was stopped
    pollfd wait{child_.ended(), POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(grace.count()));
    ::kill(child_.id(), SIGKILL);
  }
  std::error_code error;
  child_.wait(error);
  answer_.wall_ns = std::chrono::nanoseconds(gone_on_).count();
  const int status = child_.native_exit_code();
  answer_.how = describe_exit(status, out_of_memory_kills() - kills_before_);
  answer_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  answer_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (output_.get() >= 0) read_ends(output_.get(), answer_.output, output_kept);
  return answer_;
}

}  // namespace runoff
