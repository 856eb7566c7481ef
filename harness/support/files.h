#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "support/descriptor.h"

namespace runoff {

/// Writes the whole file, or leaves the one that is there: a reader never sees half of it. A device, a pipe
/// or a link stays what it is and is written to. Throws MachineError, which names the file and the reason.
void write_file(const std::filesystem::path& file, std::string_view text);

using Append = std::function<void(std::string_view text)>;
/// The same of text that `make` hands over piece by piece: for files that are large beside what else is in
/// memory.
void write_file(const std::filesystem::path& file, const std::function<void(const Append& append)>& make);

/// All of the file. Nothing of one that cannot be read.
std::string read_file(const std::filesystem::path& file);

/// Writes all of the text to a descriptor of that file. Throws MachineError, which names the file.
void write_all(int descriptor, std::string_view text, const std::filesystem::path& file);

/// Writes all of the text to a file that was just opened for it, or not, as errno says, and closes it. Throws
/// MachineError, which names the file.
void write_opened(Descriptor descriptor, std::string_view text, const std::filesystem::path& file);

/// Throws a MachineError from errno: "cannot open 'samples.csv': Permission denied".
[[noreturn]] void fail_on(const std::filesystem::path& file, const std::string& what);

}  // namespace runoff
