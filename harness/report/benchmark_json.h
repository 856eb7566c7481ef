#pragma once

#include "report/load.h"
#include "report/names.h"
#include "support/files.h"

namespace runoff {

/// The run in the JSON format of Google Benchmark (its reporter's, version 1.7), which its compare.py reads:
/// one entry a sample, as a repetition of its cell. What has no time (a sample that is not ok) says so as
/// Google Benchmark's failed ones do: error_occurred, error_message, and times of 0. It is handed over piece
/// by piece.
void benchmark_json(const LoadedRun& run, const Names& names, const Append& append);

}  // namespace runoff
