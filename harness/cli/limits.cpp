#include "cli/limits.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdint>
#include <new>
#include <optional>
#include <system_error>
#include <utility>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

/// Nothing where there is none.
std::optional<std::int64_t> limit_of(__rlimit_resource_t resource) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return static_cast<std::int64_t>(limit.rlim_cur);
}

/// " ('ulimit -d' allows 1.0 MiB)", the first of these that is limited.
std::string memory_limit() {
  for (const auto& [resource, option] : {std::pair{RLIMIT_AS, 'v'}, std::pair{RLIMIT_DATA, 'd'}})
    if (const auto most = limit_of(resource))
      return fmt::format(" ('ulimit -{}' allows {})", option, format_bytes(*most));
  return {};
}

}  // namespace

void require_room_on_the_stack() {
  constexpr std::int64_t least = 128 << 10;  // with half of it Python crashes, and says nothing
  if (const auto most = limit_of(RLIMIT_STACK); most && *most < least)
    throw MachineError(
        fmt::format("a stack may have {} here, and {} is the least; 'ulimit -s 8192' allows more",
                    format_bytes(*most), format_bytes(least)));
}

std::string with_remedy(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
    return "there is no memory left" + memory_limit();
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  if (system == nullptr || system->code() != std::errc::too_many_files_open) return error.what();
  return fmt::format("{}: {} are allowed; 'ulimit -n 1024' allows more", error.what(),
                     limit_of(RLIMIT_NOFILE).value_or(0));
}

}  // namespace runoff
