#include "runoff/plugin.h"

namespace {

/// Lies: does nothing and says that all is done.
class Lazy final : public runoff::Backend {
 public:
  explicit Lazy(const runoff::Settings&) {}
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}
  void execute(const runoff::Independent&, runoff::Results) override {}
};

}  // namespace

RUNOFF_BACKEND(Lazy, {.name = "lazy", .summary = "does nothing", .source = "the contract tests"})
