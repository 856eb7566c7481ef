#pragma once

namespace runoff {

/// A file in memory without a name, empty, whose mappings have huge pages where they ask for them
/// (`madvise(2)`), if the kernel allows it here. Close-on-exec. Throws std::system_error.
int make_memory_file();

/// Whether the kernel really gives huge pages to claims of a Memory in such a file, here and now.
bool has_huge_pages();

}  // namespace runoff
