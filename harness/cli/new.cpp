#include <fmt/format.h>

#include <cctype>
#include <filesystem>

#include "cli/commands.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/install.h"
#include "support/names.h"
#include "support/shell.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

void require_name(const std::string& name) {
  if (!is_name(name)) throw UsageError(fmt::format("'{}' is no name for a module: {}", name, name_rule));
}

/// "my-pool" as a class: "MyPoolBackend". What it ends with keeps it from being called as the SDK's are.
std::string class_name(const std::string& name, const char* end) {
  std::string text;
  bool capital = true;
  for (const char c : name) {
    const bool between = c == '-' || c == '_';
    if (!between) text += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    capital = between;
  }
  return text + end;
}

std::string filled_in(std::string text, const std::string& mark, const std::string& value) {
  for (std::size_t at = 0; (at = text.find(mark, at)) != text.npos; at += value.size())
    text.replace(at, mark.size(), value);
  return text;
}

/// Where `find_package(runoff)` finds this runoff: installed, or as it was built.
fs::path package_of(const Install& install) {
  const fs::path prefix = install.bin.parent_path();
  for (const fs::path& folder : {prefix / "lib" / "cmake" / "runoff", prefix}) {
    std::error_code error;
    if (fs::exists(folder / "runoffConfig.cmake", error)) return folder;
  }
  throw MachineError(
      fmt::format("there is no runoffConfig.cmake below {}; is runoff installed whole?", prefix.string()));
}

}  // namespace

int make_new(const NewCommand& command) {
  require_name(command.name);
  const Install install = find_install();
  const bool backend = command.kind == "backend";
  const fs::path folder = command.name;
  std::error_code error;
  if (fs::exists((backend ? install.backends : install.workloads) / (command.name + ".so"), error))
    throw UsageError(
        fmt::format("there is a {} '{}' already; choose another name", command.kind, command.name));
  if (fs::exists(folder, error))
    throw MachineError(
        fmt::format("'{}' is there already; choose another name, or remove it", folder.string()));
  const std::string package = shell_quoted(package_of(install).string());
  const auto fill = [&](const std::string& from, const std::string& to) {
    std::string text = read_file(install.templates() / (from + ".in"));
    for (const auto& [mark, value] : {std::pair<std::string, std::string>{"@NAME@", command.name},
                                      {"@CLASS@", class_name(command.name, backend ? "Backend" : "Workload")},
                                      {"@KIND@", command.kind}})
      text = filled_in(text, mark, value);
    write_file(folder / to, text);
  };
  make_folder(folder);
  fill("CMakeLists.txt", "CMakeLists.txt");
  fill((backend ? "backend" : command.shape) + ".cpp", command.name + ".cpp");
  const std::string plugin = fmt::format("{0}/build/{0}.so", command.name);
  const std::string runoff = shell_quoted((install.bin / "runoff").string());
  fmt::print("{0}/CMakeLists.txt\n{0}/{0}.cpp\n\nto build, to check and to measure it:\n\n", command.name);
  fmt::print("cmake -S {0} -B {0}/build -Drunoff_DIR={1}\ncmake --build {0}/build\n", command.name, package);
  fmt::print("{} check --plugin {}\n", runoff, plugin);
  fmt::print("{} run --plugin {} {}\n", runoff, plugin,
             backend ? fmt::format("--backends serial,std-thread,{} --workloads primes", command.name)
                     : fmt::format("--workloads {}", command.name));
  return exit_well;
}

}  // namespace runoff
