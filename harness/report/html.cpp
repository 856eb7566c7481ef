#include "report/html.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "report/html_data.h"
#include "report/html_programs.h"
#include "report/pack_samples.h"
#include "support/json.h"

namespace runoff {
namespace {

constexpr std::string_view data_mark = "@data@";

/// JSON that stands in a script element: no text in it can end the element, or begin a comment.
std::string inside_script(const Json& data) {
  std::string safe;
  for (const char c : to_text(data)) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

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
  text.replace(found, data_mark.size(), inside_script(data));
  return text;
}

}  // namespace runoff
