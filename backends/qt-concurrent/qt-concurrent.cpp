#include <QThreadPool>
#include <QtConcurrentMap>
#include <latch>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

using namespace runoff;

/// QtConcurrent::blockingMap over an array of task numbers. The calling thread takes part, so the pool has
/// one thread less than there are workers.
class QtConcurrentMap final : public Backend {
 public:
  explicit QtConcurrentMap(const Settings& settings) : others_(static_cast<int>(settings.workers) - 1) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    number(loop.tasks());
    return [this, &loop, results] {
      for_each(loop.tasks(), [&](std::size_t task) { loop.run({task, task + 1}, results); });
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    for (std::size_t step = 0; step < graph.steps(); ++step) number(graph.width(step));
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](std::size_t point) { graph.run(step, point, results); });
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("Qt Concurrent has no fork-join: a function that waits for others keeps a thread");
  }

 private:
  /// By functions that wait for each other, rather than in the first execution. They stay, however long they
  /// have nothing to do.
  void make_threads() {
    pool_.setMaxThreadCount(others_);
    pool_.setExpiryTimeout(-1);
    std::latch all(others_);
    for (int thread = 0; thread < others_; ++thread)
      if (!pool_.tryStart([&all] { all.arrive_and_wait(); })) {
        all.count_down(others_ - thread);
        pool_.waitForDone();
        throw std::runtime_error("cannot start worker " + std::to_string(thread + 2) + " of " +
                                 std::to_string(others_ + 1));
      }
    pool_.waitForDone();
  }

  void number(std::size_t tasks) {
    if (numbers_.size() < tasks) numbers_.resize(tasks);
    std::iota(numbers_.begin(), numbers_.end(), std::size_t{0});
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    ThreadFailure failure;  // Qt carries its own exceptions only
    QtConcurrent::blockingMap(&pool_, numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(tasks),
                              [&](std::size_t task) { failure.guard([&] { body(task); }); });
    failure.rethrow();
  }

  int others_;
  std::vector<std::size_t> numbers_;
  QThreadPool pool_;
};

}  // namespace

RUNOFF_BACKEND(QtConcurrentMap, {
                                    .name = "qt-concurrent",
                                    .summary = "Qt Concurrent: blockingMap over task numbers",
                                    .source = "Qt Concurrent, Concurrent Map and Map-Reduce: "
                                              "https://doc.qt.io/qt-6/qtconcurrentmap.html",
                                    .runtime = std::string("Qt ") + qVersion(),
                                    .only_by_name = true,
                                    .origins = {{.text = "Qt 6: qt6-base-dev"}},
                                })
