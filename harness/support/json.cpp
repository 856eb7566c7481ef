#include "support/json.h"

#include <algorithm>

#include "support/files.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace runoff {

Json parse_json(std::string_view text) { return Json::parse(text); }

Json read_json(const std::filesystem::path& file) { return parse_json(read_file(file)); }

std::string to_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

bool is_utf8(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return true;
  try {
    Json(text).dump();
    return true;
  } catch (const JsonError&) {
    return false;
  }
}

}  // namespace runoff
