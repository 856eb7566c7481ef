#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

#include "child.h"
#include "runoff/worker_exit.h"

/// Reaps a child that has ended. Nothing when it left with status 0, else what became of it.
/// `kills_before` is `out_of_memory_kills()` from before it began.
inline std::optional<std::string> reap_and_describe(Child& child, std::uint64_t kills_before) {
  const std::string name = "worker process " + std::to_string(child.id()) + " ";
  try {
    const auto status = child.reap();
    if (!status) return std::nullopt;
    return name + runoff::describe_exit(*status, runoff::out_of_memory_kills() - kills_before);
  } catch (const std::system_error&) {
    return name + "ended, and was reaped elsewhere before it could be asked how";
  }
}
