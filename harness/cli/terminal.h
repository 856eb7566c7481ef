#pragma once

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace runoff {

/// Of one of the two: standard output may be a stream that has none (wait_for_readers).
inline int descriptor_of(std::FILE* stream) { return stream == stdout ? STDOUT_FILENO : STDERR_FILENO; }

/// True where a person reads along on a terminal that can move its cursor.
inline bool is_terminal(std::FILE* stream) {
  const char* kind = std::getenv("TERM");
  return ::isatty(descriptor_of(stream)) == 1 && kind != nullptr && std::string(kind) != "dumb";
}

/// True where colour is welcome; see no-color.org.
inline bool has_colour(std::FILE* stream) {
  const char* unwanted = std::getenv("NO_COLOR");
  return is_terminal(stream) && (unwanted == nullptr || *unwanted == '\0');
}

/// Characters in a line of the terminal; nothing where the stream leads elsewhere.
inline std::optional<std::size_t> terminal_width(std::FILE* stream) {
  winsize size{};
  if (!is_terminal(stream) || ::ioctl(descriptor_of(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return {};
  return size.ws_col;
}

/// True where the locale's characters are UTF-8.
inline bool has_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* locale = std::getenv(name);
    if (locale == nullptr || *locale == '\0') continue;
    const std::string known = locale;
    return known.find("UTF-8") != known.npos || known.find("utf8") != known.npos ||
           known.find("utf-8") != known.npos;
  }
  return false;
}

/// Bold where there is colour.
inline std::string bold(const std::string& text, std::FILE* stream) {
  return has_colour(stream) ? "\x1b[1m" + text + "\x1b[0m" : text;
}

}  // namespace runoff
