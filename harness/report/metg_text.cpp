#include "report/metg_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/pairs.h"

namespace runoff {
namespace {

std::string name_of(const GrainCurve& curve, const Names& names) {
  return names.backend(curve.backend, curve.variant);
}

std::string interval_text(const Estimate& metg, const TimeScale& scale) {
  if (std::isnan(metg.low)) return "";
  return fmt::format("{} – {}", scale.number(metg.low),
                     std::isinf(metg.high) ? std::string("∞") : scale.number(metg.high));
}

/// Why there is no METG.
std::string missing_text(const GrainCurve& curve) {
  const bool never = curve.curve.front().share < 0.5;
  const Efficiency& point = never ? curve.curve.front() : curve.curve.back();
  return fmt::format("{}: {:.0f} % with tasks of {}", never ? "never gets to 50 %" : "stays above 50 %",
                     point.share * 100, time_text(point.granularity_ns));
}

bool told_apart(const Estimate& shorter, const Estimate& longer) { return shorter.high < longer.low; }

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

}  // namespace

std::string metg_sentence(std::span<const GrainCurve> curves, const Names& names) {
  const GrainCurve& first = curves.front();
  if (!first.metg) return "Nobody's efficiency crosses 50 % here: sweep a wider range of task sizes.";
  const std::string begin = fmt::format("{} gets half of the peak from tasks of {} on", name_of(first, names),
                                        time_text(first.metg->value));
  if (std::isnan(first.metg->low)) return begin + "; too few samples for intervals.";
  std::vector<std::string> open;
  const GrainCurve* next = nullptr;
  for (const GrainCurve& other : curves.subspan(1)) {
    if (!other.metg || std::isnan(other.metg->low)) continue;
    if (!told_apart(*first.metg, *other.metg))
      open.push_back(name_of(other, names));
    else if (next == nullptr)
      next = &other;
  }
  std::string text = begin;
  if (!open.empty()) text += fmt::format("; {} cannot be told from it", listed(open));
  if (next != nullptr)
    text += fmt::format("; {} needs {} × as long", name_of(*next, names),
                        ratio_text(next->metg->value / first.metg->value));
  return text + ".";
}

std::string metg_text(std::span<const GrainCurve> curves, const Names& names, const Painter& paint) {
  const GrainCurve& first = curves.front();
  const TimeScale scale(first.metg ? first.metg->value : 1e3);
  Table table({Align::right, Align::left, Align::right, Align::left});
  table.add({{""}, {"backend", Style::dim}, {"METG(50 %)", Style::dim}, {"95 % interval", Style::dim}});
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const GrainCurve& one = curves[i];
    const Style strength = i == 0 && one.metg ? Style::bold : Style::plain;
    if (one.metg)
      table.add({{std::to_string(i + 1), Style::dim},
                 {name_of(one, names), strength},
                 {scale.text(one.metg->value), strength},
                 {interval_text(*one.metg, scale), Style::dim}});
    else
      table.add({{""}, {name_of(one, names)}, {""}, {missing_text(one), Style::caution}});
  }
  std::string about;
  for (const auto& [name, value] : split_pairs(first.parameters)) about += fmt::format(" {}={}", name, value);
  about += fmt::format("  ·  {} worker{}  ·  peak {:.4g} million {} a second", first.workers,
                       first.workers == 1 ? "" : "s", first.peak / 1e6, first.grain);
  return paint(Style::bold, first.workload + ": minimum effective task granularity") + " " +
         paint(Style::dim, about) + "\n" + table.text(paint) + "  " + paint(Style::bold, "→") + " " +
         wrapped(metg_sentence(curves, names), "    ") + "\n";
}

}  // namespace runoff
