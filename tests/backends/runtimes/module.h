#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/started.h"

/// The backend's module under test: the only one that this process loads.
const runoff::BackendPlugin& plugin();

/// The address of a function that the module or a library under it exports; null when none does.
void* symbol(const char* name);

/// Every variant of the backend for one shape: the product of the choices that apply, each as `name=value`
/// pairs.
std::vector<std::map<std::string, std::string>> variants(runoff::Shape shape = runoff::Shape::independent);

/// A backend between start and destruction, with results for one workload.
class Running {
 public:
  Running(const runoff::Workload& workload, unsigned workers,
          const std::map<std::string, std::string>& variant = {});

  /// Runs every task once. Throws what a task throws.
  void execute();
  const runoff::Results& results() const { return results_; }

 private:
  class Host;
  std::shared_ptr<Host> host_;
  runoff::Results results_;
  std::optional<runoff::Started> started_;
};
