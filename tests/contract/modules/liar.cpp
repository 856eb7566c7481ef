#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cfenv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/memory.h"
#include "runoff/recursion/frontier.h"
#include "runoff/task_groups.h"

namespace {

using namespace runoff;

/// Cheats, in whichever way it is told; most are mistakes that honest authors make, too.
class Liar final : public Backend {
 public:
  explicit Liar(const Settings& settings) : workers_(settings.workers), lie_(settings.variant.text("lie")) {}

  ~Liar() override {
    if (lie_ == "work-at-the-end") work(1);
  }

  Execution start(const Independent& loop, Results results, Host& host) override {
    loop_ = &loop;
    done_ = &host.memory().object<std::atomic<unsigned>>();
    results_ = results;
    host_ = &host;
    if (lie_ == "work-in-start") work(1);
    if (lie_ == "forgets-children") ::signal(SIGCHLD, SIG_IGN);
    if (lie_ == "rounds-up") std::fesetround(FE_UPWARD);
    return [this] {
      if (lie_ == "replay") return replay();
      if (lie_ == "crowd") return work(32);
      if (lie_ == "processes") return work_in_processes(workers_ + 1);
      if (lie_ == "daemon") return work_in_daemon();
      if (lie_ == "ahead") return work_ahead();
      if (lie_ == "hasty") return return_hastily();
      if (lie_ == "swallow") return swallow();
      if (lie_ == "empty-ranges") return pretend();
      if (lie_ == "copies") return work_in_copies();
      if (lie_ == "one-slot" && !wiped()) return work_into_one_slot();
      if (lie_ == "rounds-up-in-thread") return work_rounding_up();
      work(1);
      if (lie_ == "own-core") stay_on_cores(1);
      if (lie_ == "every-core") stay_on_cores(CPU_SETSIZE);
      if (lie_ == "own-priority") ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) == 5 ? 6 : 5);
    };
  }

  /// Runs tasks of the first step over and over, as many as there are.
  Execution start(const Dependent& graph, Results results, Host&) override {
    results_ = results;
    return [this, &graph] {
      const bool unseen = executions_++ > 0 && !wiped();
      if (lie_ == "chains" && unseen) return run_in_chains(graph);
      const bool cheat = lie_ == "first-step" && unseen;
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for (std::size_t point = 0; point < graph.width(step); ++point)
          graph.run(cheat ? 0 : step, point, results_);
    };
  }

  /// Keeps the answer that it worked out once.
  Execution start(const Recursive& recursion, Results results, Host& host) override {
    results_ = results;
    slots_ = host.memory().bytes(most_subtrees * results.stride());
    return [this, &recursion] {
      if (lie_ == "other-cut") return solve_smaller_subtrees(recursion);
      const auto root = results_.bytes(0);
      if (lie_ == "none" || executions_++ == 0) {
        recursion.solve(results_);
        answer_.assign(root.begin(), root.end());
        return;
      }
      if (lie_ == "nothing" && !wiped()) return;
      if (lie_ == "first-subtree") recursion.frontier({.enough = 64, .most = 64})->solve(0, results_);
      if (lie_ == "first-job") {
        FirstJob groups;
        recursion.solve(groups, results_);
      }
      std::memcpy(root.data(), answer_.data(), answer_.size());
    };
  }

  Seen seen_elsewhere() override { return replayed_; }

  Usage used_elsewhere() override { return {.cpu_ns = lie_ == "falls" ? falling_ -= 1'000'000'000'000 : 0}; }

 private:
  /// Forgets all jobs but the first.
  struct FirstJob final : TaskGroups {
    void fork(Jobs& jobs, std::size_t) override { jobs(0); }
  };

  bool wiped() const { return results_.count() > 0 && results_.bytes(0)[0] == std::byte{0xA5}; }

  void work_part(unsigned worker, unsigned workers) const {
    const std::size_t tasks = loop_->tasks();
    loop_->run({tasks * worker / workers, tasks * (worker + 1) / workers}, results_);
  }

  void work(unsigned threads) const {
    if (threads == 1) return work_part(0, 1);
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < threads; ++worker)
      workers.emplace_back([=, this] { work_part(worker, threads); });
  }

  void work_in_processes(unsigned processes) const {
    std::vector<pid_t> workers;
    for (unsigned worker = 0; worker < processes; ++worker) {
      workers.push_back(::fork());
      if (workers.back() != 0) continue;
      work_part(worker, processes);
      ::_exit(0);
    }
    for (const pid_t worker : workers) ::waitpid(worker, nullptr, 0);
  }

  /// In a process that has left the tree of this one, and with it what is counted.
  void work_in_daemon() const {
    done_->store(0);
    const pid_t child = ::fork();
    if (child == 0) {
      if (::fork() != 0) ::_exit(0);
      work(1);
      done_->store(1);
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    while (done_->load() == 0) std::this_thread::yield();
  }

  void replay() {
    if (kept_.tasks > 0 && !wiped()) {
      replayed_ = kept_;
      return;
    }
    work(1);
    replayed_ = kept_ = host_->look();
  }

  /// In the pause before the clock is started.
  void work_ahead() {
    if (background_.joinable())
      background_.join();
    else
      work(1);
    background_ = std::jthread([this](const std::stop_token& stop) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (!stop.stop_requested()) work(1);
    });
  }

  /// When every task has begun.
  void return_hastily() {
    hurried_.clear();
    std::atomic<unsigned> begun{0};
    for (unsigned worker = 0; worker < workers_; ++worker)
      hurried_.emplace_back([this, worker, &begun] {
        const Range tasks{loop_->tasks() * worker / workers_, loop_->tasks() * (worker + 1) / workers_};
        begun += 1;
        loop_->run(tasks, results_);
      });
    while (begun < workers_) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }

  void swallow() const {
    for (std::size_t task = 0; task < loop_->tasks(); ++task) try {
        loop_->run({task, task + 1}, results_);
      } catch (...) {
      }
  }

  /// All on one worker, while the others run nothing.
  void pretend() const {
    std::vector<std::jthread> others;
    for (unsigned other = 1; other < workers_; ++other)
      others.emplace_back([this] { loop_->run({0, 0}, results_); });
    work(1);
  }

  /// In processes that no handler of pthread_atfork hears of, one after the other, so that none loses a
  /// count.
  void work_in_copies() const {
    work_part(0, 4);
    for (unsigned copy = 1; copy < 4; ++copy) {
      const pid_t child = ::_Fork();
      if (child == 0) {
        work_part(copy, 4);
        ::_exit(0);
      }
      ::waitpid(child, nullptr, 0);
    }
  }

  /// Which a cache holds, whatever the size of the results.
  void work_into_one_slot() const {
    const Results one(results_.all().data(), results_.count(), results_.size(), 0);
    loop_->run({0, loop_->tasks()}, one);
  }

  void work_rounding_up() const {
    std::jthread([this] {
      std::fesetround(FE_UPWARD);
      work_part(0, 1);
    }).join();
  }

  /// Point by point, each through all steps, as if it needed no other: what it wrote is still in the cache.
  void run_in_chains(const Dependent& graph) const {
    for (std::size_t point = 0; point < graph.width(0); ++point)
      for (std::size_t step = 0; step < graph.steps(); ++step)
        if (point < graph.width(step)) graph.run(step, point, results_);
  }

  /// As many as it joins, but of a finer cut; and joins the results that the right ones had once.
  void solve_smaller_subtrees(const Recursive& recursion) {
    const auto cut = recursion.frontier({.enough = 4, .most = 8});
    const auto finer = recursion.frontier({.enough = 32, .most = most_subtrees});
    const Results slots(slots_, most_subtrees, results_.size(), results_.stride());
    const bool first = executions_++ == 0;
    for (std::size_t subtree = 0; subtree < cut->subtrees(); ++subtree)
      (first ? cut : finer)->solve(subtree, slots);
    if (first)
      answer_.assign(slots.all().begin(), slots.all().end());
    else
      std::memcpy(slots_, answer_.data(), answer_.size());
    cut->join(slots, results_);
  }

  static void stay_on_cores(std::size_t count) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (std::size_t core = 0; core < count; ++core) CPU_SET(core, &set);
    ::sched_setaffinity(0, sizeof(set), &set);
  }

  static constexpr std::size_t most_subtrees = 64;
  const unsigned workers_;
  const std::string lie_;
  std::byte* slots_ = nullptr;
  const Independent* loop_ = nullptr;
  Results results_;
  Host* host_ = nullptr;
  std::atomic<unsigned>* done_ = nullptr;
  Seen kept_, replayed_;
  std::int64_t falling_ = 0;
  unsigned executions_ = 0;
  std::vector<std::byte> answer_;
  std::vector<std::jthread> hurried_;
  std::jthread background_;
};

}  // namespace

RUNOFF_BACKEND(Liar, {.name = "liar",
                      .summary = "cheats",
                      .source = "the contract tests",
                      .options = {Parameter::choice("lie",
                                                    {"none",
                                                     "replay",
                                                     "crowd",
                                                     "processes",
                                                     "daemon",
                                                     "ahead",
                                                     "hasty",
                                                     "swallow",
                                                     "empty-ranges",
                                                     "own-core",
                                                     "every-core",
                                                     "own-priority",
                                                     "work-in-start",
                                                     "work-at-the-end",
                                                     "falls",
                                                     "first-step",
                                                     "nothing",
                                                     "first-subtree",
                                                     "first-job",
                                                     "copies",
                                                     "one-slot",
                                                     "rounds-up",
                                                     "rounds-up-in-thread",
                                                     "forgets-children",
                                                     "chains",
                                                     "other-cut"},
                                                    "how it cheats")}})
