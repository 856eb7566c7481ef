#include "catalog/silence.h"

#include <string_view>

#include "support/text.h"

namespace runoff {
namespace {

/// What runoff-cell itself has to say begins so; the rest was printed by the module.
constexpr std::string_view cell_says = "runoff-cell: ";

/// Its exit status then; where it could not say why, its standard error was closed.
constexpr int cell_failed = 3;

/// All that it says, on one line. How the process was ended stands behind what it printed.
std::string words(const Captured& answer) {
  std::string text = one_line(answer.error);
  if (const auto end = text.rfind(" ; it was "); end != text.npos) text.erase(end, 1);
  return text.starts_with(cell_says) ? text.substr(cell_says.size()) : text;
}

}  // namespace

bool does_cell_say_why(const Captured& answer) {
  return answer.exit_code > 0 && answer.error.find(cell_says) != std::string::npos;
}

std::string with_printed(std::string text, const Captured& answer) {
  const std::string printed = one_line(answer.error);
  return printed.empty() ? text : text + "; it printed: " + printed;
}

std::string why_silent(const Captured& answer, const Doing& doing) {
  if (answer.too_slow && !answer.output.empty())
    return "it gave its answer, but its process does not end: look at " + std::string(doing.where);
  if (answer.too_slow)
    return "it " + answer.error + ", so " + doing.what + " does not end: look at " + doing.where;
  if (answer.error.find("it was killed by") != std::string::npos)
    return words(answer) + " " + doing.when +
           (answer.error.ends_with("SIGBUS") ? "; is the file whole?" : "");
  if (answer.exit_code < 0 || does_cell_say_why(answer)) return words(answer);
  std::string text = "it ended the process with exit status " + std::to_string(answer.exit_code) + " " +
                     doing.when + "; " + doing.rule;
  if (answer.exit_code == cell_failed && answer.error.empty())
    text += ", and must not close descriptors that are not its own";
  return with_printed(text, answer);
}

}  // namespace runoff
