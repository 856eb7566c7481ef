#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

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
/// A file's. Throws JsonError, and MachineError where it cannot be read.
Json read_json(const std::filesystem::path& file);
/// A whole number that `Number` holds. Throws JsonError for any other value: the library would convert it,
/// and a large fraction to no number at all.
template <class Number>
Number whole_number(const Json& value) {
  const auto fits = [&value](auto number) {
    if (!std::in_range<Number>(number))
      throw Json::out_of_range::create(406, "a number that is too large", &value);
    return static_cast<Number>(number);
  };
  if (value.is_number_unsigned()) return fits(value.get_ref<const Json::number_unsigned_t&>());
  if (value.is_number_integer()) return fits(value.get_ref<const Json::number_integer_t&>());
  throw Json::type_error::create(302, "no whole number", &value);
}
/// The same of a member, or `otherwise` where there is none.
template <class Number>
Number whole_number(const Json& object, const char* name, Number otherwise) {
  const auto found = object.find(name);
  return found == object.end() ? otherwise : whole_number<Number>(*found);
}
/// On one line, or indented by this many blanks. Bytes that are no UTF-8 are replaced.
std::string to_text(const Json& json, int indent = -1);
/// Whether these bytes are UTF-8, as JSON has to be.
bool is_utf8(std::string_view text);

}  // namespace runoff
