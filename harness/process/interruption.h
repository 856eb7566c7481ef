#pragma once

namespace runoff {

/// Whether SIGINT, SIGTERM or SIGHUP came: one answer for the whole process. A second signal ends it at once.
class Interruption {
 public:
  /// Throws std::system_error.
  static void install();
  static bool happened();
  /// Readable from the first signal on; -1 before `install`.
  static int descriptor();
};

}  // namespace runoff
