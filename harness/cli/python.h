#pragma once

#include "catalog/catalog.h"
#include "cli/run_options.h"

namespace runoff {

/// `--python FILE` in the words of the other options: the workload `python` with that file, on all that runs
/// Python where no backend is named.
RunOptions with_python(RunOptions options, const Catalog& catalog);

}  // namespace runoff
