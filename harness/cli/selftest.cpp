#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "cli/commands.h"
#include "cli/findings_text.h"
#include "cli/planted_cells.h"
#include "cli/terminal.h"
#include "plan/plan.h"
#include "report/units.h"
#include "selftest/simulation.h"
#include "statistics/median.h"
#include "statistics/paired_ratio.h"
#include "statistics/verdict.h"
#include "support/json.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

const std::vector<unsigned> looks(usual_looks.begin(), usual_looks.end() - 2);  // up to 28 rounds

/// Many rates are looked at, so each is called bad only where chance gives it in 1 of 1000.
constexpr double surely = 0.001;

std::string rate_text(const Rate& rate) {
  return fmt::format("{} of {}: {:.1f} % (95 % sure: {:.1f} to {:.1f} %)", rate.times, rate.of,
                     100 * rate.share(), 100 * rate.low(), 100 * rate.high());
}

/// A rate that is to be at most so much: `bad` where it surely is not.
Finding at_most(std::string name, const Rate& rate, double promise, std::string means) {
  const Level level = rate.low(surely) > promise ? Level::bad
                      : rate.share() > promise   ? Level::warn
                                                 : Level::ok;
  return {.name = std::move(name),
          .level = level,
          .seen = rate_text(rate) + fmt::format(", promised: at most {}", percent_text(promise)),
          .means = std::move(means)};
}

Finding at_least(std::string name, const Rate& rate, double promise, std::string means) {
  const Level level = rate.high(surely) < promise ? Level::bad
                      : rate.share() < promise    ? Level::warn
                                                  : Level::ok;
  return {.name = std::move(name),
          .level = level,
          .seen = rate_text(rate) + fmt::format(", promised: at least {}", percent_text(promise)),
          .means = std::move(means)};
}

/// Verdicts on samples that are made up, and so of known truth.
void judge_simulated_groups(const SelftestCommand& command, std::vector<Finding>& findings) {
  std::uint64_t seed = command.seed;
  for (const Noise& noise : noises())
    for (const std::size_t cells : {2, 10}) {
      const auto said = simulate({.cells = cells, .noise = noise, .looks = looks}, command.groups, ++seed);
      findings.push_back(
          at_most(fmt::format("false-alarms-{}-{}", noise.name, cells), said.falsely, 0.05,
                  fmt::format("of groups of {} equal cells with {} noise, those with a verdict that "
                              "tells them apart",
                              cells, noise.name)));
    }
  const std::size_t some = std::max<std::size_t>(command.groups / 2, 20);
  const auto slower = simulate({.cells = 10, .last_slower_by = 1.05, .looks = looks}, some, ++seed);
  findings.push_back(
      at_least("power-5-percent", slower.last_slower, 0.95,
               "a slow-down of 5 % among ten cells, with 3 % noise and 10 % drift, is found within 28 "
               "rounds"));
  const auto near =
      simulate({.cells = 2, .spread = 0.02, .last_slower_by = 1.0301, .looks = looks}, some, ++seed);
  findings.push_back(
      at_most("false-ties", near.last_tied, 0.05, "a cell slower by more than 3 % is called tied"));
  for (const std::size_t rounds : {6, 10, 28}) {
    const Rate held = coverage(rounds, 0.05, 10 * command.groups, ++seed);
    const Level level = held.high(surely) < 0.93 || held.low(surely) > 0.98 ? Level::bad : Level::ok;
    findings.push_back(
        {.name = fmt::format("coverage-{}", rounds),
         .level = level,
         .seen = rate_text(held) + ", promised: 93 to 98 %",
         .means = fmt::format("a 95 % interval of a ratio from {} rounds holds the truth", rounds)});
  }
}

/// The same backend under three names, group after group, in real processes on this machine.
Finding measure_equal_cells(const SelftestCommand& command, const PlantedCells& planted) {
  Rate alarms{0, command.measured_groups};
  for (std::size_t group = 0; group < command.measured_groups; ++group) {
    const std::vector<Sample> samples = planted.measure(
        {"planted:name=a", "planted:name=b", "planted:name=c"}, fewest_samples, command.seed + group);
    const std::vector<Cell> cells = gather_cells(samples);
    std::vector<const Cell*> all;
    for (const Cell& cell : cells) all.push_back(&cell);
    const std::vector<Judgement> judgements = judge_times(all, Rules());
    alarms.times += std::any_of(judgements.begin(), judgements.end(), [](const Judgement& one) {
      return one.verdict == Verdict::slower || one.verdict == Verdict::fastest;
    });
  }
  return at_most(
      "same-backend-thrice", alarms, 0.05,
      "of groups that measure one backend under three names here, those with a verdict that tells them "
      "apart");
}

