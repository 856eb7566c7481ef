#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runoff {

/// A whole program in the idiom of a backend. A comment at its top says how it is compiled and run.
struct Program {
  std::string backend, shape;
  std::string file;  ///< its name: "independent.cpp"
  std::string text;
};

/// All programs below this folder, in which each backend has one of its own; by backend and shape.
std::vector<Program> find_programs(const std::filesystem::path& folder);

}  // namespace runoff
