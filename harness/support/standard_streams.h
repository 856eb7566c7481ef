#pragma once

#include <string>
#include <string_view>

namespace runoff {

/// As write(2), but goes on until all is written, and waits where a pipe or a socket that does not block is
/// full. Returns how many bytes were written; where they are fewer than all, errno says why.
std::size_t write_patiently(int descriptor, std::string_view text);

/// From now on standard output is written so, by C's streams and by C++'s: a program that shares it, or the
/// one before, may have set it not to block. Not for a process in which work is measured. Called once.
void wait_for_readers();

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
