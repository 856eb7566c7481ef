#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

// Its members are compiled in json.cpp alone, as are the reader and the writer below: they take seconds in
// each source that has its own.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace runoff {

/// JSON; objects keep the order in which they were filled. Headers that only name it include
/// <nlohmann/json_fwd.hpp>.
using Json = nlohmann::ordered_json;
using JsonError = Json::exception;

/// Throws JsonError.
Json parse_json(std::string_view text);
/// A file's. Throws JsonError, also where there is no such file.
Json read_json(const std::filesystem::path& file);
/// On one line, or indented by this many blanks. Bytes that are no UTF-8 are replaced.
std::string to_text(const Json& json, int indent = -1);

}  // namespace runoff
