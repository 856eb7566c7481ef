#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace runoff::boost_process {

/// The descriptors that a follower inherits, as they travel on its command line.
struct Inheritance {
  int commands = -1;
  int answers = -1;
  int standard_error = -1;  ///< the leader's; the follower's own collects what it says while it starts

  std::vector<std::string> arguments() const;
  /// Throws std::invalid_argument.
  static Inheritance parse(std::span<const std::string> arguments);
};

/// A worker, in its own process: does what the leader commands.
class Follower {
 public:
  /// What this worker does in one execution. Gets the pipe for answers; may throw.
  using Share = std::function<void(int answers)>;

  Follower(Inheritance inheritance, Share share);

  /// Says that this worker is ready and serves until told to end, or until the leader is gone.
  void serve();

 private:
  void execute();

  Inheritance inheritance_;
  Share share_;
};

}  // namespace runoff::boost_process
