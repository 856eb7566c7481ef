#pragma once

#include <cstddef>

namespace prices {

// Nanoseconds from before a worker is made until it has ended, having done nothing. All throw
// std::system_error.

double thread();
double forked_process();
double spawned_process();  // of /bin/true

/// Private memory of this many bytes, each of its small pages written, as long as this lives.
class Touched {
 public:
  explicit Touched(std::size_t size);
  Touched(const Touched&) = delete;
  Touched& operator=(const Touched&) = delete;
  ~Touched();

 private:
  std::size_t size_;
  void* base_;
};

}  // namespace prices
