#pragma once

#include <string>

#include "record/csv.h"
#include "report/findings.h"

namespace runoff {

/// The header of summary.csv.
const CsvRow& summary_columns();

/// The whole of summary.csv. Times are whole nanoseconds, ratios have six decimals; what is not known is
/// empty.
std::string summary_csv(const Findings& findings, const Names& names);

}  // namespace runoff
