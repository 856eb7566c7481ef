#pragma once

#include <filesystem>
#include <string>

namespace runoff {

/// Tells one content of a file from any other: a UUID of version 5 (RFC 4122), which is made of its SHA-1. A
/// file that cannot be read counts as empty.
std::string hash_of(const std::filesystem::path& file);

}  // namespace runoff
