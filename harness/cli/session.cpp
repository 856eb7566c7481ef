#include "cli/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/equal_terms.h"
#include "cli/left_out.h"
#include "cli/measuring.h"
#include "cli/progress.h"
#include "cli/warnings.h"
#include "doctor/at_rest.h"
#include "process/interruption.h"
#include "record/environment.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

/// Long enough for the ticks in which the kernel counts, and too short to be noticed at the start of a run.
constexpr std::chrono::milliseconds load_window{200};

/// Throws MachineError where `now` describes another machine than `then`. Where only the host's name differs,
/// which each container has anew, `then` says so.
void require_same_machine(const Json& now, const std::filesystem::path& folder, Json& then) {
  const auto differ = [&](const char* pointer) {
    const Json::json_pointer place(pointer);
    return then.contains(place) && now.contains(place) && then[place] != now[place];
  };
  for (const auto& [name, pointer] :
       {std::pair{"processor", "/processor/model"}, {"number of cores", "/cores_used_as_all"}}) {
    const Json::json_pointer place(pointer);
    if (differ(pointer))
      throw MachineError(
          fmt::format("'{}' holds samples of another machine (its {} is {}, not {}), and those of two are "
                      "not pooled; choose "
                      "another --out",
                      folder.string(), name, to_text(then[place]), to_text(now[place])));
  }
  if (!differ("/system/host")) return;
  const std::string sentence = fmt::format(
      "the run was begun on the host {} and went on on {}: unless they are one machine, its samples are not "
      "comparable",
      to_text(then["system"]["host"]), to_text(now["system"]["host"]));
  Json& terms = then["unequal_terms"];
  if (std::find(terms.begin(), terms.end(), sentence) == terms.end()) terms.push_back(sentence);
  warn(sentence);
}

/// environment.json of a run that begins or goes on.
Json environment_of(const Prepared& run, const RunOptions& options, const Pairs& cleared,
                    std::span<const Finding> findings, const RunFolder& folder, bool has_samples) {
  Json described = new_environment(run, options, cleared, findings);
  if (folder.resumed()) {
    try {
      Json found = parse_json(read_if_there(folder.environment()).value_or(""));
      require_same_machine(described, folder.path(), found);
      found["resumed"].push_back({{"at", time_stamp()}, {"command_line", options.command_line}});
      return found;
    } catch (const JsonError&) {
      // Lost or damaged: it is described anew.
      if (has_samples) {
        const std::string sentence =
            "environment.json was lost or damaged when the run went on: whether its earlier samples are of "
            "this machine and of these settings is not known";
        described["unequal_terms"].push_back(sentence);
        warn(sentence);
      }
    }
  }
  return described;
}

void write_json(const std::filesystem::path& file, const Json& json) {
  write_file(file, to_text(json, 2) + "\n");
}

}  // namespace

Session::Session(const Prepared& run, const RunOptions& options, const SteeringVariables& steering,
                 bool resume, bool further)
    : run_(run),
      options_(options),
      further_(further),
      findings_(further ? examine_at_rest(run.machine) : examine_with_load(run.machine, load_window)),
      cells_(std::in_place, run, options),
      folder_(options.out.empty() ? default_run_folder() : options.out, resume, to_json(run.plan)),
      file_(folder_.samples(), folder_.name()),
      samples_(file_.existing()) {
  environment_ = environment_of(run, options, steering.of_one_runtime, findings_, folder_, !samples_.empty());
  if (!run.experiments.empty()) environment_["experiments"] = to_json(run.experiments);
  write_json(folder_.environment(), environment_);
  if (further) return;
  for (const auto& warning : warnings_before(steering, findings_)) warn(warning);
  for (const Missing& one : run.missing) warn(describe_missing(one).at("sentence").get<std::string>());
  for (const auto& warning : unequal_terms(run.backends(), run.workloads())) warn(warning);
  if (const std::string unequal = unequal_hosts(run.hosts); !unequal.empty()) warn(unequal);
}

RunEnd Session::measure() {
  SettledAnswers answers(run_);
  return take(standing, true, &answers);
}

RunEnd Session::measure(const Judge& judge, bool tell_failures) {
  return take(judge, tell_failures, nullptr);
}

RunEnd Session::take(const Judge& judge, bool tell_failures, SettledAnswers* answers) {
  Interruption::install();
  const auto describe = [&](const LeftOut& left_out) {
    return describe_left_out(left_out, run_.plan, options_.command_line);
  };
  ProgressLine line(options_.quiet, tell_failures);
  Sampling sampling(run_.plan, folder_.name(), cells_->runner(), Budget(run_.budget),
                    {.sample =
                         [this](const Sample& sample) {
                           undo_.begun = true;
                           file_.append(sample);
                           samples_.push_back(sample);
                         },
                     .progress =
                         [&](const Progress& progress) {
                           if (answers != nullptr)
                             for (const std::string& answer : answers->more(progress, samples_))
                               line.tell(answer);
                           line.show(progress);
                         },
                     .left_out =
                         [&](const LeftOut& left_out) {
                           if (further_) return;
                           line.clear();
                           if (left_out.parts.empty() && !options_.quiet)
                             say("there was time for all of it after all\n");
                           for (const auto& one : describe(left_out))
                             warn(one.at("sentence").get<std::string>());
                         }},
                    judge);
  for (const auto& [cell, why] : run_.without_room()) sampling.skip(cell, why);
  sampling.resume(file_.existing());
  const RunEnd end = sampling.run();
  cells_.reset();
  undo_.begun = undo_.begun || end.interrupted;  // it is said how to go on
  environment_.erase("left_out");                // an earlier session's
  Json left_out = describe(end.left_out);
  for (const Missing& one : run_.missing) left_out.push_back(describe_missing(one));
  if (!left_out.empty()) environment_["left_out"] = std::move(left_out);
  environment_.erase("open");
  return end;
}

void require_samples(const RunEnd& end) {
  if (end.taken == 0 && !end.interrupted)
    throw UsageError("--budget: no sample fits into it; give more time, or fewer or smaller workloads");
}

void Session::close() {
  undo_.begun = true;
  note_builds_meanwhile();
  environment_["finished"] = time_stamp();
  write_json(folder_.environment(), environment_);
}

/// A module or a file that changes while the run goes on is measured as both.
void Session::note_builds_meanwhile() {
  const auto note = [this](const std::string& sentence) {
    warn(sentence);
    environment_["unequal_terms"].push_back(sentence);
  };
  try {
    const auto now = module_hashes(run_);
    for (const auto& [name, hash] : run_.plan.modules)
      if (now.at(name) != hash)
        note(fmt::format("{} has changed while the run went on, so its samples are of both; measure again",
                         name));
  } catch (const MachineError& error) {
    note(fmt::format("whether modules have changed while the run went on is not known: {}", error.what()));
  }
}

}  // namespace runoff
