#include "runoff/backend_plugin.h"

namespace {

struct Nothing final : runoff::Backend {};

}  // namespace

RUNOFF_BACKEND(Nothing, {.name = "nothing", .summary = "compiled in its own way"})
