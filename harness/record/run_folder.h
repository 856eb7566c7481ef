#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace runoff {

/// The folder of a run.
class RunFolder {
 public:
  /// Makes the folder, or takes one that is empty. One that holds something is refused, unless `resume` is
  /// set and it holds a run of the same plan. Throws MachineError.
  RunFolder(const std::filesystem::path& folder, bool resume, const nlohmann::ordered_json& plan);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path samples() const { return path_ / "samples.csv"; }
  std::filesystem::path environment() const { return path_ / "environment.json"; }
  /// The run's name: the time when it was begun.
  const std::string& name() const { return name_; }
  /// True where a run is gone on with.
  bool resumed() const { return resumed_; }

 private:
  std::filesystem::path path_;
  std::string name_;
  bool resumed_ = false;
};

/// results/<date>T<time>, in the local time, with a number behind it when that is taken.
std::filesystem::path default_run_folder();

}  // namespace runoff
