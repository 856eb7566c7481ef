#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "launcher/running.h"

namespace runoff {

/// Processes of which one goes on at a time. Each has the machine to itself until it ends or asks for a turn;
/// when all have, the one that stands furthest back in its batch goes on next.
class InTurns {
 public:
  InTurns(const std::vector<Request>& requests, Running::Ears ears) : requests_(requests), ears_(ears) {}

  /// Runs them all, each with a folder that `make_folder` makes as its TMPDIR, and answers in their order.
  /// Whenever one has ended, so has all that it started. Nothing where runoff is gone.
  std::optional<std::vector<Answer>> run(
      const std::function<std::filesystem::path(std::size_t)>& make_folder);

 private:
  bool go_on(std::size_t which);
  std::optional<std::size_t> furthest_back() const;
  std::vector<pid_t> others(std::size_t which) const;
  Answer end(std::size_t which, Running::Event event);

  const std::vector<Request>& requests_;
  Running::Ears ears_;
  std::vector<std::unique_ptr<Running>> all_;  ///< those that were started; null where they have ended
  std::vector<Answer> answers_;
};

}  // namespace runoff
