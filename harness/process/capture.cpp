#include "process/capture.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "process/descendants.h"
#include "process/spawn.h"
#include "process/waits.h"
#include "runoff/worker_exit.h"
#include "support/proc.h"
#include "support/text.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t at_once = 8;
constexpr std::chrono::seconds patience{2};
constexpr std::size_t output_kept = std::size_t{1} << 20;

/// One process while it runs.
class Capture {
 public:
  Capture(std::size_t place, const std::vector<std::string>& command, Captured& into,
          std::chrono::milliseconds limit)
      : place_(place), into_(&into), limit_(limit) {
    try {
      start(command);
    } catch (const std::system_error& error) {
      const auto& code = error.code();
      refused_ = code == std::errc::resource_unavailable_try_again ||
                 code == std::errc::too_many_files_open || code == std::errc::too_many_files_open_in_system;
      into.error = "cannot start '" + command.at(0) + "': " + code.message();
    }
  }

  /// Whether a limit on processes or on descriptors kept it from being started.
  bool refused() const { return refused_; }
  int ended() const { return process_.valid() ? process_.ended() : -1; }
  int output() const { return output_.get(); }
  int errors() const { return errors_.get(); }

  /// The time is `now`. This process was stopped for so long, and its own with it: that is no time that they
  /// took.
  void note_time(Clock::time_point now, Clock::duration stopped) {
    now_ = now;
    began_ += stopped;
  }

  /// Its command's place, once, when it has taken long.
  std::optional<std::size_t> keeps_waiting() {
    if (told_ || time_taken() < patience) return std::nullopt;
    told_ = true;
    return place_;
  }

  /// Reads what is there; true when the process has ended or was killed for taking too long.
  bool advance() {
    if (!process_.valid()) return true;
    if (output_.get() >= 0 && !read_ends(output_.get(), into_->output, output_kept)) output_.close();
    if (errors_.get() >= 0 && !read_ends(errors_.get(), into_->error, output_kept)) errors_.close();
    pollfd ended{process_.ended(), POLLIN, 0};
    const bool has_ended = ::poll(&ended, 1, 0) > 0;
    const bool too_long = !has_ended && time_taken() >= limit_;
    if (!has_ended && !too_long) return false;
    if (too_long) ::kill(process_.id(), SIGKILL);
    std::error_code ignored;
    process_.wait(ignored);
    const int status = process_.native_exit_code();
    // What it wrote between our read and its end.
    if (output_.get() >= 0) read_ends(output_.get(), into_->output, output_kept);
    if (errors_.get() >= 0) read_ends(errors_.get(), into_->error, output_kept);
    if (WIFEXITED(status)) into_->exit_code = WEXITSTATUS(status);
    if (too_long)
      give_up();
    else if (WIFSIGNALED(status))
      into_->error += (into_->error.empty() ? "it " : "; it ") +
                      describe_exit(status, out_of_memory_kills() - kills_before_);
    return true;
  }

 private:
  void start(const std::vector<std::string>& command) {
    auto [output, output_end] = make_pipe();
    auto [errors, errors_end] = make_pipe();
    process_ = spawn({command, {}, -1, output_end.get(), errors_end.get()});
    output_ = std::move(output);
    errors_ = std::move(errors);
  }

  Clock::duration time_taken() const { return now_ - began_; }

  void give_up() {
    std::string text = "gave no answer within " + std::to_string(limit_.count()) + " ms";
    if (const std::string printed = one_line(into_->error); !printed.empty())
      text += "; it printed: " + printed;
    into_->error = std::move(text);
    into_->too_slow = true;
  }

  std::size_t place_;
  Captured* into_;
  Clock::time_point began_ = Clock::now();
  Clock::time_point now_ = began_;
  std::chrono::milliseconds limit_;
  std::uint64_t kills_before_ = out_of_memory_kills();
  Child process_;
  Descriptor output_;
  Descriptor errors_;
  bool refused_ = false, told_ = false;
};

}  // namespace

std::vector<Captured> capture_all(const std::vector<std::vector<std::string>>& commands,
                                  std::chrono::milliseconds limit,
                                  const std::function<void(std::size_t)>& waiting) {
  adopt_orphans();
  const auto others = children_of(::getpid());
  std::vector<Captured> captured(commands.size());
  std::vector<Capture> running;
  std::size_t next = 0;
  Waits waits;
  while (next < commands.size() || !running.empty()) {
    for (; next < commands.size() && running.size() < at_once; ++next) {
      Capture one(next, commands[next], captured[next], limit);
      if (one.refused() && !running.empty()) {  // it is tried again when one has ended
        captured[next] = {};
        break;
      }
      running.push_back(std::move(one));
    }
    std::vector<pollfd> wait;
    for (const auto& one : running)
      for (const int descriptor : {one.ended(), one.output(), one.errors()})
        wait.push_back({descriptor, POLLIN, 0});
    const auto waited = waits.wait_for(wait, std::chrono::milliseconds(100));
    for (Capture& one : running) one.note_time(waited.now, waited.stopped);
    std::erase_if(running, [](Capture& one) { return one.advance(); });
    for (Capture& one : running)
      if (const auto place = one.keeps_waiting(); place && waiting) waiting(*place);
  }
  end_descendants(patience, nullptr, others);
  return captured;
}

}  // namespace runoff
