#include "url_list.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
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

bool is_control(unsigned char c) { return c < ' ' || c == 0x7f; }
bool is_ascii(unsigned char c) { return c < 0x80; }

void check(const std::string& url, const std::string& where) try {
  // Whatever parses it may take it to end at such a character.
  if (std::any_of(url.begin(), url.end(), is_control))
    throw std::invalid_argument("it has a control character");
  // RFC 3986, 4.2: what stands behind two slashes is a server, and no path on the endpoint.
  if (url.starts_with("//"))
    throw std::invalid_argument("it names a server without http: or https: before it");
  // A path becomes part of a URL: any server will do to see whether it can.
  const std::string whole = url.starts_with('/') ? "http://endpoint" + url : url;
  const std::string origin = http::parse_url(whole).origin;
  // What curl would guess or send here, other clients do not.
  if (origin.ends_with("://")) throw std::invalid_argument("it names no host");
  if (origin.find('@') != origin.npos) throw std::invalid_argument("a user name cannot be part of it");
  if (!std::all_of(origin.begin(), origin.end(), is_ascii))
    throw std::invalid_argument("its host has to be written in its ASCII form (xn--...)");
} catch (const std::invalid_argument& error) {
  std::string shown = url;
  std::replace_if(shown.begin(), shown.end(), is_control, '?');  // a message ends at some of them
  refuse(where, "'" + shown + "' is no URL: " + error.what() +
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

/// Letters that are not ASCII, as every client sends them ("ä" is "%C3%A4"). The host has none.
std::string in_ascii(const std::string& url) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string ascii;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_ascii(byte))
      ascii += c;
    else
      ascii.append(1, '%').append(1, digits[byte / 16]).append(1, digits[byte % 16]);
  }
  return ascii;
}

}  // namespace

std::vector<std::string> read_url_list(const std::string& file) {
  std::vector<std::string> urls;
  // Every process of a sample reads it anew: a pipe would be empty by then, or would be waited for.
  if (std::error_code error; std::filesystem::is_other(file, error)) refuse(file, "it is no regular file");
  std::ifstream stream(file);
  errno = stream ? 0 : errno;
  if (stream) skip_byte_order_marks(stream, file);
  std::size_t number = 0;
  for (std::string text; std::getline(stream, text);) {
    if (text.empty()) ++number;
    std::istringstream lines(text);  // some end with \r alone
    for (std::string line; std::getline(lines, line, '\r');) {
      ++number;
      std::string url = trimmed(line);
      if (url.empty() || url.starts_with('#')) continue;
      check(url, file + ", line " + std::to_string(number));
      if (url.starts_with('/'))
        url.resize(std::min(url.find('#'), url.size()));  // no server is asked for fragments
      urls.push_back(in_ascii(url));
    }
  }
  if (!stream.eof()) refuse(file, std::generic_category().message(errno != 0 ? errno : EIO));
  if (urls.empty()) refuse(file, "it names no URL; it takes one a line, such as https://example.org/a.html");
  return urls;
}
