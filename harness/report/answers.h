#pragma once

#include <string>
#include <vector>

#include "report/findings.h"
#include "report/page.h"

namespace runoff {

/// What was asked, and what the run says to it.
struct PlainAnswer {
  std::string about;
  std::string sentence;
};

/// What a person reads first: a sentence on each contest, map over two things, sweep, question of task sizes
/// and price, by workload. A contest that a sweep goes through has none: what holds along the sweep says
/// more; nor has a sweep that is a row or a column of a map.
std::vector<PlainAnswer> answers(const Findings& findings, const Names& names);

/// "primes by task size with 2 workers": what curves that ask the same question ask.
std::string grain_question(const GrainCurve& curve, const Names& names);

/// The answers, for a terminal or a file.
std::string answers_text(const Findings& findings, const Names& names, const Page& page);

/// What the run left out, why, and how to have it: a line each.
std::string left_out_text(const LoadedRun& run, const Page& page);

}  // namespace runoff
