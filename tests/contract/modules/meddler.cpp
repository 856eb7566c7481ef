#include "runoff/backend_plugin.h"

namespace {

/// Would have the loader put something before every library of the process that measures it.
struct Meddler final : runoff::Backend {};

}  // namespace

RUNOFF_BACKEND(Meddler, {.name = "meddler",
                         .summary = "meddles with the loader",
                         .source = "the contract tests",
                         .environment = {{"LD_PRELOAD", "libc.so.6"}}})
