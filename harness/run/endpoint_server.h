#pragma once

#include <filesystem>
#include <string>

#include "process/child.h"
#include "support/descriptor.h"

namespace runoff {

/// `runoff serve` while a run lasts, on a free port of the loopback. A child of runoff itself, not of the
/// launcher, whose descendants are counted and ended with each cell. It ends when runoff does, in whatever
/// way.
class EndpointServer {
 public:
  /// Throws MachineError when it does not start.
  explicit EndpointServer(std::filesystem::path executable);
  ~EndpointServer() { stop(); }
  EndpointServer(const EndpointServer&) = delete;
  EndpointServer& operator=(const EndpointServer&) = delete;

  /// "http://127.0.0.1:40000".
  const std::string& url() const { return url_; }
  pid_t process() const { return process_.id(); }

  /// Starts it anew where it has ended, at another URL, and says how it had: "was killed by SIGKILL". Empty
  /// while it runs. Throws MachineError.
  std::string revive();

 private:
  void start();
  void stop();
  std::string read_url();

  std::filesystem::path executable_;
  Child process_;
  Descriptor output_;
  Descriptor errors_;
  std::string url_;
};

}  // namespace runoff
