#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "picture.h"

namespace pictures {

/// A size in pixels.
struct Size {
  std::size_t width, height;

  std::size_t bytes() const { return width * height * colours; }
  /// What a JPEG of a smooth picture needs at most: headers, and a byte a pixel, about five times the usual.
  std::size_t most_jpeg_bytes() const { return 2048 + width * height; }
  Size scaled(std::size_t percent) const {
    return {(width * percent + 50) / 100, (height * percent + 50) / 100};
  }
};

/// How a JPEG lies in memory: its size, then its bytes.
struct Jpeg {
  std::uint64_t size;
  unsigned char bytes[];
};

/// All of these throw std::runtime_error.
void encode(const std::vector<unsigned char>& pixels, Size size, Jpeg& jpeg);
void decode(const Jpeg& jpeg, Size size, std::vector<unsigned char>& pixels);
void resize(const std::vector<unsigned char>& before, Size from, std::vector<unsigned char>& after, Size to);

/// What is wrong with a JPEG that is to show the picture of this seed; empty when it is like it: a PSNR of at
/// least 35 dB.
std::string difference(const Jpeg& jpeg, Size size, std::uint64_t seed);

}  // namespace pictures
