#include "report/html_views.h"

#include <algorithm>
#include <cmath>

#include "report/answers.h"
#include "report/host_scaling_text.h"
#include "report/metg_text.h"
#include "report/prices_text.h"
#include "report/scaling_text.h"
#include "report/sentence.h"
#include "report/sweep_names.h"
#include "report/sweep_text.h"
#include "report/weak_scaling_text.h"
#include "statistics/median.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

/// "n=1000, grain=10".
std::string with_commas(std::string_view pairs) {
  std::string text;
  for (const auto& [name, value] : parse_pairs(pairs))
    text += (text.empty() ? "" : ", ") + name + "=" + value;
  return text;
}

/// The choices of a sweep, in the order in which they first appear.
std::vector<Choice> choices_of(const Sweep& sweep) {
  std::vector<Choice> all;
  for (const Stop& stop : sweep.stops)
    for (const Placed& one : stop.placed)
      if (std::find(all.begin(), all.end(), one.choice) == all.end()) all.push_back(one.choice);
  std::sort(all.begin(), all.end());
  return all;
}

Json stop_of(const Stop& stop, const std::vector<Choice>& choices, const HtmlPlaces& places) {
  double least = 0;
  for (const Placed& one : stop.placed)
    if (one.judgement.rank == 1) least = median(one.cell->wall.values);
  Json placed = Json::array();
  for (const Placed& one : stop.placed) {
    const auto choice = std::find(choices.begin(), choices.end(), one.choice);
    Json entry = {{"choice", choice - choices.begin()},
                  {"cell", places.of(*one.cell)},
                  {"verdict", one.judgement.word}};
    if (one.judgement.rank && least > 0) entry["times"] = median(one.cell->wall.values) / least;
    placed.push_back(std::move(entry));
  }
  return {{"value", stop.value}, {"number", stop.number}, {"placed", std::move(placed)}};
}

Json reigns_of(const Sweep& sweep, const std::vector<Choice>& choices) {
  Json all = Json::array();
  for (const Reign& reign : reigns(sweep)) {
    Json reigning = Json::array();
    for (const Choice& choice : reign.choices)
      reigning.push_back(std::find(choices.begin(), choices.end(), choice) - choices.begin());
    all.push_back({{"first", reign.first}, {"last", reign.last}, {"choices", std::move(reigning)}});
  }
  return all;
}

Json curve_data(const GrainCurve& curve, const Names& names) {
  Json points = Json::array();
  for (const Efficiency& point : curve.curve)
    points.push_back(
        {std::round(point.granularity_ns * 10) / 10, std::round(point.share * 1e4) / 1e4, point.work});
  Json about = {{"label", names.backend(curve.backend, curve.variant)},
                {"backend", curve.backend},
                {"points", std::move(points)},
                {"verdict", curve.judgement.word}};
  // An upper end that is infinite, or not known, is null.
  if (curve.metg) about["metg"] = {curve.metg->value, curve.metg->low, curve.metg->high};
  if (curve.judgement.ratio) about["times"] = curve.judgement.ratio->value;
  return about;
}

Json law_data(const std::optional<ScalingFit>& fit) {
  if (!fit) return nullptr;
  const auto interval = [](const Estimate& one) { return Json{one.value, one.low, one.high}; };
  if (!fit->describes()) return {{"misses", fit->misfit}};
  return {{"rate", fit->law.rate},
          {"contention", interval(fit->contention)},
          {"coherence", interval(fit->coherence)}};
}

/// By the label of the backend.
Json scaling_data(std::span<const ScalingCurve> curves, const Names& names) {
  Json all = Json::object();
  for (const ScalingCurve& curve : curves) {
    const Cell& cell = *curve.points.front().cell;
    Json about = {{"enough", {curve.enough.value, curve.enough.low}}};
    about["enough"].push_back(curve.enough.high ? Json(*curve.enough.high) : Json());
    if (curve.lawful > 0 && curve.points[curve.lawful - 1].serial_fraction) {
      const auto& point = curve.points[curve.lawful - 1];
      const Estimate& share = *point.serial_fraction;
      about["serial"] = {point.cell->workers, share.value, share.low, share.high};
    }
    if (curve.amdahl) about["amdahl"] = law_data(curve.amdahl);
    if (curve.universal) about["universal"] = law_data(curve.universal);
    all[names.backend(cell.backend, cell.variant)] = std::move(about);
  }
  return all;
}

}  // namespace

Json html_problems(const Findings& findings, const Names& names, const HtmlPlaces& places) {
  Json all = Json::array();
  for (const Problem* problem : places.problems())
    all.push_back({{"name", names.problem(problem->workload, problem->parameters)},
                   {"workload", problem->workload},
                   {"parameters", with_commas(problem->parameters)},
                   {"bound", problem->bound},
                   {"shape", problem->shape}});
  for (const Contest& contest : findings.contests) {
    Json& about = all[places.of(*contest.problem)];
    about["sentence"] = verdict_sentence(contest, names, findings.precision);
    if (contest.reference != nullptr) about["serial"] = std::round(median(contest.reference->wall.values));
  }
  for (const auto& curves : by_problem(findings.scaling))
    all[places.of(curves.front().points.front().cell->problem)]["scaling"] = scaling_data(curves, names);
  return all;
}

