#include <fcntl.h>

#include <vector>

#include "cli/parse.h"
#include "fuzz.h"
#include "support/errors.h"

// A command line, a word a line: understood, answered, or refused as UsageError with a sentence. What a run's
// environment.json keeps of one is read the same way.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // What --help prints goes nowhere.
  if (const int nowhere = ::open("/dev/null", O_WRONLY); nowhere >= 0) ::dup2(nowhere, STDOUT_FILENO);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> words{"runoff"};
  std::string_view left = text_of(data, size);
  while (!left.empty()) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    words.emplace_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  try {
    runoff::parse(words);
  } catch (const runoff::UsageError& refused) {
    require(*refused.what() != '\0', "a refusal says why");
  }
  const runoff::RunOptions options = runoff::recorded_options(words);
  const auto ask = [](auto question) {
    try {
      question();
    } catch (const runoff::UsageError& refused) {
      require(*refused.what() != '\0', "a refusal says why");
    }
  };
  ask([&] { require(options.time_limit().count() > 0, "a time limit is a time"); });
  ask([&] {
    require(options.tie_precision() > 0 && options.tie_precision() <= 0.5, "a precision is a share");
  });
  ask([&] { options.launcher_commands(); });
  return 0;
}
