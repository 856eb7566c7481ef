#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "record/sample.h"
#include "statistics/series.h"

namespace runoff {

/// A folder that is gone when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "runoff-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream stream(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }

 private:
  std::filesystem::path path_;
};

/// In the order in which they are given.
inline std::string csv_of(std::vector<Sample> samples) {
  std::string text = csv_line(sample_columns());
  std::int64_t order = 0;
  for (Sample& sample : samples) {
    sample.order = order++;
    text += csv_line(to_row(sample));
  }
  return text;
}

/// Six samples that all take as long.
inline std::vector<Sample> constant(const std::string& backend, std::int64_t workers, std::int64_t wall,
                                    std::size_t n = 6) {
  return samples(backend, workers, std::vector<std::int64_t>(n, wall));
}

}  // namespace runoff
