#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace runoff {

/// True where a person reads along on a terminal that can move its cursor.
inline bool is_terminal(std::FILE* stream) {
  const char* kind = std::getenv("TERM");
  return ::isatty(::fileno(stream)) == 1 && kind != nullptr && std::string(kind) != "dumb";
}

/// True where colour is welcome; see no-color.org.
inline bool has_colour(std::FILE* stream) {
  const char* unwanted = std::getenv("NO_COLOR");
  return is_terminal(stream) && (unwanted == nullptr || *unwanted == '\0');
}

/// Bold where there is colour.
inline std::string bold(const std::string& text, std::FILE* stream) {
  return has_colour(stream) ? "\x1b[1m" + text + "\x1b[0m" : text;
}

}  // namespace runoff
