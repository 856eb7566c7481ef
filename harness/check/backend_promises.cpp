#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "check/cells.h"
#include "check/promises.h"

namespace runoff {
namespace {

constexpr std::array<unsigned, 1> two{2};
constexpr std::array<unsigned, 2> one_and_two{1, 2};
constexpr std::array<unsigned, 2> two_and_four{2, 4};
constexpr std::array<unsigned, 3> one_to_three{1, 2, 3};
constexpr std::array<unsigned, 3> usual{1, 2, 8};

Reply broken(const Sample& sample) { return {Kept::no, how_it_ended(sample)}; }

/// It ended so, and says so.
SampleJudge ends(Status status, const std::string& says, bool may_refuse) {
  return [=](const Sample& sample) -> Reply {
    const bool told = sample.detail.find(says) != std::string::npos;
    if (sample.status == status && told) return {};
    if (may_refuse && refuses(sample)) return {Kept::refused, sample.detail};
    return {Kept::no, fmt::format("{}; a task {}, and the row must be {} and say so", how_it_ended(sample),
                                  says.empty() ? "threw something" : fmt::format("threw '{}'", says),
                                  to_string(status))};
  };
}

/// All that is asked of one backend, each promise after the other.
class Asked {
 public:
  Asked(std::span<const ChosenBackend> variants, const Asking& asking)
      : variants_(variants), asking_(asking) {
    // With another number (three tasks in a chunk, say) it may be meant that tasks do not all run at once.
    std::copy_if(variants.begin(), variants.end(), std::back_inserter(plain_), has_usual_numbers);
    if (plain_.empty()) plain_.assign(variants.begin(), variants.end());  // such a variant was named
  }

  void promise(Promise promise) { all_.push_back({std::move(promise), {}}); }
  void untested(std::string why) { all_.back().untested = std::move(why); }

  void ask(const std::string& probe, const std::vector<std::string>& settings,
           std::span<const unsigned> workers, const SampleJudge& judge) {
    ask_of(variants_, probe, settings, workers, judge);
  }
  /// Where all tasks must run at once.
  void ask_together(const std::string& probe, const std::vector<std::string>& settings,
                    std::span<const unsigned> workers, const SampleJudge& judge) {
    ask_of(plain_, probe, settings, workers, judge);
  }

  /// Tasks that end only when all have begun, as many as workers.
  void meet(unsigned workers, const char* patience, bool once) {
    const auto all_came = [](const Sample& sample) -> Reply {
      if (sample.status != Status::ok) return broken(sample);
      if (sample.workers_seen == sample.workers) return {};
      return {Kept::no, fmt::format("{} workers took part", sample.workers_seen.value_or(0))};
    };
    // Variants that differ only for other shapes are one here. One that takes fewer workers is given as many
    // tasks as it has workers.
    for (const PlannedCell& cell : probe_cells(asking_.catalog, "meet", {}, plain_, std::array{workers})) {
      const ChosenBackend variant{plain_.front().module, cell.variant};
      const std::string file = asking_.folder / fmt::format("{}-{}", cell.backend, meetings_++);
      const auto cells = probe_cells(asking_.catalog, "meet",
                                     std::vector{fmt::format("tasks={}", cell.workers),
                                                 fmt::format("patience={}", patience), "file=" + file},
                                     std::span(&variant, 1), std::array{cell.workers});
      all_.back().questions.push_back({cells.front(), all_came, once});
    }
  }

  std::vector<Examination> all() && { return std::move(all_); }

 private:
  static bool has_usual_numbers(const ChosenBackend& variant) {
    for (const auto& [name, value] : parse_pairs(variant.variant))
      for (const Parameter& option : variant.module->options)
        if (option.name == name && option.unit == Unit::count && !option.concurrency &&
            value != option.standard)
          return false;
    return true;
  }

  void ask_of(std::span<const ChosenBackend> variants, const std::string& probe,
              const std::vector<std::string>& settings, std::span<const unsigned> workers,
              const SampleJudge& judge) {
    for (PlannedCell& cell : probe_cells(asking_.catalog, probe, settings, variants, workers))
      all_.back().questions.push_back({std::move(cell), judge});
  }

