#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "check/promise.h"
#include "plan/choice.h"

namespace runoff {

/// What questions are made with.
struct Asking {
  const Catalog& catalog;  ///< the probes included
  std::vector<std::string> settings = {};
  unsigned many = 64;                 ///< workers that wait all at once
  std::filesystem::path folder = {};  ///< where tasks of different processes meet
};

/// What a backend promises beside right answers, asked in these variants of it.
std::vector<Examination> backend_promises(const BackendModule& backend,
                                          std::span<const ChosenBackend> variants, const Asking& asking);

/// That these workloads are run by these backends, and answered right.
Examination answers(std::span<const WorkloadModule* const> workloads, std::span<const ChosenBackend> backends,
                    const Asking& asking);

/// That a workload's check notices what is wrong.
Examination oracle(const WorkloadModule& workload, const Asking& asking);

/// That a workload's tasks change no input.
Examination unchanged(const WorkloadModule& workload, const Asking& asking);

}  // namespace runoff
