#include "report/html.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "report/deflate.h"
#include "report/html_data.h"
#include "report/html_programs.h"
#include "report/pack_samples.h"
#include "support/json.h"

namespace runoff {
namespace {

constexpr std::string_view data_mark = "@data@";

}  // namespace

std::string html_page(const LoadedRun& run, const Findings& findings, const Names& names,
                      const std::filesystem::path& page, const std::filesystem::path& programs) {
  std::ifstream stream(page, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t found = text.find(data_mark);
  if (found == text.npos)
    throw ReportError(
        fmt::format("no report.html: there is no page at {}; is runoff installed whole?", page.string()));
  Json data = html_data(run, findings, names);
  pack_samples(data["cells"]);
  if (Json shown = html_programs(programs, findings); !shown.empty()) data["programs"] = std::move(shown);
  text.replace(found, data_mark.size(), deflated(to_text(data)));
  return text;
}

}  // namespace runoff
