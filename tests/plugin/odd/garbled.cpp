#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;

struct Nothing final : Backend {};

/// A library's own words, in Latin-1.
FoundRuntime find() { return {{}, "caf\xe9 is not there", {}}; }

}  // namespace

RUNOFF_BACKEND(Nothing, {.name = "garbled", .find_runtime = find})
