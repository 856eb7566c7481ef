"""Tasks and backends that misbehave, each beside one that does not."""

import os
import resource

from bench import built, mounted
from faults import fault

GIBIBYTE = 1 << 30


def run_beside_a_sound_one(place, words, expected, says, backends=("std-thread", "fork"), limit=None, wrap=()):
    """Samples of what misbehaves have an expected status and say why; those of the sound cells between them are `ok`."""
    backends = [one for one in backends if built(place, "backend", one) or one.startswith("stuck")]
    time_limit = "3s" if "timeout" in expected else "60s"
    status, said = place.run("--workloads", "harm", "--backends", "serial," + ",".join(backends), "--workers", "2",
                             "--samples", "2", "--timeout", time_limit, *words, preexec_fn=limit, wrap=wrap)
    place.tally.tries += 1
    rows = place.hold_rows()
    sound = [row for row in rows if "fault=none" in row["parameters"] and row["backend"] != "stuck"]
    harmed = [row for row in rows if row not in sound]
    place.tally.add("spread", sum(row["status"] != "ok" for row in sound) + (not sound), f"{sound[:2]} {said[-300:]}")
    place.tally.add("unsaid", not harmed, said[-300:])
    for row in harmed:
        if row["status"] == "skipped":  # after a time limit it is not tried again
            continue
        place.tally.marked += row["status"] != "ok"
        wrong = row["status"] not in expected
        place.tally.add("false_ok" if row["status"] == "ok" else "unsaid", wrong, f"{row}, not {expected}")
        if row["status"] != "ok":
            place.hold_said(row["detail"], says)
    place.hold_status(status, 1 if any(row["status"] not in ("ok", "unsupported", "skipped") for row in rows) else 0)
    place.hold_report()
    place.hold_nothing_left()


def little_memory():
    resource.setrlimit(resource.RLIMIT_AS, (3 * GIBIBYTE, 3 * GIBIBYTE))


# The fault; what it is; the statuses that are right; a word of the reason; a limit. In `ok` rows the results are right,
# which the workload's check has seen.
for name, what, sees, expected, says, limit in [
        ("throw", "a task throws", "`failed`, with what was thrown", ("failed",), "a task threw", None),
        ("abort", "a task aborts", "`crashed`, with the signal", ("crashed",), "SIGABRT", None),
        ("overflow", "a task overflows its stack", "`crashed`, with the signal", ("crashed",), "SIGSEGV", None),
        ("corrupt", "a task corrupts its own slot", "`wrong`, with the task and what it gave", ("wrong",), "task 3 gave 4",
         None),
        ("allocate", "a task allocates without end", "`failed` at a limit of address space: out of memory", ("failed",),
         "bad_alloc", little_memory),
        ("write", "a task writes gigabytes into its temporary folder, until it is full", "`failed`, with the reason; the file is "
         "gone", ("failed",), "", None),
        ("say", "a task prints hundreds of megabytes", "nothing; a bounded part is kept", ("ok",), "", None),
        ("deaf", "a task hangs and ignores SIGTERM", "`timeout` when its time is up; it is killed", ("timeout",),
         "ended after", None),
        ("fork", "a task forks children, in sessions of their own too, that ignore SIGTERM", "nothing; they are ended with the "
         "sample", ("ok",), "", None),
        ("leave", "a task changes the working directory", "nothing", ("ok",), "", None),
        ("close", "a task closes all descriptors", "`ok` where the backend needs none, else `crashed` or `failed`",
         ("ok", "crashed", "failed"), "", None)]:
    def inject(place, tries, name=name, expected=expected, says=says, limit=limit):
        wrap = mounted(f'mount -t tmpfs -o size=32m campaign "{place.path("tmp")}"') if name == "write" else ()
        for _ in range(tries):
            place.fresh()
            run_beside_a_sound_one(place, ("--set", f"harm.fault=none,{name}"), expected, says, limit=limit, wrap=wrap)
    fault(f"task-{name}", what, sees, full=3)(inject)


def hang(place, tries):
    for when in ("run", "start", "end")[:tries]:
        place.fresh()
        run_beside_a_sound_one(
            place, ("--plugin", os.path.join(place.modules, "backends", "stuck.so")), ("timeout",), "ended after",
            ("std-thread", f"stuck:when={when}"))


fault("backend-hangs", "a backend hangs and ignores SIGTERM: in an execution, in its start, in its end",
      "`timeout` when its time is up; it is killed", short=1, full=3)(hang)
