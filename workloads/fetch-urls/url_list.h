#pragma once

#include <string>
#include <vector>

/// The URLs of a file, one a line. Blank lines and those that begin with # are skipped; one that begins with
/// a slash is a path on the endpoint. Throws runoff::InvalidParameter, which names the file and the line.
std::vector<std::string> read_url_list(const std::string& file);
