#include "cell/outcome.h"

#include "fuzz.h"

// What a cell wrote before it was killed, or what a task wrote over it: an outcome whose figures can be
// looked at, or none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const FileOf file(text_of(data, size));
  if (const auto outcome = runoff::read_outcome(file.name())) {
    require(!runoff::to_string(outcome->status).empty(), "a status has a name");
    runoff::impossible_figure(*outcome);
  }
  return 0;
}
