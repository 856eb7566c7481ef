#pragma once

#include <array>
#include <csignal>

namespace runoff {

/// Those that ask for an end. By the last three batch systems and limits of processor time say that it is
/// near.
inline constexpr std::array signals_that_interrupt{SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU};

/// Whether one of these came: one answer for the whole process. A second ends it at once.
class Interruption {
 public:
  /// Throws std::system_error.
  static void install();
  static bool happened();
  /// Readable from the first signal on; -1 before `install`.
  static int descriptor();
};

}  // namespace runoff
