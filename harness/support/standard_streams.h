#pragma once

#include <string>

namespace runoff {

/// Prints on standard error. Where it cannot be written (a full disk, a gone terminal, a closed pipe) the
/// text is lost and nothing else is: what a program says beside its work never ends it.
void say(const std::string& text);

/// Says a warning, as a line of its own.
void warn(const std::string& text);

/// Writes out what was printed on standard output. Returns why some of it could not be written; else nothing.
std::string output_problem();
/// The same, but throws it as MachineError.
void require_output();

}  // namespace runoff
