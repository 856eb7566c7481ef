#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/memory.h"
#include "runoff/random.h"

namespace files {

/// What the files hold: file i, the bytes from 8 i on of one stream of random numbers. Each is different, and
/// all together need little more memory than one.
class Contents {
 public:
  Contents(std::size_t files, std::size_t size) : files_(files), size_(size) {}

  void layout(runoff::Memory& memory) {
    words_ =
        memory.array<std::uint64_t>(files_ + (size_ + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
  }
  void fill() {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] = runoff::splitmix64(seed, i);
  }

  std::size_t files() const { return files_; }
  std::size_t size() const { return size_; }
  std::span<const std::byte> of(std::size_t file) const {
    return std::as_bytes(std::span(words_.subspan(file))).first(size_);
  }
  /// The whole words of file i, and at most one more.
  std::span<const std::uint64_t> words_of(std::size_t file) const {
    return words_.subspan(file, words_.size() - files_);
  }

 private:
  static constexpr std::uint64_t seed = 0xF11E;

  std::size_t files_;
  std::size_t size_;
  std::span<std::uint64_t> words_;
};

/// "00012.dat": names of equal length.
inline std::string name_of(std::size_t file) {
  std::string digits = std::to_string(file);
  return std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits + ".dat";
}

}  // namespace files