Json html_weak_scaling(const Findings& findings, const Names& names) {
  Json all = Json::array();
  for (const auto& curves : by_workload(findings.weak_scaling)) {
    Json rows = Json::array();
    for (const WeakCurve& curve : curves) {
      const Cell& first = *curve.points.front().cell;
      Json shares = Json::array();
      for (const auto& point : curve.points) {
        Json about = Json::array({point.cell->workers});
        if (const auto& share = point.efficiency)
          about.insert(about.end(), {share->value, share->low, share->high});
        shares.push_back(std::move(about));
      }
      rows.push_back({{"label", names.backend(first.backend, first.variant)},
                      {"backend", first.backend},
                      {"shares", std::move(shares)}});
    }
    all.push_back({{"title", weak_scaling_title(curves.front())}, {"rows", std::move(rows)}});
  }
  return all;
}

Json html_host_scaling(const Findings& findings, const Names& names) {
  const auto add = [](Json& about, const char* name, const std::optional<Estimate>& estimate) {
    if (estimate) about[name] = {estimate->value, estimate->low, estimate->high};
  };
  Json all = Json::array();
  for (const HostCurve& curve : findings.host_scaling) {
    Json rows = Json::array();
    for (const auto& point : curve.points) {
      Json about{{"workers", point.cell->workers},
                 {"hosts", point.where->hosts.size()},
                 {"where", where_text(*point.where)},
                 {"median", median(point.cell->wall.values)}};
      add(about, "gain", point.gain);
      add(about, "efficiency", point.efficiency);
      add(about, "added", point.added_ns);
      rows.push_back(std::move(about));
    }
    all.push_back({{"title", host_scaling_title(curve, names)},
                   {"note", host_scaling_note(curve)},
                   {"oneHost", curve.one_host},
                   {"rows", std::move(rows)}});
  }
  return all;
}

Json html_sweeps(const Findings& findings, const Names& names, const HtmlPlaces& places) {
  Json all = Json::array();
  for (const Sweep& sweep : findings.sweeps) {
    const std::vector<Choice> choices = choices_of(sweep);
    Json labels = Json::array(), stops = Json::array();
    for (const Choice& choice : choices)
      labels.push_back({{"label", choice_name(choice, sweep, names)}, {"backend", choice.backend}});
    for (const Stop& stop : sweep.stops) stops.push_back(stop_of(stop, choices, places));
    all.push_back({{"name", sweep_name(sweep, names)},
                   {"axis", sweep.axis},
                   {"parameters", with_commas(sweep.others)},
                   {"sentence", reign_sentence(sweep, names)},
                   {"choices", std::move(labels)},
                   {"stops", std::move(stops)},
                   {"reigns", reigns_of(sweep, choices)}});
  }
  return all;
}

Json html_curves(const Findings& findings, const Names& names) {
  Json all = Json::array();
  for (const auto& curves : by_question(findings.curves)) {
    const GrainCurve& first = curves.front();
    Json of_question = {{"name", grain_question(first, names)},
                        {"parameters", with_commas(first.parameters)},
                        {"grain", first.grain},
                        {"sentence", metg_sentence(curves, names)}};
    Json data = Json::array();
    if (first.peak)
      for (const GrainCurve& curve : curves) data.push_back(curve_data(curve, names));
    of_question["curves"] = std::move(data);
    all.push_back(std::move(of_question));
  }
  return all;
}

Json html_prices(const Findings& findings, const Names& names, const HtmlPlaces& places) {
  Json all = Json::array();
  std::map<std::pair<std::string, std::int64_t>, double> least;
  for (const PriceRow& row : findings.prices)
    if (row.judgement.rank == 1) least[{row.price, row.cell->workers}] = *row.value;
  const std::vector<PriceAnswer> sentences = price_answers(findings.prices, names);
  for (const PriceRow& row : findings.prices) {
    if (all.empty() || all.back()["price"] != row.price)
      all.push_back({{"price", row.price},
                     {"unit", row.unit},
                     {"sentence", sentences.at(all.size()).sentence},
                     {"rows", Json::array()}});
    Json entry = {{"label", names.backend(row.cell->backend, row.cell->variant)},
                  {"backend", row.cell->backend},
                  {"workers", row.cell->workers},
                  {"cell", places.of(*row.cell)},
                  {"verdict", row.judgement.word}};
    if (std::string more = price_distinction(row, findings.prices); !more.empty())
      entry["where"] = more.substr(1);
    if (row.value) entry["value"] = *row.value;
    if (row.interval) entry["interval"] = {row.interval->low, row.interval->high};
    if (const auto found = least.find({row.price, row.cell->workers}); row.value && found != least.end())
      entry["times"] = *row.value / found->second;
    all.back()["rows"].push_back(std::move(entry));
  }
  return all;
}

}  // namespace runoff
