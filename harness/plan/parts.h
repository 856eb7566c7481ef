#pragma once

#include <span>
#include <string>
#include <vector>

#include "plan/planned_cell.h"

namespace runoff {

/// Cuts a plan into parts and numbers them in `PlannedCell::part`, from 0, the most important first. Where
/// time is short, a run leaves out whole parts, the last ones first, and what it keeps is still a full
/// comparison.
///
/// The main part of a problem (a workload with its parameters) has every backend and variant once: with as
/// many workers as `cores`, or with the most where it has no such cell. A further part has the problem's
/// cells with another number of workers. Parts are ordered like this: the main part of the first problem of
/// each bound; of the first problem of each other workload; of all other problems; then further parts, the
/// numbers of workers that are nearest to `cores` first. Within each of these, problems keep the order of the
/// plan.
void number_parts(std::vector<PlannedCell>& cells, unsigned cores);

/// What parts hold, in words: "primes, stream and fib with 1 worker". `parts` are numbers of parts of
/// `cells`.
std::string name_parts(std::span<const PlannedCell> cells, std::span<const unsigned> parts);

}  // namespace runoff
