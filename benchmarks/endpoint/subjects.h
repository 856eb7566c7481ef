#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// A server under test, from its construction to its destruction.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual std::string name() const = 0;
  virtual std::uint16_t port() const = 0;
  /// What the load asks for, to be answered after the latency.
  virtual std::string target() const = 0;
  virtual std::vector<pid_t> processes() const = 0;
};

struct Task {
  std::string latency;   ///< "50ms"
  std::size_t size = 0;  ///< bytes of an answer
};

std::unique_ptr<Subject> start_endpoint(const Task& task);
std::unique_ptr<Subject> start_nginx(const Task& task);
/// Whether nginx and its echo module are installed.
bool is_nginx_there();

struct Usage {
  double cpu_seconds = 0;
  double rss_mib = 0;
  double pss_mib = 0;
};
Usage usage_of(const std::vector<pid_t>& processes);
