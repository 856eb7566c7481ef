#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>

#include "report/report.h"

namespace runoff {

/// A file that the user names for what a command writes beside its run. Empty: none.
struct WrittenFile {
  const char* option;
  std::filesystem::path file;
};

std::array<WrittenFile, 2> exported_files(const Exports& exports);

/// Throws UsageError where one of them is a file of a run in these folders, or two are the same.
void require_own_files(std::span<const WrittenFile> files, std::span<const std::filesystem::path> folders);

/// Why nothing can be measured for a file of this name: it cannot be written in the end. Empty where it can,
/// as CLI11 has it, and for "-", standard output.
std::string why_not_written(const std::string& name);

}  // namespace runoff
