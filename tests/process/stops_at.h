#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace runoff {

/// Says that a process is to stop at its look of that number at the clock or at what it waits for, counted
/// from when `from` is there. The first process of the program `name` that has stops_at.cpp in it, or loaded
/// before all others, does so.
class StopsAt {
 public:
  StopsAt(const std::string& name, int look, const std::filesystem::path& from) {
    ::setenv("RUNOFF_TEST_STOPS", name.c_str(), 1);
    ::setenv("RUNOFF_TEST_STOPS_AT", std::to_string(look).c_str(), 1);
    ::setenv("RUNOFF_TEST_STOPS_FROM", from.c_str(), 1);
  }
  ~StopsAt() {
    for (const auto* name : {"RUNOFF_TEST_STOPS", "RUNOFF_TEST_STOPS_AT", "RUNOFF_TEST_STOPS_FROM"})
      ::unsetenv(name);
  }
  StopsAt(const StopsAt&) = delete;
  StopsAt& operator=(const StopsAt&) = delete;
};

}  // namespace runoff
