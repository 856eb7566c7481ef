#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace runoff {

/// What modules and their parameters may be called, so that the command line and the CSV can name them.
inline constexpr const char* name_rule =
    "a name has at most 64 letters, digits, '-' and '_', and begins with a letter: my-pool";
inline constexpr std::size_t longest_name = 64;

inline bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto fits = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return !text.empty() && text.size() <= longest_name && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), fits);
}

/// What the values of a choice may be, likewise.
inline constexpr const char* word_rule = "a choice is a word without blanks and none of , : ; = * \" '";

inline bool is_word(std::string_view text) {
  const auto fits = [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f' &&
           std::string_view(",:;=*\"'").find(c) == std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace runoff
