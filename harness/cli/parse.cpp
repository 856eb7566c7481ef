#include "cli/parse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/subcommands.h"
#include "record/version.h"
#include "support/errors.h"
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

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* one : app.get_subcommands(nullptr)) names.push_back(one->get_name());
  return names;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What a command needs and was not given; empty where that is nothing.
std::string what_is_missing(const CLI::App& command) {
  for (const auto* option : command.get_options())
    if (option->get_required() && option->count() == 0)
      return fmt::format("{} is missing: {}", option->get_type_name(), option->get_description());
  const auto known = command_names(command);
  return known.empty() ? "" : fmt::format("a command is missing; known: {}", fmt::join(known, ", "));
}

/// One line about a command line that is wrong, with the nearest command or option where one is unknown.
std::string complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& arguments) {
  const auto commands = app.get_subcommands();
  const CLI::App* deepest = &app;
  std::string called = "runoff";
  for (auto inner = commands; !inner.empty(); inner = deepest->get_subcommands()) {
    deepest = inner.front();
    called += ' ' + deepest->get_name();
  }
  const CLI::App& command = *deepest;
  const std::string help = fmt::format("see '{} --help'", called);
  const auto remaining = app.remaining(true);
  if (!remaining.empty()) {
    const std::string& first = remaining.front();
    if (first.starts_with("-")) {
      const std::string name = first.substr(0, first.find('='));
      if (command.get_option_no_throw(name) != nullptr)
        return fmt::format("option '{}' has to stand behind '{}'{} ({})", name, called,
                           contains(arguments, "--") ? " and before '--'" : "", help);
      return fmt::format("unknown option '{}'{} ({})", name, suggestion(name, option_names(command)), help);
    }
    if (!commands.empty()) return fmt::format("'{}' is one word too many ({})", first, help);
  }
  if (commands.empty() && !arguments.empty() && !arguments.front().starts_with("-"))
    return fmt::format("unknown command '{}'{} ({})", arguments.front(),
                       suggestion(arguments.front(), command_names(app)), help);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError))
    if (const std::string missing = what_is_missing(command); !missing.empty())
      return fmt::format("{} ({})", missing, help);
  return fmt::format("{} ({})", one_line(error.what()), help);
}

/// An empty word is the variable of a script that was not set. It would quietly mean the default, or 0.
void refuse_empty_words(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool option = word.starts_with("--") && word.size() > 2 && word.find('=') == word.size() - 1;
    if (!word.empty() && !option) continue;
    const std::string of = option                                    ? word.substr(0, word.size() - 1)
                           : i > 0 && words[i - 1].starts_with("--") ? words[i - 1]
                                                                     : "";
    throw UsageError(of.empty() ? "one of the words is empty; leave it out, or say what is meant"
                                : fmt::format("{}: its value is empty; leave it out, or give one", of));
  }
}

/// The option of a command that a word names, with its value or before it; nullptr where it names none.
const CLI::Option* option_named_by(const std::string& word, const CLI::App& command) {
  return word.starts_with("--") ? command.get_option_no_throw(word.substr(0, word.find('='))) : nullptr;
}

/// CLI11 would take the option after one without a value for that value.
void refuse_missing_value(const CLI::Option& option, const std::string& name, const std::string& next,
                          const CLI::App& command) {
  if (option.get_items_expected_min() > 0 && option_named_by(next, command) != nullptr)
    throw UsageError(fmt::format("{} has no value: option {} stands in its place", name, next));
}

/// "1,,2" is such a variable between others; CLI11 passes it over.
void refuse_empty_items(const std::string& name, const std::string& list) {
  const std::vector<std::string> items = split(list, ",");
  if (contains(items, ""))
    throw UsageError(
        fmt::format("{} {}: an item of this list is empty; take its comma away, or fill it in", name, list));
}

/// What CLI11 would make something else of.
void refuse_odd_values(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* command = &app;
  std::size_t i = 0;
  for (; i < words.size(); ++i) {
    const auto commands =
        command->get_subcommands([&](const CLI::App* one) { return one->get_name() == words[i]; });
    if (commands.empty()) break;
    command = commands.front();
  }
  for (; i < words.size() && words[i] != "--"; ++i) {
    const CLI::Option* option = option_named_by(words[i], *command);
    if (option == nullptr) continue;
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    if (equals == name.npos && i + 1 == words.size()) return;  // CLI11 tells that it has no value
    if (equals == name.npos) refuse_missing_value(*option, name, words[i + 1], *command);
    if (option->get_delimiter() != '\0')
      refuse_empty_items(name, equals == name.npos ? words[++i] : words[i].substr(equals + 1));
  }
}

}  // namespace

std::variant<Action, int> parse(const std::vector<std::string>& command_line) {
  CLI::App app{
      "runoff answers one question: which parallel runtime should run this work, on this machine?\n"
      "It runs the same work through every runtime, checks every answer, and says which one wins.",
      "runoff"};
  app.require_subcommand(1);
  Action action;
  add_list(app, action);
  add_run(app, action, command_line);
  add_claims(app, action, command_line);
  add_report(app, action);
  add_explain(app, action);
  add_advise(app, action, command_line);
  add_describe(app, action);
  add_show(app, action);
  add_new(app, action);
  add_check(app, action);
  add_compare(app, action, command_line);
  add_selftest(app, action);
  add_doctor(app, action);
  for (auto* one : app.get_subcommands(nullptr)) one->set_version_flag("--version", version_text());
  add_serve(app, action);  // answers --version itself
  app.set_version_flag("--version", version_text());
  const std::vector<std::string> words(command_line.begin() + 1, command_line.end());
  if (words.empty() || words.front() != "serve") refuse_empty_words(words);
  refuse_odd_values(app, words);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them from the back
    return action;
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    throw UsageError(complaint(app, error, words));
  }
}

RunOptions recorded_options(const std::vector<std::string>& command_line) {
  RunOptions options;
  if (command_line.size() < 2) return options;
  CLI::App app;
  app.allow_extras();
  add_run_options(app, options);
  try {
    app.parse(std::vector<std::string>(command_line.rbegin(), command_line.rend() - 2));
  } catch (const CLI::ParseError&) {
    // Of another version, perhaps: what was understood stays.
  }
  return options;
}

}  // namespace runoff
