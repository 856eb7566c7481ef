#include <cstring>

#include "runoff/backend_plugin.h"

namespace {

/// Lies: runs every task once, but puts the result of one into the slot of another.
struct Wrong final : runoff::Backend {
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    return [&loop, results] {
      loop.run({0, loop.tasks()}, results);
      if (results.count() > 1)
        std::memcpy(results.bytes(0).data(), results.bytes(results.count() - 1).data(), results.size());
    };
  }
};

}  // namespace

RUNOFF_BACKEND(Wrong, {.name = "wrong", .summary = "answers wrong", .source = "the contract tests"})
