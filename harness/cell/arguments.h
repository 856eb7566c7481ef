#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace runoff::cell {

enum class Mode { measure, describe, probe, host };

/// The command line of runoff-cell, without Google Benchmark's own flags.
struct Arguments {
  Mode mode = Mode::measure;
  std::string describe;  ///< the module to describe
  std::string workload;  ///< a module's file
  std::string backend;   ///< a module's file
  std::map<std::string, std::string> parameters;
  std::map<std::string, std::string> variant;
  unsigned workers = 1;
  std::string label;   ///< the benchmark's name; empty: made from the others
  std::string result;  ///< the file for the outcome; empty: the terminal
  std::vector<int> cpus;
  bool pin = false;
  /// Of all warm executions together; where it is not given, `measure` chooses it.
  std::optional<std::chrono::nanoseconds> minimum_time;
  std::int64_t iterations = 0;  ///< 0: as many as the minimum time takes
  bool huge_pages = false;      ///< for large claims of the memory
  /// With such pages, which other cells had before; none: a fresh one is made.
  std::vector<std::string> memory_files;
  int turns = 0;                    ///< the launcher with which turns are taken; 0: none is
  std::string stamps;               ///< the file that some more executions are stamped in; empty: none is
  bool stamp_pieces = false;        ///< a loop that is one chunk is stamped in pieces
  int memory = -1;                  ///< a follower's inherited memory
  std::vector<std::string> follow;  ///< a follower's arguments for its backend

  /// The arguments as they were given. Followers are given them too.
  std::vector<std::string> given;
};

/// Nothing when the process is to end now with `exit_code`: after --help, or after a message on standard
/// error.
std::optional<Arguments> parse_arguments(int argc, char** argv, int& exit_code);

}  // namespace runoff::cell
