#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runoff {

/// The words of a launcher's command, with the number of workers in the place of {workers}, or, where the
/// command has no such place, behind `-n` at its end; and with a folder for shared memory in the place of
/// {shared_memory}.
std::vector<std::string> launcher_words(std::string command, unsigned workers,
                                        const std::filesystem::path& shared_memory);

}  // namespace runoff
