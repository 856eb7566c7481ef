#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/terminal.h"
#include "report/wrap.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds redraw{100};
constexpr std::chrono::seconds next_line{10};

constexpr std::size_t usual_width = 80;

}  // namespace

ProgressLine::ProgressLine(bool quiet, bool tell_failures)
    : quiet_(quiet), tells_failures_(tell_failures), moving_(!quiet && is_terminal(stderr)) {}

void ProgressLine::show(const Progress& progress) {
  if (tells_failures_ && is_failure(progress.sample->status)) tell_failure(progress);
  if (quiet_) return;
  const auto now = Clock::now();
  const std::size_t percent = 100 * progress.done / progress.total;
  const bool last = progress.verdicts == 0 && progress.done == progress.total;
  std::string line =
      progress.verdicts == 0
          ? fmt::format("{}/{} samples ({} %), about {} left", progress.done, progress.total, percent,
                        format_time(progress.left))
          : fmt::format("{} samples, {} of {} verdicts settled, about {} left at most", progress.done,
                        progress.settled, progress.verdicts, format_time(progress.left));
  if (moving_) {
    if (now - last_ < redraw && !last) return;
    line += "  " + progress.cell->label;
    say(fmt::format("\r\x1b[K{}", line.substr(0, terminal_width(stderr).value_or(usual_width) - 1)));
    shown_ = true;
  } else {
    const bool first = last_ == Clock::time_point{};
    const bool settled_more = progress.settled != last_settled_;
    if (!first && !last && !settled_more && percent < last_percent_ + 10 && now - last_ < next_line) return;
    say(fmt::format("{}\n", line));
  }
  last_ = now;
  last_percent_ = percent;
  last_settled_ = progress.settled;
}

void ProgressLine::tell(const std::string& sentence) {
  if (quiet_) return;
  clear();
  say(wrapped(sentence, "  ", terminal_width(stderr).value_or(usual_width)) + "\n");
}

void ProgressLine::clear() {
  if (!shown_) return;
  say("\r\x1b[K");
  shown_ = false;
}

void ProgressLine::tell_failure(const Progress& progress) {
  const std::string name = fmt::format("{} ({})", progress.cell->label, progress.cell->parameters);
  if (!failed_.insert(name + std::string(to_string(progress.sample->status))).second) return;
  clear();
  say(fmt::format("{}: {}: {}\n", bold(std::string(to_string(progress.sample->status)), stderr), name,
                  progress.sample->detail));
}

}  // namespace runoff