  std::span<const ChosenBackend> variants_;
  std::vector<ChosenBackend> plain_;
  const Asking& asking_;
  std::vector<Examination> all_;
  std::size_t meetings_ = 0;  // each in a file of its own
};

void ask_of_tasks(Asked& asked) {
  asked.promise(
      {"tasks", "runs any number of tasks, each exactly once",
       "some tasks are left out, or run again: at the ends of ranges, where there are fewer tasks than "
       "workers, or where there is none",
       "run [0, tasks()) of the loop as it is at each execution; an empty loop returns at once"});
  for (const std::int64_t tasks : {0, 1, 3, 7, 10'007})
    asked.ask("count", {fmt::format("tasks={}", tasks)}, usual, [tasks](const Sample& sample) -> Reply {
      if (sample.status != Status::ok) return broken(sample);
      if (sample.tasks != tasks) return {Kept::no, fmt::format("{} tasks ran", sample.tasks.value_or(0))};
      if (const auto seen = sample.workers_seen.value_or(0); seen > std::min(sample.workers, tasks))
        return {Kept::no, fmt::format("{} workers took part", seen)};
      return {};
    });
}

void ask_of_workers(Asked& asked, unsigned many) {
  asked.promise(
      {"workers", "has exactly the workers that are asked for, and all of them take part",
       "fewer tasks run at once than there are workers, so it would be compared with runtimes that have "
       "more; or a worker waits until all others have come",
       "make `settings.workers` workers, the calling thread included where it takes part; hand out "
       "tasks one at a time where each may wait for another"});
  for (const unsigned workers : usual) asked.meet(workers, "20s", false);
  asked.promise(
      {"many", fmt::format("so it is with {} workers, which wait all at once", many),
       "work that waits cannot be measured with as many workers as it needs",
       "put no limit of the runtime's own on threads; where it has one, say so by `.most_workers`"});
  asked.meet(many, "100s", true);
}

void ask_of_inputs(Asked& asked, const BackendModule& backend) {
  asked.promise(
      {"inputs", "lets its workers write the inputs, each part once, and all at it",
       "the parts of a loop whose inputs workers write (`filled_by_workers`) are handed out otherwise "
       "than its tasks are",
       "nothing is to be done for this but to run loops right: see `tasks` and `workers`"});
  if (backend.asynchronous) return asked.untested("such a workload has no asynchronous form");
  const auto right = [](const Sample& sample) {
    return sample.status == Status::ok ? Reply{} : broken(sample);
  };
  for (const int tasks : {0, 1, 5, 1009}) asked.ask("filled", {fmt::format("tasks={}", tasks)}, usual, right);
  if (!backend.shares_memory) return;  // each worker writes all inputs for itself
  for (const unsigned workers : {2U, 8U})
    if (backend.most_workers == 0 || workers <= backend.most_workers)
      asked.ask_together("filled", {fmt::format("tasks={}", workers), "together=yes"}, std::array{workers},
                         right);
}

void ask_of_errors(Asked& asked) {
  asked.promise(
      {"errors", "what a task throws reaches the caller as what it is",
       "an exception ends the process, is lost, or arrives as something else: a task that fails would "
       "be taken for one that does not, or a mistake in a workload for a crash of the backend",
       "keep the first exception until all workers have let go, and throw it from the execution: "
       "`ThreadFailure`, `submit_all` and `ChunkLoop` of runoff/scheduling do so; across processes "
       "`ProcessFailure` of runoff/failure.h",
       true});
  asked.ask("fault", {"kind=throw"}, one_and_two, ends(Status::failed, "task 123 threw", false));
  asked.ask("fault", {"kind=throw-odd"}, two, ends(Status::failed, "", false));
  asked.ask("fault-graph", {"kind=throw"}, one_to_three,
            ends(Status::failed, "point 6 of step 17 threw", true));
  asked.ask("fault-graph", {"kind=wrong"}, one_to_three,
            ends(Status::wrong, "point 6 of step 17 has a wrong input", true));
  asked.ask("fault-recursion", {"kind=throw"}, one_to_three, ends(Status::failed, "a leaf threw", true));
  asked.ask("fault-recursion", {"kind=wrong"}, one_to_three,
            ends(Status::wrong, "a leaf has a wrong input", true));
  asked.ask("fault-recursion", {"kind=unsupported"}, one_to_three, [](const Sample& sample) -> Reply {
    if (refuses(sample))
      return sample.detail == "a leaf cannot be had" ? Reply{} : Reply{Kept::refused, sample.detail};
    return {Kept::no,
            fmt::format("{}; a leaf threw Unsupported, and the row must be so", how_it_ended(sample))};
  });
}

void ask_of_losses(Asked& asked) {
  asked.promise(
      {"losses", "a worker process that dies is named, and nothing hangs",
       "a run would stand still, or count a sample in which a worker died",
       "watch the worker processes (a pidfd, a pipe that closes) wherever one is waited for, and throw "
       "`WorkerLost` with what waitpid says",
       true});
  const auto named = [](std::vector<std::string> traces) {
    return [traces](const Sample& sample) -> Reply {
      if (sample.status == Status::ok) return {Kept::untested, "its workers are no processes of their own"};
      if (refuses(sample)) return {Kept::refused, sample.detail};
      const bool told = std::any_of(traces.begin(), traces.end(), [&sample](const std::string& one) {
        return sample.detail.find(one) != std::string::npos;
      });
      if (sample.status == Status::crashed && told) return {};
      return {Kept::no, fmt::format("{}; a worker process died, and the row must be crashed and say by what",
                                    how_it_ended(sample))};
    };
  };
  // As waitpid's words have it, and as launchers of ranks say it; MPICH's prints what waitpid gave it.
  asked.ask("fault", {"kind=kill"}, two_and_four, named({"SIGKILL", "signal 9"}));
  asked.ask("fault", {"kind=exit"}, two_and_four,
            named({"code 7", "Exit code:    7", std::to_string(7 << 8)}));
  asked.ask("fault-graph", {"kind=kill"}, two_and_four, named({"SIGKILL", "signal 9"}));
}

void ask_of_order(Asked& asked) {
  asked.promise(
      {"order", "no task of a graph runs, or looks as if it had, before those that it needs",
       "a task reads what was not written yet, or what an earlier execution left",
       "begin a task when all points of `dependencies(step, point)` have ended, and forget at the end "
       "of an execution which have"});
  asked.ask("fault-graph", {"kind=stale"}, one_to_three, [](const Sample& sample) -> Reply {
    if (sample.status == Status::ok) return {};
    if (refuses(sample)) return {Kept::refused, sample.detail};
    return broken(sample);
  });
}

}  // namespace

std::vector<Examination> backend_promises(const BackendModule& backend,
                                          std::span<const ChosenBackend> variants, const Asking& asking) {
  if (backend.python) return {};  // nothing that puts backends to the test has a Python form
  Asked asked(variants, asking);
  ask_of_tasks(asked);
  ask_of_workers(asked, asking.many);
  ask_of_inputs(asked, backend);
  ask_of_errors(asked);
  ask_of_losses(asked);
  ask_of_order(asked);
  return std::move(asked).all();
}

}  // namespace runoff
