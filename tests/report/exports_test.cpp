#include <sstream>

#include "folder.h"
#include "report/report.h"
#include "support/json.h"

namespace runoff {
namespace {

/// What is exported of serial and of tbb, which takes half the time.
void export_run(const Folder& folder, const std::string& backend) {
  folder.write("samples.csv", csv_of(constant("serial", 1, 300'000) + constant(backend, 2, 150'000)));
  std::ostringstream out, errors;
  report({folder.path()}, out, errors,
         {.plots = false,
          .scripts = {},
          .exports = {folder.path() / "run.md", folder.path() / "run.json"},
          .terminal_width = {}});
  EXPECT_EQ(errors.str(), "");
}

TEST(Exports, MarkdownHasAnswersAndTables) {
  const Folder folder;
  export_run(folder, "tbb");
  const std::string text = folder.read("run.md");
  EXPECT_TRUE(text.starts_with("- **primes**: tbb wins: 150 µs with 2 workers, 2.00 × as fast as serial"))
      << text;
  EXPECT_NE(text.find("| tbb | 2 | 150 µs | 150 µs – 150 µs | 2.00 × | fastest |\n"), text.npos) << text;
  EXPECT_NE(text.find("| serial | 1 | 300 µs | 300 µs – 300 µs | 1.00 × | slower |\n"), text.npos) << text;
}

TEST(Exports, NoNameIsMarkup) {
  const Folder folder;
  export_run(folder, "<b>|*a*");
  EXPECT_NE(folder.read("run.md").find("| \\<b\\>\\|\\*a\\* | 2 |"), std::string::npos)
      << folder.read("run.md");
}

TEST(Exports, AHyphenPrintsThemAndNothingElse) {
  const Folder folder;
  export_run(folder, "tbb");
  const auto printed = [&folder](const Exports& exports) {
    std::ostringstream out, errors;
    report({folder.path()}, out, errors,
           {.plots = false, .scripts = {}, .exports = exports, .terminal_width = {}});
    EXPECT_EQ(errors.str(), "");
    return out.str();
  };
  EXPECT_EQ(printed({"-", {}}), folder.read("run.md"));
  EXPECT_EQ(printed({{}, "-"}), folder.read("run.json"));
  EXPECT_EQ(printed({folder.path() / "again.md", "-"}), folder.read("run.json"));
  EXPECT_EQ(folder.read("again.md"), folder.read("run.md"));
}

TEST(Exports, JsonHasWhatThePageShows) {
  const Folder folder;
  export_run(folder, "tbb");
  const Json data = parse_json(folder.read("run.json"));
  EXPECT_EQ(data.at("cells").size(), 2U);
  EXPECT_EQ(data.at("cells").at(1).at("median"), 150'000);
}

}  // namespace
}  // namespace runoff
