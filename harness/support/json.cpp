#include "support/json.h"

#include <fstream>
#include <iterator>

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace runoff {

Json parse_json(std::string_view text) { return Json::parse(text); }

Json read_json(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return parse_json(text);
}

std::string to_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace runoff
