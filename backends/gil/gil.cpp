#include <memory>

#include "crew.h"
#include "lock.h"
#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;

/// C++ threads of which one at a time runs tasks: what CPython's lock costs without CPython.
class GlobalLock final : public Backend {
 public:
  explicit GlobalLock(const Settings& settings)
      : workers_(settings.workers), lock_(settings.variant.duration("interval")) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    loop.observe_waits(&lock_);
    crew_ = std::make_unique<gil::Crew>(workers_, lock_,
                                        [&loop, results](Range tasks) { loop.run(tasks, results); });
    return [this, &loop] { crew_->execute(loop.tasks()); };
  }

 private:
  unsigned workers_;
  gil::Lock lock_;
  std::unique_ptr<gil::Crew> crew_;
};

}  // namespace

RUNOFF_BACKEND(
    GlobalLock,
    {
        .name = "gil",
        .summary = "C++ threads under a global interpreter lock as CPython has it",
        .source = "CPython 3.11, Python/ceval_gil.h (A. Pitrou, 2010): interval, drop request, forced "
                  "switching; sys.setswitchinterval",
        .runtime = "libstdc++ " + std::to_string(_GLIBCXX_RELEASE),
        .options = {Parameter::duration("interval", "5ms", std::chrono::microseconds(1),
                                        std::chrono::seconds(10),
                                        "how long a thread waits before it asks for the lock")},
        .origins = {{.text = "runoff's own, made to measure with"}},
        .most_workers = Team::most_workers,
    })
