#include <cstring>

#include "runoff/plugin.h"

namespace {

/// Lies: runs every task once, but mixes up whose result is whose.
class Wrong final : public runoff::Backend {
 public:
  explicit Wrong(const runoff::Settings&) {}
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}
  void execute(const runoff::Independent& workload, runoff::Results results) override {
    workload.run({0, workload.tasks()}, results);
    if (results.count() > 1)
      std::memcpy(results.bytes(0).data(), results.bytes(results.count() - 1).data(), results.size());
  }
};

}  // namespace

RUNOFF_BACKEND(Wrong, {.name = "wrong", .summary = "answers wrong", .source = "the contract tests"})
