#include "catalog/programs.h"

#include <algorithm>
#include <tuple>

#include "support/errors.h"
#include "support/files.h"

namespace runoff {

std::vector<Program> find_programs(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<Program> programs;
  std::error_code error;
  for (const auto& backend : fs::directory_iterator(folder, error))
    for (const auto& file : fs::directory_iterator(backend.path(), error)) {
      try {
        programs.push_back({backend.path().filename().string(), file.path().stem().string(),
                            file.path().filename().string(), read_file(file.path())});
      } catch (const MachineError&) {
        // One that cannot be read is none.
      }
    }
  std::sort(programs.begin(), programs.end(), [](const Program& a, const Program& b) {
    return std::tie(a.backend, a.shape) < std::tie(b.backend, b.shape);
  });
  return programs;
}

}  // namespace runoff
