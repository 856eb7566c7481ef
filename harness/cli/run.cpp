#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/finish.h"
#include "cli/left_out.h"
#include "cli/prepare.h"
#include "cli/run_options.h"
#include "cli/session.h"
#include "cli/written_files.h"
#include "support/errors.h"
#include "support/json.h"

namespace runoff {

int run(const RunOptions& options) {
  if (options.resume && options.out.empty())
    throw UsageError("--resume needs --out DIR: which run is to go on?");
  require_own_files(exported_files(options.exports), {&options.out, 1});
  options.time_limit();  // these complain before anything is done
  options.tie_precision();
  options.launcher_commands();
  // What steers one runtime only is none of the user's settings for all of them; see docs/how-it-measures.md.
  const SteeringVariables steering = find_steering(environ);
  take_out(steering.of_one_runtime);
  const Prepared run = prepare(options, steering.of_all_cells);
  if (options.dry_run) return dry_run(run, options);
  Session session(run, options, steering, options.resume);
  const RunEnd end = session.measure();
  require_samples(end);
  if (auto open = describe_open(end, run.plan, options.command_line, session.folder().path());
      !open.is_null())
    session.environment()["open"] = std::move(open);
  session.close();
  return finish(options, session.folder(), run.plan, end);
}

}  // namespace runoff
