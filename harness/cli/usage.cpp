#include "cli/usage.h"

#include <fmt/format.h>

#include "support/nearest.h"
#include "support/text.h"

namespace runoff {
namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

}  // namespace

std::string explain(const CLI::App& app, const CLI::ParseError& error,
                    const std::vector<std::string>& arguments) {
  const auto commands = app.get_subcommands();
  const CLI::App& command = commands.empty() ? app : *commands.front();
  const std::string help =
      fmt::format("see '{} --help'", commands.empty() ? "runoff" : "runoff " + command.get_name());
  const auto remaining = app.remaining(true);
  if (!remaining.empty()) {
    const std::string& first = remaining.front();
    if (first.starts_with("-")) {
      const std::string name = first.substr(0, first.find('='));
      return fmt::format("unknown option '{}'{} ({})", name, suggestion(name, option_names(command)), help);
    }
    if (!commands.empty()) return fmt::format("'{}' is one word too many ({})", first, help);
  }
  if (commands.empty() && !arguments.empty() && !arguments.front().starts_with("-")) {
    std::vector<std::string> names;
    for (const auto* one : app.get_subcommands(nullptr)) names.push_back(one->get_name());
    return fmt::format("unknown command '{}'{} ({})", arguments.front(), suggestion(arguments.front(), names),
                       help);
  }
  return fmt::format("{} ({})", one_line(error.what()), help);
}

}  // namespace runoff
