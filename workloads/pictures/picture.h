#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "runoff/random.h"

namespace pictures {

inline constexpr std::size_t colours = 3;

/// A picture that is known at every point: each colour is a sum of a few slow waves. Pictures of one seed
/// have the same waves at every size.
class Picture {
 public:
  explicit Picture(std::uint64_t seed) {
    std::uint64_t drawn = 0;
    const auto draw = [&](double from, double to) {
      return from + (to - from) * static_cast<double>(runoff::splitmix64(seed, drawn++) >> 11) * 0x1p-53;
    };
    for (auto& colour : waves_)
      for (Wave& wave : colour) wave = {draw(15, 35), draw(0.5, 1.5), draw(0, 1), draw(0.5, 1.5), draw(0, 1)};
  }

  /// The picture's pixels, sampled in their middles: red, green, blue, row by row.
  std::vector<unsigned char> pixels(std::size_t width, std::size_t height) const {
    std::vector<double> across(width * colours * waves);
    for (std::size_t x = 0; x < width; ++x)
      for (std::size_t colour = 0; colour < colours; ++colour)
        for (std::size_t w = 0; w < waves; ++w) {
          const Wave& wave = waves_[colour][w];
          across[(x * colours + colour) * waves + w] =
              wave.height * sine(wave.across, wave.shift_across, x, width);
        }
    std::vector<unsigned char> pixels(width * height * colours);
    std::size_t i = 0;
    for (std::size_t y = 0; y < height; ++y) {
      std::array<double, colours * waves> down;
      for (std::size_t colour = 0; colour < colours; ++colour)
        for (std::size_t w = 0; w < waves; ++w)
          down[colour * waves + w] = sine(waves_[colour][w].down, waves_[colour][w].shift_down, y, height);
      for (std::size_t x = 0; x < width; ++x)
        for (std::size_t colour = 0; colour < colours; ++colour) {
          double value = 127.5;
          for (std::size_t w = 0; w < waves; ++w)
            value += across[(x * colours + colour) * waves + w] * down[colour * waves + w];
          pixels[i++] = static_cast<unsigned char>(value + 0.5);  // from 22.5 to 232.5: always in range
        }
    }
    return pixels;
  }

 private:
  static constexpr std::size_t waves = 3;
  struct Wave {
    double height;                ///< in brightness, of 255
    double across, shift_across;  ///< periods in the whole width, and where they begin
    double down, shift_down;
  };

  static double sine(double periods, double shift, std::size_t pixel, std::size_t pixels) {
    const double place = (static_cast<double>(pixel) + 0.5) / static_cast<double>(pixels);
    return std::sin(2 * std::numbers::pi * (periods * place + shift));
  }

  std::array<std::array<Wave, waves>, colours> waves_;
};

/// Peak signal-to-noise ratio in decibels of two pictures of 8 bits a colour; infinite where they are equal.
inline double psnr(const std::vector<unsigned char>& one, const std::vector<unsigned char>& other) {
  std::uint64_t squares = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    const int difference = int{one[i]} - int{other[i]};
    squares += static_cast<std::uint64_t>(difference * difference);
  }
  return 10 * std::log10(255.0 * 255.0 * static_cast<double>(one.size()) / static_cast<double>(squares));
}

}  // namespace pictures
