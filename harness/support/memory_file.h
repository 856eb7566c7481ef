#pragma once

#include <span>
#include <string>

namespace runoff {

/// A file in memory without a name, empty, whose mappings have huge pages where they ask for them
/// (`madvise(2)`), if the kernel allows it here. Close-on-exec. Throws std::system_error.
int make_memory_file();

/// How other processes of this user name a file that this one has open.
std::string path_for_others(int descriptor);

/// Opens the first of such files that no other process has opened so, for Memory::reuse. Its pages stay: to
/// find as many anew takes several times as long. Close-on-exec. Throws std::system_error, also where others
/// have all of them.
int reuse_memory_file(std::span<const std::string> paths);

/// Whether the kernel really gives huge pages to claims of a Memory in such a file, here and now, also where
/// it was opened by its path.
bool has_huge_pages();

}  // namespace runoff
