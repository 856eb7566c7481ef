#include <cstdint>
#include <cstdio>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "jpeg.h"
#include "picture.h"
#include "resample.h"
#include "runoff/plugin.h"

namespace {

using image_resize::colours;
using image_resize::Picture;

constexpr int quality = 90;
constexpr double least_psnr = 35;  // decibels

/// A size in pixels.
struct Size {
  std::size_t width, height;
  std::size_t bytes() const { return width * height * colours; }
  /// What a JPEG of a smooth picture needs at most: headers, and a byte a pixel, about five times the usual.
  std::size_t most_jpeg_bytes() const { return 2048 + width * height; }
};

/// How a JPEG lies in a slot: its size, then its bytes.
struct Jpeg {
  std::uint64_t size;
  unsigned char bytes[];
};

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

/// Real pictures, decoded, resized and encoded again. A task is a picture.
class ImageResize final : public runoff::Independent {
 public:
  explicit ImageResize(const runoff::Parameters& parameters)
      : images_(static_cast<std::size_t>(parameters.count("images"))),
        from_{static_cast<std::size_t>(parameters.count("width")),
              static_cast<std::size_t>(parameters.count("height"))} {
    const auto percent = static_cast<std::size_t>(parameters.count("percent"));
    to_ = {(from_.width * percent + 50) / 100, (from_.height * percent + 50) / 100};
  }

  std::size_t tasks() const override { return images_; }
  runoff::ResultLayout result() const override { return {slot_bytes(to_), alignof(Jpeg)}; }

  void layout(runoff::Memory& memory) override { inputs_ = memory.bytes(images_ * slot_bytes(from_)); }

  void fill(const runoff::Memory&) override {
    for (std::size_t image = 0; image < images_; ++image)
      encode(Picture(image).pixels(from_.width, from_.height), from_, input(image));
  }

  void run(runoff::Range range, runoff::Results results) const override {
    std::vector<unsigned char> before;
    std::vector<unsigned char> after(to_.bytes());
    for (std::size_t image = range.first; image < range.last; ++image) {
      decode(input(image), from_, before);
      if (resample(before.data(), static_cast<int>(from_.width), static_cast<int>(from_.height), after.data(),
                   static_cast<int>(to_.width), static_cast<int>(to_.height)) == 0)
        throw std::runtime_error("a picture cannot be resized: out of memory");
      encode(after, to_, results.at<Jpeg>(image));
    }
  }

  runoff::Check check(runoff::Results results) const override {
    std::vector<unsigned char> found;
    for (std::size_t image = 0; image < images_; ++image) {
      const std::string picture = "picture " + std::to_string(image);
      try {
        decode(results.at<Jpeg>(image), to_, found);
      } catch (const std::runtime_error& error) {
        return runoff::Check::wrong(picture + ": " + error.what());
      }
      const double likeness = image_resize::psnr(found, Picture(image).pixels(to_.width, to_.height));
      if (!(likeness >= least_psnr)) {
        char text[64];
        std::snprintf(text, sizeof text, ": PSNR of %.1f dB, below %.0f dB", likeness, least_psnr);
        return runoff::Check::wrong(picture + text);
      }
    }
    return runoff::Check::ok();
  }

 private:
  static std::size_t slot_bytes(Size size) {
    const std::size_t bytes = sizeof(Jpeg) + size.most_jpeg_bytes();
    return (bytes + runoff::cache_line - 1) / runoff::cache_line * runoff::cache_line;
  }
  Jpeg& input(std::size_t image) const {
    return *reinterpret_cast<Jpeg*>(inputs_ + image * slot_bytes(from_));
  }

  std::size_t images_;
  Size from_;
  Size to_;
  std::byte* inputs_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(
    ImageResize,
    {
        .name = "image-resize",
        .summary = "decodes, resizes and encodes JPEGs",
        .bound = runoff::Bound::cpu,
        .source = "libjpeg and stb_image_resize; checked against the pictures' formula, PSNR >= 35 dB",
        .parameters = {runoff::Parameter::count("images", 16, 0, 100'000, "pictures"),
                       runoff::Parameter::count("width", 512, 128, 8'192, "pixels across, before"),
                       runoff::Parameter::count("height", 384, 128, 8'192, "pixels down, before"),
                       runoff::Parameter::count("percent", 50, 25, 200,
                                                "width and height afterwards, in percent of before")},
    })
