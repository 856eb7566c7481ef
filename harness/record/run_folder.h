#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace runoff {

/// The folder of a run.
class RunFolder {
 public:
  /// Makes the folder, or takes one that is empty. With `resume` it also takes one that holds a run of the
  /// same plan. Throws MachineError for any other.
  RunFolder(const std::filesystem::path& folder, bool resume, const nlohmann::ordered_json& plan);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path samples() const { return path_ / "samples.csv"; }
  std::filesystem::path environment() const { return path_ / "environment.json"; }
  /// The run's name: the time when it was begun.
  const std::string& name() const { return name_; }
  /// True where the folder held a run, which goes on.
  bool resumed() const { return resumed_; }
  /// Removes what was made for a run that never began: nothing of one that goes on, or of what others put
  /// there.
  void discard() const;

 private:
  void make();
  void begin(const nlohmann::ordered_json& plan) const;
  void go_on(const nlohmann::ordered_json& plan);
  void remove_made() const;

  std::filesystem::path path_;
  std::string name_;
  bool resumed_ = false;
  std::vector<std::filesystem::path> made_;  ///< folders, the innermost first
};

/// True for what such a folder holds, under whatever name it is reached: the file's own, or a link.
bool is_file_of_run(const std::filesystem::path& file, const std::filesystem::path& folder);

/// results/<date>T<time>, in the local time. A number follows where there is such a folder.
std::filesystem::path default_run_folder();

}  // namespace runoff
