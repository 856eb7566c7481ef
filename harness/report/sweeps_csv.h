#pragma once

#include <span>
#include <string>

#include "record/csv.h"
#include "report/names.h"
#include "statistics/sweeps.h"

namespace runoff {

/// The header of sweeps.csv.
const CsvRow& sweep_columns();

/// The whole of sweeps.csv: a row for each choice at each stop of each sweep.
std::string sweeps_csv(std::span<const Sweep> sweeps, const Names& names);

}  // namespace runoff
