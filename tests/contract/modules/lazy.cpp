#include "runoff/backend_plugin.h"

namespace {

/// Lies: does nothing and says that all is done.
class Lazy final : public runoff::Backend {
 public:
  explicit Lazy(const runoff::Settings&) {}
  runoff::Execution start(const runoff::Independent&, runoff::Results, runoff::Host&) override {
    return [] {};
  }
};

}  // namespace

RUNOFF_BACKEND(Lazy, {.name = "lazy", .summary = "does nothing", .source = "the contract tests"})
