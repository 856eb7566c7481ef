#include "report/html.h"

#include <fmt/format.h>

#include "report/deflate.h"
#include "report/html_data.h"
#include "report/html_programs.h"
#include "report/pack_samples.h"
#include "support/files.h"
#include "support/json.h"

namespace runoff {
namespace {

constexpr std::string_view data_mark = "@data@", answers_mark = "@answers@";

std::string escaped(std::string_view text) {
  std::string markup;
  for (const char c : text) {
    if (c == '<')
      markup += "&lt;";
    else if (c == '&')
      markup += "&amp;";
    else
      markup += c;
  }
  return markup;
}

/// What is there before the script has run, and where none runs.
std::string answers_markup(const Json& answers) {
  std::string markup;
  for (const Json& one : answers)
    markup += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(one.at("about").get<std::string>()),
                          escaped(one.at("sentence").get<std::string>()));
  return markup;
}

void put(std::string_view mark, const std::string& what, std::string& page) {
  if (const std::size_t found = page.find(mark); found != page.npos) page.replace(found, mark.size(), what);
}

}  // namespace

std::string html_page(const LoadedRun& run, const Findings& findings, const Names& names,
                      const std::filesystem::path& page, const std::filesystem::path& programs) {
  std::string text = read_if_there(page).value_or("");
  if (text.find(data_mark) == text.npos)
    throw ReportError(
        fmt::format("no report.html: there is no page at {}; is runoff installed whole?", page.string()));
  Json data = html_data(run, findings, names);
  pack_samples(data["cells"]);
  if (Json shown = html_programs(programs, findings); !shown.empty()) data["programs"] = std::move(shown);
  const std::string answers = answers_markup(data.at("answers"));
  put(data_mark, deflated(to_text(data)), text);
  put(answers_mark, answers, text);
  return text;
}

}  // namespace runoff
