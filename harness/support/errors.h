#pragma once

#include <stdexcept>

namespace runoff {

/// What the user asked for cannot be: an unknown name, a value out of range. The message is one line. runoff
/// ends with exit status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// This machine or folder cannot be used: it is not writable, another run has it, a file does not load. The
/// message is one line. runoff ends with exit status 3.
struct MachineError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace runoff
