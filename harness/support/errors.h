#pragma once

#include <stdexcept>

namespace runoff {

/// What the user asked for cannot be: an unknown name, a value out of range. One line; exit status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// This machine or folder cannot be used: unwritable, taken by another run, a file that does not load. One
/// line; exit status 3.
struct MachineError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace runoff
