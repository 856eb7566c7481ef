#include "cell/outcome.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <type_traits>

#include "support/descriptor.h"
#include "support/errors.h"

namespace runoff {
namespace {

constexpr std::array<std::pair<Status, std::string_view>, 7> statuses{{{Status::ok, "ok"},
                                                                       {Status::wrong, "wrong"},
                                                                       {Status::timeout, "timeout"},
                                                                       {Status::crashed, "crashed"},
                                                                       {Status::failed, "failed"},
                                                                       {Status::unsupported, "unsupported"},
                                                                       {Status::skipped, "skipped"}}};

std::filesystem::path leaders_file(const std::filesystem::path& outcome) {
  return outcome.string() + ".leaders";
}

}  // namespace

std::string_view to_string(Status status) {
  for (const auto& [one, name] : statuses)
    if (one == status) return name;
  return {};
}

std::optional<Status> parse_status(std::string_view text) {
  for (const auto& [one, name] : statuses)
    if (name == text) return one;
  return std::nullopt;
}

std::filesystem::path stop_mark(const std::filesystem::path& outcome) {
  return outcome.string() + ".stopped";
}

void note_leader(const std::filesystem::path& outcome) {
  // One byte each, appended: none can overwrite another's.
  const Descriptor file(
      ::open(leaders_file(outcome).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0 || ::write(file.get(), "+", 1) != 1)
    throw MachineError("cannot write '" + leaders_file(outcome).string() +
                       "': " + std::generic_category().message(errno) +
                       "; the process that leads must be on the host of runoff, or share its folder TMPDIR");
}

std::size_t leaders(const std::filesystem::path& outcome) {
  std::error_code none;
  const auto size = std::filesystem::file_size(leaders_file(outcome), none);
  return none ? 0 : static_cast<std::size_t>(size);
}

void forget_outcome(const std::filesystem::path& outcome) {
  for (const auto& file : {outcome, stop_mark(outcome), leaders_file(outcome)}) std::filesystem::remove(file);
}

std::string impossible_figure(const Outcome& outcome) {
  std::string found;
  const auto look = [&found]<class Value>(const char* name, const Value& value) {
    if constexpr (std::is_same_v<Value, Outcome::Number>)
      if (found.empty() && value.value_or(0) < 0)
        found = std::string(name) + " is " + std::to_string(*value) + ", and no such figure is below 0";
  };
  each_field(outcome, look);
  if (!found.empty() || outcome.status != Status::ok) return found;
  if (outcome.workers_seen && outcome.workers_most && *outcome.workers_seen > *outcome.workers_most)
    return "workers_seen is more than workers_most";
  for (const auto& [share, latency] : outcome.latency_quantiles)
    if (latency < 0) return "a latency is " + std::to_string(latency) + " ns";
  return {};
}

}  // namespace runoff
