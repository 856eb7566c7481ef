#include "report/metg_text.h"

#include <fmt/format.h>

#include <cmath>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/list.h"
#include "support/scale.h"

namespace runoff {
namespace {

std::string name_of(const GrainCurve& curve, const Names& names) {
  return names.backend(curve.backend, curve.variant);
}

std::string interval_text(const Estimate& estimate, const auto& number) {
  if (std::isnan(estimate.low)) return "";
  const auto end = [&](double value) { return std::isinf(value) ? std::string("∞") : number(value); };
  return fmt::format("{} – {}", end(estimate.low), end(estimate.high));
}

/// Why there is no METG.
std::string missing_text(const GrainCurve& curve) {
  const bool below = curve.curve.front().share < 0.5;
  const Efficiency& point = below ? curve.curve.front() : curve.curve.back();
  return fmt::format("{}: {:.0f} % with the {} tasks, {}", below ? "not yet at 50 %" : "still above 50 %",
                     point.share * 100, below ? "longest" : "shortest", time_text(point.granularity_ns));
}

Table::Field verdict_field(Verdict verdict) {
  switch (verdict) {
    case Verdict::fastest:
      return {"shortest", Style::good};
    case Verdict::tied:
      return {"tied", Style::good};
    case Verdict::slower:
      return {"longer"};
    case Verdict::inconclusive:
      return {"inconclusive", Style::caution};
    default:
      return {""};
  }
}

Table::Row row_of(const GrainCurve& one, std::size_t rank, const Names& names) {
  const Style strength = rank == 1 ? Style::bold : Style::plain;
  const auto& ratio = one.judgement.ratio;
  const Scale scale = Scale::of_time(one.metg->value);
  const auto time = [&scale](double ns) { return scale.number(ns); };
  return {{std::to_string(rank), Style::dim},
          {name_of(one, names), strength},
          {scale.text(one.metg->value), strength},
          {interval_text(*one.metg, time), Style::dim},
          {ratio ? ratio_text(ratio->value) + " ×" : ""},
          {ratio ? interval_text(*ratio, ratio_text) : "", Style::dim},
          verdict_field(one.judgement.verdict)};
}

std::string no_peak_text(const GrainCurve& curve) {
  if (curve.end.before == 0)
    return fmt::format("No peak: no value of {0} is twice another. Sweep larger values of {0}.", curve.grain);
  return fmt::format(
      "No peak, and so no METG: from {0}={1:.15g} to {0}={2:.15g} the best rate still rose to {3} × as much. "
      "Sweep "
      "larger values of {0}; work that does not grow with {0} never has a peak.",
      curve.grain, curve.end.before, curve.end.last, ratio_text(curve.end.rise));
}

}  // namespace

std::string metg_sentence(std::span<const GrainCurve> curves, const Names& names) {
  const GrainCurve& first = curves.front();
  if (!first.peak) return no_peak_text(first);
  if (!first.metg) return "No backend's efficiency crosses 50 % here: sweep a wider range of task sizes.";
  const std::string begin = fmt::format("{} gets half of the peak from tasks of {} on", name_of(first, names),
                                        time_text(first.metg->value));
  if (std::isnan(first.metg->low)) return begin + "; too few samples for intervals.";
  std::vector<std::string> tied, open;
  const GrainCurve* next = nullptr;
  for (const GrainCurve& other : curves.subspan(1)) {
    if (other.judgement.verdict == Verdict::tied) tied.push_back(name_of(other, names));
    if (other.judgement.verdict == Verdict::inconclusive) open.push_back(name_of(other, names));
    if (other.judgement.verdict == Verdict::slower && next == nullptr) next = &other;
  }
  std::string text = begin;
  if (!tied.empty()) text += fmt::format("; so {} {}", tied.size() == 1 ? "does" : "do", listed(tied));
  if (!open.empty())
    text += fmt::format("; these samples cannot say whether {} {} longer ones", listed(open),
                        open.size() == 1 ? "needs" : "need");
  if (next != nullptr)
    text += fmt::format(
        "; {}{} needs {} × as long (95 % sure: {} ×)", open.empty() ? "" : "the first that surely does, ",
        name_of(*next, names) + (open.empty() ? "" : ","), ratio_text(next->judgement.ratio->value),
        interval_text(*next->judgement.ratio, ratio_text));
  return text + ".";
}

std::string metg_text(std::span<const GrainCurve> curves, const Names& names, const Page& page) {
  const GrainCurve& first = curves.front();
  Table table({Align::right,
               Align::left,
               Align::right,
               Align::left,
               {Align::right, 1},
               {Align::left, 2},
               Align::left});
  table.add({{""},
             {"backend", Style::dim},
             {"METG(50 %)", Style::dim},
             {"95 % interval", Style::dim},
             {"ratio", Style::dim},
             {"95 % interval", Style::dim},
             {"verdict", Style::dim}});
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const GrainCurve& one = curves[i];
    if (one.metg)
      table.add(row_of(one, i + 1, names));
    else if (one.peak)
      table.add({{""}, {name_of(one, names)}, {""}, {missing_text(one), Style::caution}});
  }
  const std::string title = first.workload + ": minimum effective task granularity";
  std::string about = fmt::format(" {}  ·  {}", spelled(first.parameters), workers_text(first.workers));
  if (first.peak)
    about += fmt::format("  ·  peak {:.4g} million {} a second", *first.peak / 1e6, first.grain);
  return page.paint(Style::bold, title) +
         page.paint(Style::dim, wrapped(about, "  ", page.width(), width(title))) + "\n" +
         (first.peak ? table.text(page) : "");
}

}  // namespace runoff
