#pragma once

#include <optional>
#include <vector>

#include "cli/measuring.h"
#include "cli/prepare.h"
#include "cli/settled_answers.h"
#include "doctor/finding.h"
#include "machine/steering.h"
#include "record/run_folder.h"
#include "record/samples_file.h"
#include "run/sampling.h"
#include "support/json.h"

namespace runoff {

/// One stretch of measuring what is prepared, into a folder that is new or goes on.
class Session {
 public:
  /// Starts what takes the samples, opens the folder, writes what is known of the environment, and warns of
  /// what makes the figures doubtful. A folder that it made is gone again with the session where no sample
  /// came into it. Throws MachineError for a folder that holds another run. A further session of one command
  /// does not repeat the warnings, and tells nothing of what its budget is too short for.
  Session(const Prepared& run, const RunOptions& options, const SteeringVariables& steering, bool resume,
          bool further = false);

  const RunFolder& folder() const { return folder_; }
  /// All samples, those of earlier sessions too.
  const std::vector<Sample>& samples() const { return samples_; }
  Json& environment() { return environment_; }

  /// Takes the samples that the folder has not, and notes what there was no time for. Tells answers as soon
  /// as they are settled.
  RunEnd measure();
  /// The same, where `judge` says what is open, and tells no answers.
  RunEnd measure(const Judge& judge, bool tell_failures);
  /// Writes the environment as it is at the end.
  void close();

 private:
  RunEnd take(const Judge& judge, bool tell_failures, SettledAnswers* answers);
  void note_builds_meanwhile();

  const Prepared& run_;
  const RunOptions& options_;
  bool further_;
  std::vector<Finding> findings_;  ///< of the machine, before this run starts anything
  /// Here before the folder: nothing is made before all is known to work.
  std::optional<CellsAtWork> cells_;
  RunFolder folder_;
  /// Takes the folder away again where no sample came into it.
  struct Undo {
    const RunFolder& folder;
    bool begun = false;
    ~Undo() {
      if (!begun) folder.discard();
    }
  } undo_{folder_};
  SamplesFile file_;
  std::vector<Sample> samples_;
  Json environment_;
};

/// Throws UsageError where there was no time for a single sample.
void require_samples(const RunEnd& end);

}  // namespace runoff
