#include "launcher/in_turns.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "process/descendants.h"

namespace runoff {
namespace {

/// Until processes that cannot be killed are left alone.
constexpr std::chrono::seconds patience{5};

/// By this process, and by all descendants that were reaped.
std::int64_t used_ns() {
  std::int64_t used = 0;
  for (const auto of : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(of, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      used += time.tv_sec * 1'000'000'000LL + time.tv_usec * 1'000LL;
  }
  return used;
}

}  // namespace

std::optional<std::vector<Answer>> InTurns::run(
    const std::function<std::filesystem::path(std::size_t)>& make_folder) {
  answers_.resize(requests_.size());
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    all_.push_back(std::make_unique<Running>(requests_[i], make_folder(i)));
    if (!go_on(i)) return std::nullopt;
  }
  while (const auto next = furthest_back())
    if (!go_on(*next)) return std::nullopt;
  return answers_;
}

/// False where runoff is gone.
bool InTurns::go_on(std::size_t which) {
  const std::int64_t used_by_others = used_ns() - answers_[which].cpu_ns;
  auto event = Running::Event::asks;
  do {
    event = all_[which]->go_on(ears_);
    // None waits, and none is to come: it may go on at once.
  } while (event == Running::Event::asks && all_.size() == requests_.size() && others(which).empty());
  if (event == Running::Event::asks) {
    all_[which]->hold();
  } else {
    answers_[which] = end(which, event);
  }
  answers_[which].cpu_ns = used_ns() - used_by_others;
  return event != Running::Event::abandoned;
}

/// By turns in their order and against it: what changes evenly meanwhile is then the same for all.
std::optional<std::size_t> InTurns::furthest_back() const {
  const auto key = [this](std::size_t which) {
    const auto number = static_cast<std::ptrdiff_t>(which);
    return std::pair(all_[which]->place(), all_[which]->turns_left() % 2 == 0 ? number : -number);
  };
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < all_.size(); ++i)
    if (all_[i] && (!next || key(i) < key(*next))) next = i;
  return next;
}

std::vector<pid_t> InTurns::others(std::size_t which) const {
  std::vector<pid_t> others;
  for (std::size_t i = 0; i < all_.size(); ++i)
    if (all_[i] && i != which) others.push_back(all_[i]->process());
  return others;
}

/// Ends one of them where it has not ended, and all that it left.
Answer InTurns::end(std::size_t which, Running::Event event) {
  // Where runoff is gone, nothing of any is to stay.
  const auto without = event == Running::Event::abandoned ? std::vector<pid_t>{} : others(which);
  if (event != Running::Event::ended) {
    if (event == Running::Event::out_of_time) all_[which]->note_time_is_up(descendants(::getpid(), without));
    // Hundreds that work, and begin more, would leave the launcher a hundredth of a processor.
    all_[which]->hold();
    const auto own = descendants(::getpid(), without);
    for (const pid_t process : own) ::kill(process, SIGSTOP);
    ears_.shared_memory.note(own);
  }
  Answer answer = all_[which]->end();
  all_[which].reset();
  answer.left = end_descendants(patience, &ears_.shared_memory, without);
  return answer;
}

}  // namespace runoff
