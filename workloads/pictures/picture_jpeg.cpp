#include "picture_jpeg.h"

#include <cstdio>
#include <stdexcept>

#include "jpeg.h"
#include "resample.h"

namespace pictures {
namespace {

constexpr int quality = 90;
constexpr double least_psnr = 35;  // decibels

}  // namespace

void encode(const std::vector<unsigned char>& pixels, Size size, Jpeg& jpeg) {
  char message[jpeg_message_size];
  std::size_t bytes = size.most_jpeg_bytes();
  if (jpeg_write(pixels.data(), static_cast<unsigned>(size.width), static_cast<unsigned>(size.height),
                 quality, jpeg.bytes, &bytes, message) != 0)
    throw std::runtime_error(std::string("a picture cannot be encoded: ") + message);
  jpeg.size = bytes;
}

void decode(const Jpeg& jpeg, Size size, std::vector<unsigned char>& pixels) {
  pixels.resize(size.bytes());
  char message[jpeg_message_size];
  if (jpeg.size > size.most_jpeg_bytes())
    throw std::runtime_error("a JPEG of " + std::to_string(jpeg.size) + " bytes where at most " +
                             std::to_string(size.most_jpeg_bytes()) + " fit");
  if (jpeg_read(jpeg.bytes, jpeg.size, pixels.data(), static_cast<unsigned>(size.width),
                static_cast<unsigned>(size.height), message) != 0)
    throw std::runtime_error(std::string("a JPEG cannot be decoded: ") + message);
}

void resize(const std::vector<unsigned char>& before, Size from, std::vector<unsigned char>& after, Size to) {
  after.resize(to.bytes());
  if (resample(before.data(), static_cast<int>(from.width), static_cast<int>(from.height), after.data(),
               static_cast<int>(to.width), static_cast<int>(to.height)) == 0)
    throw std::runtime_error("a picture cannot be resized: out of memory");
}

std::string difference(const Jpeg& jpeg, Size size, std::uint64_t seed) {
  std::vector<unsigned char> found;
  try {
    decode(jpeg, size, found);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  const double likeness = psnr(found, Picture(seed).pixels(size.width, size.height));
  if (likeness >= least_psnr) return {};
  char text[64];
  std::snprintf(text, sizeof text, "PSNR of %.1f dB, below %.0f dB", likeness, least_psnr);
  return text;
}

}  // namespace pictures
