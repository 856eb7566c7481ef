#include <fmt/format.h>

#include <exception>

#include "cli/commands.h"
#include "cli/usage.h"
#include "support/errors.h"

namespace {

constexpr const char* version = "runoff " RUNOFF_VERSION;

int complain(const std::string& message, int status) {
  fmt::print(stderr, "runoff: {}\n", message);
  return status;
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app{
      "runoff answers one question: which parallel runtime should run this work, on this machine?\n"
      "It runs the same work through every runtime, checks every answer, and says which one wins.",
      "runoff"};
  app.require_subcommand(1);
  runoff::Action action;
  runoff::add_list(app, action);
  runoff::add_run(app, action, {arguments, arguments + count});
  runoff::add_report(app, action);
  for (auto* one : app.get_subcommands(nullptr)) one->set_version_flag("--version", version);
  runoff::add_serve(app, action);  // answers --version itself
  app.set_version_flag("--version", version);
  try {
    app.parse(count, arguments);
    return action();
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    return complain(runoff::explain(app, error, {arguments + 1, arguments + count}), runoff::exit_usage);
  } catch (const runoff::UsageError& error) {
    return complain(error.what(), runoff::exit_usage);
  } catch (const std::exception& error) {  // MachineError, and what the standard library throws
    return complain(error.what(), runoff::exit_unusable);
  }
}
