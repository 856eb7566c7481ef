#include "cell/outcome.h"

#include <array>

namespace runoff {
namespace {

constexpr std::array<std::pair<Status, std::string_view>, 7> statuses{{{Status::ok, "ok"},
                                                                       {Status::wrong, "wrong"},
                                                                       {Status::timeout, "timeout"},
                                                                       {Status::crashed, "crashed"},
                                                                       {Status::failed, "failed"},
                                                                       {Status::unsupported, "unsupported"},
                                                                       {Status::skipped, "skipped"}}};

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

}  // namespace runoff
