#pragma once

#include <string>

/// Makes a file with this content: under another name until it is whole, so that no reader ever takes a part
/// of it for all. Throws std::runtime_error, and leaves nothing behind then.
void write_whole_file(const std::string& folder, const std::string& name, const std::string& content);

/// Throws std::runtime_error.
std::string read_whole_file(const std::string& folder, const std::string& name);
