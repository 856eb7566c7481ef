#include "report/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace runoff {
namespace {

std::string base64(const std::vector<unsigned char>& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t given = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < given ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= given ? digits[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace

std::string deflated(std::string_view text) {
  uLongf size = ::compressBound(text.size());
  std::vector<unsigned char> bytes(size);
  if (::compress2(bytes.data(), &size, reinterpret_cast<const Bytef*>(text.data()), text.size(),
                  Z_BEST_COMPRESSION) != Z_OK)
    throw std::runtime_error("zlib cannot compress the data of report.html");
  bytes.resize(size);
  return base64(bytes);
}

}  // namespace runoff
