#pragma once

namespace runoff::cell {

/// A file in memory without a name, empty, whose mappings have huge pages where they ask for them
/// (`madvise(2)`), if the kernel allows it here. Close-on-exec. Throws std::system_error.
int make_memory_file();

}  // namespace runoff::cell
