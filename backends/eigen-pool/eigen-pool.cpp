#include <Eigen/Core>
#include <functional>
#include <latch>
#include <memory>
#include <system_error>
#include <thread>
#include <unsupported/Eigen/CXX11/ThreadPool>
#include <utility>

#include "runoff/backend_plugin.h"
#include "runoff/graph_steps.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/submitted_task_groups.h"

namespace {

using namespace runoff;

/// Threads of the standard library, as Eigen's own. But where a limit leaves no room for one, Eigen would
/// wait for ever for those before it: here the first failure is kept, and stand-ins take the place of the
/// others.
class Threads {
 public:
  struct Failure {
    std::size_t started = 0;
    std::error_code why;
  };
  struct Task {
    std::function<void()> f;
  };
  class EnvThread {
   public:
    EnvThread() = default;
    explicit EnvThread(std::function<void()> body) : thread_(std::move(body)) {}
    ~EnvThread() {
      if (thread_.joinable()) thread_.join();
    }
    void OnCancel() {}

   private:
    std::thread thread_;
  };

  explicit Threads(Failure& failure) : failure_(&failure) {}

  EnvThread* CreateThread(std::function<void()> body) {
    if (failure_->why) return new EnvThread;
    try {
      auto* thread = new EnvThread(std::move(body));
      ++failure_->started;
      return thread;
    } catch (const std::system_error& error) {
      failure_->why = error.code();
      return new EnvThread;
    }
  }
  Task CreateTask(std::function<void()> function) { return {std::move(function)}; }
  void ExecuteTask(const Task& task) { task.f(); }

 private:
  Failure* failure_;
};

using Pool = Eigen::ThreadPoolTempl<Threads>;

/// The work-stealing pool under Eigen's tensors and TensorFlow. Loops are cut in halves by the pool's
/// threads, as ThreadPoolDevice::parallelFor cuts them; not by the calling thread, which would be one worker
/// more.
class EigenPool final : public Backend {
 public:
  explicit EigenPool(const Settings& settings) : workers_(settings.workers) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    return [this, &graph, results] {
      run_in_steps(graph, results, [&](std::size_t points, const auto& body) { for_each(points, body); });
    };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    make_threads();
    return [this, &recursion, results] {
      const auto submit = [this](auto function) { pool_->Schedule(std::move(function)); };
      SubmittedTaskGroups groups(submit);
      ThreadFailure failure;
      std::latch solved(1);
      const auto solve = [&] {
        failure.guard([&] { recursion.solve(groups, results); });
        solved.count_down();
      };
      begin(solve);
      solved.wait();
      failure.rethrow();
    };
  }

 private:
  void make_threads() {
    Threads::Failure failure;
    pool_ = std::make_unique<Pool>(static_cast<int>(workers_), Threads(failure));
    if (!failure.why) return;
    // Its end would wait for threads that it never had. The process of the cell ends with this.
    [[maybe_unused]] const Pool* left = pool_.release();
    throw cannot_start_worker(failure.started + 1, workers_, failure.why);
  }

  /// Has a thread of the pool call the function, which must live until then. Where the queues are full, with
  /// what an execution before has left, Eigen would have the calling thread do it: that were one worker more.
  template <class Function>
  void begin(const Function& function) {
    for (bool refused = true; refused;) {
      refused = false;
      pool_->Schedule([this, &function, &refused] {
        if (pool_->CurrentThreadId() < 0)
          refused = true;
        else
          function();
      });
      if (refused) std::this_thread::yield();
    }
  }

  /// A loop that halves itself: parts of which there are a few for each worker.
  template <class Body>
  struct Halving {
    Pool& pool;
    const Body& body;
    std::size_t part;
    std::latch left;
    ThreadFailure failure = {};

    void run(Range tasks) {
      while (tasks.size() > part) {
        const std::size_t middle = tasks.first + (tasks.size() + 1) / 2;
        pool.Schedule([this, first = middle, last = tasks.last] { run({first, last}); });
        tasks.last = middle;
      }
      failure.guard([&] { body(tasks); });
      left.count_down(static_cast<std::ptrdiff_t>(tasks.size()));
    }
  };

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    if (tasks == 0) return;
    // Eigen's own loops take four parts a thread, where its model of costs knows no better.
    const std::size_t part = std::max<std::size_t>(1, tasks / (4 * workers_));
    Halving<Body> halving{*pool_, body, part, std::latch(static_cast<std::ptrdiff_t>(tasks))};
    const auto run = [&halving, tasks] { halving.run({0, tasks}); };
    begin(run);
    halving.left.wait();
    halving.failure.rethrow();
  }

  std::size_t workers_;
  std::unique_ptr<Pool> pool_;
};

std::string version() {
  return "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." +
         std::to_string(EIGEN_MINOR_VERSION);
}

}  // namespace

RUNOFF_BACKEND(EigenPool,
               {
                   .name = "eigen-pool",
                   .summary = "Eigen's NonBlockingThreadPool: functions in queues that threads steal from",
                   .source = "Eigen, unsupported/Eigen/CXX11/ThreadPool and TensorDeviceThreadPool.h "
                             "(parallelFor)",
                   .runtime = version(),
                   .only_by_name = true,
                   .origins = {{.text = "Eigen: libeigen3-dev"}},
               })
