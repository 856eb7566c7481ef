#include "url_list.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "runoff/errors.h"
#include "url.h"

namespace {

constexpr const char* blanks = " \t\r";

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

[[noreturn]] void refuse(const std::string& where, const std::string& why) {
  throw runoff::InvalidParameter("'file' cannot be used: " + where + ": " + why);
}

void check(const std::string& url, const std::string& where) try {
  // A path becomes part of a URL: any server will do to see whether it can.
  http::parse_url(url.starts_with('/') ? "http://endpoint" + url : url);
} catch (const std::invalid_argument& error) {
  refuse(where, "'" + url + "' is no URL: " + error.what() +
                    "; it takes one a line, such as https://example.org/a.html or, on the endpoint, /a.html");
}

/// Skips the mark that some editors put before the first line, each one more.
void skip_byte_order_marks(std::istream& stream, const std::string& file) {
  for (std::streamoff begin = 0;; begin += 3) {
    std::array<char, 3> mark{};
    stream.read(mark.data(), mark.size());
    const std::string_view read(mark.data(), static_cast<std::size_t>(stream.gcount()));
    if (read.starts_with("\xff\xfe") || read.starts_with("\xfe\xff"))
      refuse(file, "it is UTF-16; save it as UTF-8");
    if (stream.bad()) return;
    if (read == "\xef\xbb\xbf") continue;
    stream.clear();
    stream.seekg(begin);
    return;
  }
}

/// Letters that are not ASCII, as every client sends them ("ä" is "%C3%A4"), but for those of the host.
std::string in_ascii(const std::string& url) {
  constexpr const char* digits = "0123456789ABCDEF";
  const std::size_t path =
      url.starts_with('/') ? 0 : std::min(url.find_first_of("/?#", url.find("://") + 3), url.size());
  std::string ascii = url.substr(0, path);
  for (const char c : url.substr(path)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      ascii += c;
    else
      ascii.append(1, '%').append(1, digits[byte / 16]).append(1, digits[byte % 16]);
  }
  return ascii;
}

}  // namespace

std::vector<std::string> read_url_list(const std::string& file) {
  std::vector<std::string> urls;
  std::ifstream stream(file);
  errno = stream ? 0 : errno;
  if (stream) skip_byte_order_marks(stream, file);
  std::string line;
  for (std::size_t number = 1; std::getline(stream, line); ++number) {
    std::string url = trimmed(line);
    if (url.empty() || url.starts_with('#')) continue;
    check(url, file + ", line " + std::to_string(number));
    if (url.starts_with('/'))
      url.resize(std::min(url.find('#'), url.size()));  // no server is asked for fragments
    urls.push_back(in_ascii(url));
  }
  if (!stream.eof()) refuse(file, std::generic_category().message(errno != 0 ? errno : EIO));
  if (urls.empty()) refuse(file, "it names no URL; it takes one a line, such as https://example.org/a.html");
  return urls;
}
