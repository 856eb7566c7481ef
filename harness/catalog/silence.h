#pragma once

#include <string>

#include "process/capture.h"

namespace runoff {

/// What a module was doing in a process of its own, in words.
struct Doing {
  const char* what;   ///< "loading it"
  const char* when;   ///< "while it was loaded"
  const char* where;  ///< what to look at when it does not end
  const char* rule;   ///< what a module must not do to the process then
};

/// Whether runoff-cell ended by itself and said why; else the module ended it.
bool does_cell_say_why(const Captured& answer);

/// Of a process that gave no answer, why: it took too long, was killed, or ended.
std::string why_silent(const Captured& answer, const Doing& doing);

/// What is wrong, and then what the module printed.
std::string with_printed(std::string text, const Captured& answer);

}  // namespace runoff
