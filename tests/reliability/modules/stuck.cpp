#include <signal.h>
#include <unistd.h>

#include <string>

#include "runoff/backend_plugin.h"

namespace {

[[noreturn]] void wait_for_ever_and_be_deaf() {
  ::signal(SIGTERM, SIG_IGN);
  for (;;) ::pause();
}

/// A backend that never comes back, and does not listen: from its start, from an execution, or from its end.
class Stuck final : public runoff::Backend {
 public:
  explicit Stuck(const runoff::Settings& settings) : when_(settings.variant.text("when")) {}
  ~Stuck() override {
    if (when_ == "end") wait_for_ever_and_be_deaf();
  }

  runoff::Execution start(const runoff::Independent& workload, runoff::Results results,
                          runoff::Host&) override {
    if (when_ == "start") wait_for_ever_and_be_deaf();
    return [this, &workload, results] {
      if (when_ == "run") wait_for_ever_and_be_deaf();
      workload.run({0, workload.tasks()}, results);
    };
  }

 private:
  std::string when_;
};

}  // namespace

RUNOFF_BACKEND(Stuck,
               {
                   .name = "stuck",
                   .summary = "hangs",
                   .source = "the reliability campaign",
                   .options = {runoff::Parameter::choice("when", {"run", "start", "end"}, "when it hangs")},
               })
