#include "runoff/backend_plugin.h"

namespace {

/// Lies: does nothing and says that all is done.
struct Lazy final : runoff::Backend {
  runoff::Execution start(const runoff::Independent&, runoff::Results, runoff::Host&) override {
    return [] {};
  }
};

}  // namespace

RUNOFF_BACKEND(Lazy, {.name = "lazy", .summary = "does nothing", .source = "the contract tests"})
