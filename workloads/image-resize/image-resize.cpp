#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "picture.h"
#include "picture_jpeg.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

using pictures::Jpeg;
using pictures::Picture;
using pictures::Size;

/// Real pictures, decoded, resized and encoded again. A task is a picture.
class ImageResize final : public runoff::Independent, public runoff::PythonForm {
 public:
  explicit ImageResize(const runoff::Parameters& parameters)
      : images_(static_cast<std::size_t>(parameters.count("images"))),
        from_{static_cast<std::size_t>(parameters.count("width")),
              static_cast<std::size_t>(parameters.count("height"))},
        to_(from_.scaled(static_cast<std::size_t>(parameters.count("percent")))) {}

  std::size_t tasks() const override { return images_; }
  runoff::ResultLayout result() const override { return {slot_bytes(to_), alignof(Jpeg)}; }

  void layout(runoff::Memory& memory) override { inputs_ = memory.bytes(images_ * slot_bytes(from_)); }

  void fill(const runoff::Memory&) override {
    for (std::size_t image = 0; image < images_; ++image)
      pictures::encode(Picture(image).pixels(from_.width, from_.height), from_, input(image));
  }

  void run(runoff::Range range, runoff::Results results) const override {
    std::vector<unsigned char> before, after;
    for (std::size_t image = range.first; image < range.last; ++image) {
      pictures::decode(input(image), from_, before);
      pictures::resize(before, from_, after, to_);
      pictures::encode(after, to_, results.at<Jpeg>(image));
    }
  }

  const runoff::PythonForm* python() const override { return this; }
  std::span<const std::byte> python_input(std::size_t image) const override {
    const Jpeg& jpeg = input(image);
    return std::as_bytes(std::span(jpeg.bytes, jpeg.size));
  }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    auto& jpeg = results.at<Jpeg>(answer.task);
    if (answer.value.size() > to_.most_jpeg_bytes())
      throw runoff::WrongInput("picture " + std::to_string(answer.task) + ": a JPEG of " +
                               std::to_string(answer.value.size()) + " bytes where at most " +
                               std::to_string(to_.most_jpeg_bytes()) + " fit");
    jpeg.size = answer.value.size();
    std::memcpy(jpeg.bytes, answer.value.data(), answer.value.size());
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t image = 0; image < images_; ++image)
      if (const std::string wrong = pictures::difference(results.at<Jpeg>(image), to_, image); !wrong.empty())
        return runoff::Check::wrong("picture " + std::to_string(image) + ": " + wrong);
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
        .checked_at = {"images=5"},
        .parameters = {runoff::Parameter::count("images", 16, 0, 100'000, "pictures"),
                       runoff::Parameter::count("width", 512, 128, 8'192, "pixels across, before"),
                       runoff::Parameter::count("height", 384, 128, 8'192, "pixels down, before"),
                       runoff::Parameter::count("percent", 50, 25, 200,
                                                "width and height afterwards, in percent of before")},
    })
