#include <fmt/format.h>

#include <exception>

#include "cli/commands.h"
#include "cli/parse.h"
#include "support/errors.h"

namespace {

int complain(const std::string& message, int status) {
  fmt::print(stderr, "runoff: {}\n", message);
  return status;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const auto parsed = runoff::parse({arguments, arguments + count});
    if (const int* status = std::get_if<int>(&parsed)) return *status;
    return std::get<runoff::Action>(parsed)();
  } catch (const runoff::UsageError& error) {
    return complain(error.what(), runoff::exit_usage);
  } catch (const std::exception& error) {  // MachineError, and what the standard library throws
    return complain(error.what(), runoff::exit_unusable);
  }
}
