#pragma once

#include <filesystem>
#include <functional>
#include <optional>
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

/// All of the file. Throws MachineError where it is not there, cannot be read, or is no regular file: a pipe
/// is not waited for.
std::string read_file(const std::filesystem::path& file);
/// The same, and nothing where there is no such file.
std::optional<std::string> read_if_there(const std::filesystem::path& file);
/// The same of the rest of one that is open.
std::string read_opened(int descriptor, const std::filesystem::path& file);

/// Writes all of the text to a descriptor of that file. Throws MachineError, which names the file.
void write_all(int descriptor, std::string_view text, const std::filesystem::path& file);
/// The same, and waits until it is on the disk, where the file system can do that.
void write_through(int descriptor, std::string_view text, const std::filesystem::path& file);

/// Writes all of the text to a file that was just opened for it, or not, as errno says, and closes it. Throws
/// MachineError, which names the file.
void write_opened(Descriptor descriptor, std::string_view text, const std::filesystem::path& file);

/// Makes the folder, with those above it that are missing. Throws MachineError, which says what is in the
/// way.
void make_folder(const std::filesystem::path& folder);

/// True for two names of one file, also where it is not there yet.
bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other);

/// Throws a MachineError from errno: "cannot open 'samples.csv': Permission denied".
[[noreturn]] void fail_on(const std::filesystem::path& file, const std::string& what);

}  // namespace runoff
