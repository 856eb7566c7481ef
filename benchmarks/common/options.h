#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace benchmarks {

/// The command line of a benchmark. What a variable holds before is its default.
class Options {
 public:
  /// `about`: what the program measures, for --help.
  Options(std::string program, const std::string& about);
  ~Options();

  // An option each, as "--rounds". One without a help text is for the program itself, when it starts itself.
  void add(const char* name, std::string& value, const char* help = nullptr);
  void add(const char* name, bool& value, const char* help);
  void add(const char* name, unsigned& value, const char* help = nullptr, unsigned least = 1,
           unsigned most = std::numeric_limits<unsigned>::max());
  void add(const char* name, std::uint64_t& value, const char* help = nullptr, std::uint64_t least = 1,
           std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  // Several values with commas between them.
  void add(const char* name, std::vector<unsigned>& values, const char* help);
  void add(const char* name, std::vector<std::string>& values, const char* help,
           const std::vector<std::string>& choices = {});

  /// Reads the command line, works, and returns the exit status: 1 after an exception, which it prints.
  int run(int count, char** arguments, const std::function<void()>& work);

 private:
  std::string program_;
  std::unique_ptr<CLI::App> app_;
};

}  // namespace benchmarks
