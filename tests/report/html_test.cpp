#include "report/html.h"

#include <zlib.h>

#include <sstream>

#include "folder.h"
#include "report/report.h"
#include "support/json.h"

namespace runoff {
namespace {

/// The other way round than the page's data are packed: by the library's own words, not by runoff's.
std::string inflated(const std::string& base64) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes, text(1 << 20, ' ');
  unsigned held = 0, bits = 0;
  for (const char c : base64) {
    if (c == '=') break;
    held = held << 6 | static_cast<unsigned>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 255U);
  }
  uLongf size = text.size();
  EXPECT_EQ(::uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                         reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()),
            Z_OK);
  return text.substr(0, size);
}

/// What `report` makes of these samples with a page that is all data.
Json shown(const std::vector<Sample>& samples, const std::string& environment = "") {
  const Folder folder;
  folder.write("samples.csv", csv_of(samples));
  if (!environment.empty()) folder.write("environment.json", environment);
  folder.write("page", "@data@");
  std::ostringstream out, errors;
  report({folder.path()}, out, errors,
         {.plots = false, .scripts = {}, .page = folder.path() / "page", .terminal_width = {}});
  EXPECT_EQ(errors.str(), "");
  EXPECT_TRUE(out.str().ends_with((folder.path() / "report.html").string() + "\n")) << out.str();
  return parse_json(inflated(folder.read("report.html")));
}

TEST(Html, NoTextCanEndTheScriptThatItIsIn) {
  const Folder folder;
  std::vector<Sample> all = constant("</script><script>", 1, 30);
  all.front().detail = "<!-- \u00e9";
  folder.write("samples.csv", csv_of(all));
  folder.write("page", "<script>@data@</script>");
  std::ostringstream out, errors;
  report({folder.path()}, out, errors,
         {.plots = false, .scripts = {}, .page = folder.path() / "page", .terminal_width = {}});
  const std::string page = folder.read("report.html");
  const std::string data = page.substr(8, page.size() - 17);
  EXPECT_EQ(data.find('<'), data.npos) << data;
  const Json cell = parse_json(inflated(data)).at("cells").at(0);
  EXPECT_EQ(cell.at("backend"), "</script><script>");
  EXPECT_EQ(cell.at("samples").at("detail").at(0), "<!-- \u00e9");
}

TEST(Html, TheAnswersAreThereWithoutAScript) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("<b>&", 1, 30) + constant("tbb", 1, 60)));
  folder.write("page", "@data@<dl>@answers@</dl>");
  std::ostringstream out, errors;
  report({folder.path()}, out, errors,
         {.plots = false, .scripts = {}, .page = folder.path() / "page", .terminal_width = {}});
  const std::string page = folder.read("report.html");
  const std::string answers = page.substr(page.find("<dl>"));
  EXPECT_NE(answers.find("<dt>primes</dt><dd>&lt;b>&amp; wins: 30 ns"), answers.npos) << answers;
}

TEST(Html, EachCellIsThereWithAllItsSamplesAndItsPartInTheContest) {
  auto lost = constant("mpi", 2, 1, 3);
  lost[1].status = Status::crashed;
  lost[1].wall_ns.reset();
  lost[1].detail = "killed by signal 9";
  const Json data = shown(constant("serial", 1, 300) + constant("tbb", 1, 310) +
                          samples("tbb", 2, {150, 151, 152, 153, 154, 155}) + lost);
  const Json& cells = data.at("cells");
  ASSERT_EQ(cells.size(), 4U);
  std::map<std::string, Json> by_name;
  for (const Json& cell : cells)
    by_name[cell.at("label").get<std::string>() + std::to_string(cell.at("workers").get<int>())] = cell;
  EXPECT_EQ(by_name["tbb2"].at("samples").at("wall"), Json::parse("[150, 1, 0, 1, 2, 3, 4, 5]"));
  EXPECT_EQ(by_name["tbb1"].at("samples").at("wall"), 310);
  EXPECT_EQ(by_name["tbb1"].at("samples").at("round"), Json::parse("[0, 1, 0, 1, 2, 3, 4, 5]"));
  EXPECT_EQ(by_name["tbb2"].at("place"), 1);
  EXPECT_EQ(by_name["tbb2"].at("times"), 1);
  EXPECT_EQ(by_name["tbb1"].at("contest"), "outdone");
  EXPECT_FALSE(by_name["tbb1"].contains("place"));
  EXPECT_NEAR(by_name["serial1"].at("times").get<double>(), 300 / 152.5, 1e-5);
  EXPECT_EQ(by_name["mpi2"].at("contest"), "crashed");
  EXPECT_EQ(by_name["mpi2"].at("samples").at("status"), Json::parse(R"(["ok", "crashed", "ok"])"));
  EXPECT_EQ(by_name["mpi2"].at("samples").at("wall"), Json::parse("[1, 1, 0, null, 0]"));
  EXPECT_FALSE(by_name["mpi2"].contains("median"));
  EXPECT_EQ(data.at("answers").size(), 1U);
}

