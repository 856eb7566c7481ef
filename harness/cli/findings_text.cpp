#include "cli/findings_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/wrap.h"
#include "support/json.h"

namespace runoff {
namespace {

Style style_of(Level level) {
  switch (level) {
    case Level::ok:
      return Style::good;
    case Level::warn:
      return Style::caution;
    case Level::bad:
      return Style::bad;
  }
  return Style::plain;
}

std::ptrdiff_t number_of(std::span<const Finding> findings, Level level) {
  return std::count_if(findings.begin(), findings.end(),
                       [level](const Finding& one) { return one.level == level; });
}

}  // namespace

bool usable(std::span<const Finding> findings) {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& one) { return one.prevents; });
}

std::string machine_conclusion(std::span<const Finding> findings) {
  if (!usable(findings)) return "Nothing can be measured on this machine before what is bad is mended.";
  const auto bad = number_of(findings, Level::bad), warnings = number_of(findings, Level::warn);
  if (bad > 0) return "This machine can be measured on, but figures mislead before what is bad is mended.";
  if (warnings > 0)
    return "This machine is fit to measure on; what is warned of makes figures less exact, or fewer.";
  return "This machine is fit to measure on.";
}

std::string findings_text(std::span<const Finding> findings, const Page& page) {
  std::size_t name_width = 0;
  for (const Finding& one : findings) name_width = std::max(name_width, one.name.size());
  const std::string indent(2 + 4 + 2 + name_width + 2, ' ');
  std::string text;
  for (const Finding& one : findings) {
    const std::string level = fmt::format("{:<4}", to_string(one.level));
    text += fmt::format("  {}  {}  {}\n", page.paint(style_of(one.level), level),
                        page.paint(Style::bold, fmt::format("{:<{}}", one.name, name_width)),
                        wrapped(one.seen + ": " + one.means + ".", indent, page.width(), indent.size()));
    // A command stays on one line, so that it can be copied.
    if (!one.mend.empty()) text += indent + page.paint(Style::dim, "$ ") + one.mend + "\n";
  }
  return text;
}

Json findings_json(std::span<const Finding> findings) {
  Json checks = Json::array();
  for (const Finding& one : findings)
    checks.push_back({{"name", one.name},
                      {"level", to_string(one.level)},
                      {"seen", one.seen},
                      {"means", one.means},
                      {"mend", one.mend.empty() ? Json() : Json(one.mend)},
                      {"prevents", one.prevents}});
  return {{"usable", usable(findings)},
          {"ok", number_of(findings, Level::ok)},
          {"warn", number_of(findings, Level::warn)},
          {"bad", number_of(findings, Level::bad)},
          {"checks", std::move(checks)}};
}

}  // namespace runoff
