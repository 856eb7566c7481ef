#pragma once

#include <string>
#include <vector>

#include "advise/description.h"

namespace runoff {

/// Work that is as described but for one word, which is half or twice as much.
struct Neighbour {
  std::string word;   ///< "task"
  std::string value;  ///< what it is there: "10us"
  Description description;
};

/// By how much more the answer may depend on a word, the first ones first: a run leaves out the last where
/// time is short. A word that says nothing (no memory, no waiting) has none.
std::vector<Neighbour> neighbours(const Description& description);

}  // namespace runoff