const Cell* cell_of(const std::vector<Cell>& cells, std::string_view setting) {
  const auto found = std::find_if(cells.begin(), cells.end(), [setting](const Cell& cell) {
    return cell.variant.find(setting) != cell.variant.npos;
  });
  return found == cells.end() || found->wall.size() == 0 ? nullptr : &*found;
}

/// Whether a slow-down that was planted is seen as large as it is.
Finding measure_slow_down(const SelftestCommand& command, const PlantedCells& planted) {
  constexpr unsigned rounds = 28;
  const std::vector<Cell> cells =
      gather_cells(planted.measure({"planted:name=a", "planted:name=b:slower=5"}, rounds, command.seed));
  Finding finding{
      .name = "planted-slow-down", .level = Level::bad, .means = "a slow-down of 5 % is seen as what it is"};
  const Cell *plain = cell_of(cells, "name=a"), *slower = cell_of(cells, "name=b");
  if (plain == nullptr || slower == nullptr) {
    finding.seen = "its cells failed";
    return finding;
  }
  const Estimate ratio = PairedRatio(slower->wall, plain->wall).estimate(0.025);
  const bool held = ratio.low <= 1.055 && ratio.high >= 1.045;
  finding.seen = fmt::format("{:.1f} % (95 % sure: {:.1f} to {:.1f} %) from {} rounds",
                             100 * (ratio.value - 1), 100 * (ratio.low - 1), 100 * (ratio.high - 1), rounds);
  finding.level = !held ? Level::bad : ratio.low > 1 ? Level::ok : Level::warn;
  if (finding.level == Level::warn) finding.means += ", where the machine is quiet enough: here it was not";
  return finding;
}

/// "41.2 ms of 40.0 ms": what was planted, and what the harness saw beyond a cell without it.
Finding accounted(std::string name, const Cell* with, const Cell* without, Sample::Number Sample::*number,
                  double planted, const char* means) {
  Finding finding{.name = std::move(name), .level = Level::bad, .seen = "its cells failed", .means = means};
  const auto typical = [number](const Cell& cell) {
    std::vector<double> values;
    for (const Sample& sample : cell.samples)
      if (sample.*number) values.push_back(static_cast<double>(*(sample.*number)));
    return median(values);
  };
  if (with == nullptr || without == nullptr) return finding;
  const double error = (typical(*with) - typical(*without)) / planted - 1;
  finding.level = std::abs(error) <= 0.05 ? Level::ok : Level::bad;
  finding.seen = fmt::format("{:+.1f} %, promised: within 5 %", 100 * error);
  return finding;
}

void measure_accounts(const SelftestCommand& command, const PlantedCells& planted,
                      std::vector<Finding>& findings) {
  const std::vector<Cell> cells =
      gather_cells(planted.measure({"planted:name=a", "planted:name=b:burn=100ms",
                                    "planted:name=c:hold=400MiB", "planted:name=d:hold=100MiB"},
                                   3, command.seed));
  const Cell* plain = cell_of(cells, "name=a");
  findings.push_back(accounted("processor-time-of-children", cell_of(cells, "name=b"), plain, &Sample::cpu_ns,
                               200e6,
                               "100 ms that two children of a backend burn in every execution are counted"));
  findings.push_back(accounted(
      "memory-of-children", cell_of(cells, "name=d"), plain, &Sample::peak_memory_bytes, 100 * 1048576.0,
      "100 MiB that a child of a backend holds are counted, also beside cells with 400 MiB"));
}

}  // namespace

int selftest(const SelftestCommand& command) try {
  std::vector<Finding> findings;
  const PlantedCells planted;
  if (!command.json) say(fmt::format("judging {} simulated groups of each kind ...\n", command.groups));
  judge_simulated_groups(command, findings);
  if (!command.json)
    say(fmt::format("measuring {} groups of equal cells on this machine ...\n", command.measured_groups));
  if (command.measured_groups > 0) {
    findings.push_back(measure_equal_cells(command, planted));
    findings.push_back(measure_slow_down(command, planted));
    measure_accounts(command, planted, findings);
  }
  if (command.json)
    fmt::print("{}\n", to_text(findings_json(findings), 2));
  else
    fmt::print("{}\n", findings_text(findings, {Painter(has_colour(stdout)), terminal_width(stdout)}));
  const bool kept = std::none_of(findings.begin(), findings.end(),
                                 [](const Finding& one) { return one.level == Level::bad; });
  if (!command.json)
    fmt::print("{}\n",
               kept ? "No promise is surely broken." : "A promise is surely broken: see what is bad.");
  return kept ? exit_well : exit_some_failed;
} catch (const Interrupted&) {
  return exit_interrupted;
}

}  // namespace runoff
