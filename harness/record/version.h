#pragma once

#include <string>

namespace runoff {

/// What `--version` prints: the version, the commit, and how this was compiled.
std::string version_text();

}  // namespace runoff
