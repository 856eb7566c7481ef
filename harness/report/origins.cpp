#include "report/origins.h"

#include <algorithm>
#include <map>

#include "report/wrap.h"

namespace runoff {
namespace {

/// The first that holds for the variant, as the module gave them.
std::string origin_of(const Cell& cell, const Origins& origins) {
  const auto found = origins.find(cell.backend);
  if (found == origins.end()) return {};
  const Pairs options = parse_pairs(cell.variant);
  for (const auto& [variant, text] : found->second) {
    const Pairs wanted = parse_pairs(variant);
    if (std::all_of(wanted.begin(), wanted.end(), [&options](const auto& pair) {
          return std::find(options.begin(), options.end(), pair) != options.end();
        }))
      return text;
  }
  return {};
}

}  // namespace

std::string origins_text(const LoadedRun& run, const Findings& findings, const Names& names,
                         const Page& page) {
  std::map<std::string, std::map<std::string, std::string>> origins;  // of backends, by label
  for (const Cell& cell : findings.compared)
    if (const std::string origin = origin_of(cell, run.origins); !origin.empty())
      origins[cell.backend][names.backend(cell.backend, cell.variant)] = origin;
  if (origins.empty()) return {};
  std::string text = "How to get them";
  const char* before = ": ";
  for (const auto& [backend, labels] : origins) {
    const std::string& first = labels.begin()->second;
    const bool one =
        std::all_of(labels.begin(), labels.end(), [&](const auto& label) { return label.second == first; });
    for (const auto& [label, origin] : one ? std::map<std::string, std::string>{{backend, first}} : labels) {
      text += before + label + " (" + origin + ")";
      before = ", ";
    }
  }
  text += ".";
  return page.paint(Style::dim, wrapped(text, "", page.width())) + "\n\n";
}

}  // namespace runoff
