#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plan/planned_cell.h"
#include "record/sample.h"

namespace runoff {

/// Something that every module of a kind promises.
struct Promise {
  std::string name;      ///< for --only
  std::string sentence;  ///< "runs any number of tasks, each exactly once"
  std::string meaning;   ///< what it means where it does not hold
  std::string remedy;    ///< what to change then
  bool of_ends = false;  ///< it is about how samples end; others cannot be judged by one that ended badly
};

/// Whether a promise is kept. `refused`: the module says that it has no way to do this, as it may.
/// `untested`: the promise is about something that the module has not. The later of two outweighs the
/// earlier.
enum class Kept { untested, refused, yes, no };

/// What one sample says of a promise.
struct Reply {
  Kept kept = Kept::yes;
  std::string why;  ///< of all but `yes`
};

/// The module says that it has no way to do this.
inline bool refuses(const Sample& sample) {
  return sample.status == Status::unsupported && !sample.detail.empty();
}

/// How it ended, and what it says of that: "crashed: it was killed by SIGSEGV".
inline std::string how_it_ended(const Sample& sample) {
  return std::string(to_string(sample.status)) + ": " +
         (sample.detail.empty() ? "it says nothing more" : sample.detail);
}

using SampleJudge = std::function<Reply(const Sample&)>;

/// A cell that puts a promise to the test.
struct Question {
  PlannedCell cell;
  SampleJudge judge;
  bool once = false;  ///< one execution is enough
};

/// A promise, and all that it is asked by.
struct Examination {
  Promise promise;
  std::vector<Question> questions;
  std::string untested = {};  ///< why there are no questions
};

}  // namespace runoff
