#include "machine/file_system.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

namespace runoff {
namespace {

/// The kernel writes blanks and backslashes in names as \040 and the like.
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 3 < text.size();
    plain += escaped
                 ? static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'))
                 : text[i];
    if (escaped) i += 3;
  }
  return plain;
}

bool lies_below(const std::string& folder, const std::string& mount) {
  return mount == "/" || folder == mount || folder.starts_with(mount + "/");
}

}  // namespace

FileSystem find_file_system(const std::string& folder, std::istream& mounts) {
  FileSystem found;
  std::size_t longest = 0;
  for (std::string line; std::getline(mounts, line);) {
    // "36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw": any number of fields before the dash.
    std::istringstream stream(line);
    std::vector<std::string> fields;
    for (std::string field; stream >> field && field != "-";) fields.push_back(field);
    std::string type, device;
    if (fields.size() < 6 || !(stream >> type >> device)) continue;
    const std::string mount = without_escapes(fields[4]);
    // The last mount at a place hides the ones before it.
    if (!lies_below(folder, mount) || mount.size() < longest) continue;
    longest = mount.size();
    found = {type, without_escapes(device)};
  }
  return found;
}

FileSystem file_system_of(const std::string& folder) {
  std::error_code error;
  const auto plain = std::filesystem::canonical(folder, error);
  if (error) return {};
  std::ifstream mounts("/proc/self/mountinfo");
  return find_file_system(plain.string(), mounts);
}

}  // namespace runoff