TEST(Html, AnExperimentNamesTheCellsThatMakeItAgain) {
  const Json data = shown(constant("serial", 1, 300) + constant("tbb", 2, 150),
                          R"({"experiments": [{"experiment": "a1", "about": "x", "says": "twice", "rows": [
        {"workload": "primes", "parameters": "n=1000", "backend": "tbb", "variant": "", "workers": 2, "published": "4 s"},
        {"workload": "primes", "parameters": "n=1000", "backend": "tbb", "variant": "", "workers": 3, "published": ""}]}]})");
  const Json& experiment = data.at("experiments").at(0);
  EXPECT_EQ(experiment.at("name"), "a1");
  EXPECT_EQ(experiment.at("says"), "twice");
  const Json& rows = experiment.at("rows");
  EXPECT_EQ(rows.at(0).at("published"), "4 s");
  EXPECT_EQ(data.at("cells").at(rows.at(0).at("cell").get<std::size_t>()).at("label"), "tbb");
  EXPECT_FALSE(rows.at(1).contains("cell"));
  EXPECT_FALSE(rows.at(1).contains("published"));
}

TEST(Html, OfManySharesACurveKeepsTheSlowEnd) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 30)));
  std::string rows = "run,order,workload,parameters,backend,variant,workers,sample,quantile,latency_ns\r\n";
  for (int share = 1; share <= 100; ++share)
    rows += ",0,primes,n=1000,tbb,,2,0," + std::to_string(share / 100.0) + "," + std::to_string(share * 10) +
            "\r\n";
  folder.write("latencies.csv", rows);
  folder.write("page", "@data@");
  std::ostringstream out, errors;
  report({folder.path()}, out, errors,
         {.plots = false, .scripts = {}, .page = folder.path() / "page", .terminal_width = {}});
  const Json curve = parse_json(inflated(folder.read("report.html"))).at("cells").at(0).at("latencies");
  EXPECT_LE(curve.size(), 31U);
  EXPECT_EQ(curve.front(), Json::parse("[0.01, 10]"));
  EXPECT_EQ(Json(curve.end()[-11]), Json::parse("[0.9, 900]"));
  EXPECT_EQ(curve.back(), Json::parse("[1.0, 1000]"));
}

TEST(Html, WithoutItsPageThereIsNoReportAndOneLineSaysSo) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 30)));
  folder.write("report.html", "of the run as it was before");
  std::ostringstream out, errors;
  EXPECT_EQ(report({folder.path()}, out, errors,
                   {.plots = false, .scripts = {}, .page = folder.path() / "none", .terminal_width = {}}),
            0);
  EXPECT_EQ(errors.str(), "no report.html: there is no page at " + (folder.path() / "none").string() +
                              "; is runoff installed whole?\n");
  EXPECT_FALSE(folder.has("report.html"));
}

TEST(Html, TheChecklistSaysWhatTheRunLacks) {
  const auto met = [](const Json& data) {
    std::string words;
    for (const Json& check : data.at("checklist")) words += check.at("met").get<std::string>() + " ";
    return words;
  };
  const Json lacking = shown(constant("tbb", 2, 30, 3));
  EXPECT_EQ(met(lacking), "no yes yes yes no yes not asked yes no yes not asked yes ");
  const Json whole =
      shown(constant("serial", 1, 60) + constant("tbb", 2, 30),
            R"({"commit": "1", "command_line": ["runoff"], "left_out": [{"sentence": "left out: x"}]})");
  EXPECT_EQ(met(whole), "yes yes yes yes yes yes yes yes yes yes yes yes ");
}

}  // namespace
}  // namespace runoff
