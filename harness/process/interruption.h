#pragma once

namespace runoff {

/// Turns SIGINT, SIGTERM and SIGHUP into something to look at. A second one ends this process at once.
/// One for the whole process.
class Interruption {
 public:
  /// Throws std::system_error.
  static void install();
  static bool happened();
  /// Readable from the first signal on; -1 before `install`.
  static int descriptor();
};

}  // namespace runoff
