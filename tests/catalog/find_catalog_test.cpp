#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catalog/catalog.h"
#include "support/temporary.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// An installation whose runoff-cell notes which modules it is asked for, and describes each by its file's
/// name.
class FindCatalog : public ::testing::Test {
 protected:
  FindCatalog() {
    write_text(install_.cell(), "#!/bin/sh\nasked=" + asked_.string() + R"(
name=$(basename "$2" .so)
echo "$name" >> "$asked"
case $2 in
  */workloads/*) echo '{"kind": "workload", "bound": "cpu", "shape": "independent",' ;;
  *) echo '{"kind": "backend",' ;;
esac
echo "\"name\": \"$name\"}"
)");
    fs::permissions(install_.cell(), fs::perms::owner_all);
    for (const char* name : {"one", "other"}) write_text(install_.backends / (std::string(name) + ".so"), "");
    for (const char* name : {"sums", "texts"})
      write_text(install_.workloads / (std::string(name) + ".so"), "");
    write_text(install_.backends / "gone.absent.json", R"({"reason": "no library"})");
    write_text(folder_.path() / "mine.so", "");
  }

  /// Those that were asked, in order.
  std::vector<std::string> asked() const {
    std::ifstream file(asked_);
    std::vector<std::string> names{std::istream_iterator<std::string>(file), {}};
    std::sort(names.begin(), names.end());
    return names;
  }

  TemporaryFolder folder_;
  fs::path asked_ = folder_.path() / "asked";
  Install install_{folder_.path() / "bin", folder_.path() / "backends", folder_.path() / "workloads",
                   folder_.path() / "share"};
};

std::vector<std::string> names_of(const auto& modules) {
  std::vector<std::string> names;
  for (const auto& one : modules) names.push_back(one.name);
  return names;
}

using Names = std::vector<std::string>;

TEST_F(FindCatalog, AsksEachModule) {
  const Catalog catalog = find_catalog(install_, {});
  EXPECT_EQ(names_of(catalog.backends), (Names{"gone", "one", "other"}));
  EXPECT_EQ(names_of(catalog.workloads), (Names{"sums", "texts"}));
  EXPECT_EQ(asked(), (Names{"one", "other", "sums", "texts"}));
}

TEST_F(FindCatalog, AsksOnlyThoseThatAreNamedAndPlugIns) {
  const std::vector<std::string> names{"texts", "one", "gone", "nowhere"};
  const std::vector<fs::path> plugins{folder_.path() / "mine.so"};
  const Catalog catalog = find_catalog(install_, plugins, names);
  EXPECT_EQ(names_of(catalog.backends), (Names{"gone", "mine", "one"}));
  EXPECT_EQ(names_of(catalog.workloads), (Names{"texts"}));
  EXPECT_EQ(asked(), (Names{"mine", "one", "texts"}));
}

}  // namespace
}  // namespace runoff
