#pragma once

namespace runoff {

/// Whether a signal came that asks for an end: SIGINT, SIGTERM, SIGHUP, and those by which batch systems and
/// limits of processor time say that it is near: SIGUSR1, SIGUSR2, SIGXCPU. One answer for the whole process.
/// A second signal ends it at once.
class Interruption {
 public:
  /// Throws std::system_error.
  static void install();
  static bool happened();
  /// Readable from the first signal on; -1 before `install`.
  static int descriptor();
};

}  // namespace runoff
