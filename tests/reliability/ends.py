"""runoff itself is ended at random moments, and its run goes on."""

import os
import shutil
import signal
import subprocess

from bench import HANG_GUARD_SECONDS, built
from faults import fault
from workers import children, name_of, wait_for

SAMPLES = 3


def words(place):
    """Cells of every kind of worker, and one that needs the HTTP server that runoff starts."""
    backends = ["serial"] + [one for one in ("std-thread", "fork", "boost-process") if built(place, "backend", one)]
    workloads = ["harm"] + ["fetch-letters"] * built(place, "workload", "fetch-letters")
    return ["--workloads", ",".join(workloads), "--set", "fetch-letters.latency=1ms", "--backends", ",".join(backends),
            "--workers", "2", "--samples", str(SAMPLES), "--seed", "7", "--resume"]


def end_again_and_again(place, tries, end, statuses, lifetime=3):
    """Marked are the ends that came after a sample of the session."""
    done = 0
    planned = None
    while done < tries:
        before = len(place.seen)
        process = place.start(place.command(*words(place)))
        try:
            process.wait(place.random.uniform(0, lifetime))
        except subprocess.TimeoutExpired:  # the usual case: it runs, and is ended now
            end(process)
            done += 1
            place.tally.tries += 1
        status, said = place.wait(process)
        finished = status == 0
        place.hold_status(status, 0, *statuses)
        rows = place.hold_rows()
        if finished:
            cells = len({(row["workload"], row["backend"]) for row in rows})
            planned = cells * SAMPLES
            place.hold_rows(planned)
            place.tally.add("spread", sum(row["status"] != "ok" for row in rows), str([row["detail"] for row in rows]))
            place.hold_report()
            place.fresh()
        else:
            place.tally.marked += len(rows) > before
            if rows and done % 5 == 0:
                place.hold_report()
        place.hold_nothing_left()
        if status == 3:
            place.tally.add("unsaid", not said.strip(), f"exit status {status} and no word")
        if status == 130:
            place.hold_said(said, "--resume")
    status, said = place.run(*words(place))
    place.hold_status(status, 0)
    rows = place.hold_rows()
    cells = len({(row["workload"], row["backend"]) for row in rows})
    place.hold_rows(cells * SAMPLES)
    place.hold_report()
    place.hold_nothing_left()


for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
    # A signal before runoff has begun to listen ends it as any program.
    def inject(place, tries, number=number):
        end_again_and_again(place, tries, lambda process: process.send_signal(number), (130, -number))
    fault(f"runoff-{number.name}", f"runoff gets {number.name}, then goes on with --resume",
          "all rows so far are kept, and the last line says how to go on" if number != signal.SIGKILL else
          "all rows so far are kept; what ran is ended within a second", short=2, full=100)(inject)


def kill_launcher(process):
    launcher = wait_for(lambda: [one for one in children(process.pid) if name_of(one) == "runoff-launcher"], process)
    if launcher:
        try:
            os.kill(launcher[0], signal.SIGKILL)
        except OSError:
            pass


@fault("launcher-killed", "runoff's launcher is killed, then the run goes on with --resume",
       "runoff says that the launcher is gone, with exit status 3", short=2, full=100)
def launcher_killed(place, tries):
    end_again_and_again(place, tries, kill_launcher, (3,))


@fault("two-runs", "two runs into one folder at the same time", "one says that another runoff is writing, with exit status 3",
       short=2, full=10)
def two_runs(place, tries):
    for _ in range(tries):
        place.fresh()
        first = place.start(place.command(*words(place)))
        said_first = place.said
        try:
            first.wait(place.random.uniform(0, 0.6))
        except subprocess.TimeoutExpired:
            pass
        second = place.start(place.command(*words(place)))
        said_second = place.said
        ends = []
        for process, place.said in ((first, said_first), (second, said_second)):
            ends.append(place.wait(process))
        place.tally.tries += 1
        statuses = sorted(status for status, _ in ends)
        place.tally.add("unsaid", statuses not in ([0, 3], [0, 0]), str(ends))
        for status, said in ends:
            if status == 3:
                place.tally.marked += 1
                place.hold_said(said, "another runoff is writing")
        rows = place.hold_rows()
        place.hold_rows(len({(row["workload"], row["backend"]) for row in rows}) * SAMPLES)
        place.hold_report()
        place.hold_nothing_left()


@fault("folder-removed", "the run's folder is removed while it runs", "runoff says so and ends with exit status 3", short=2,
       full=20)
def folder_removed(place, tries):
    for _ in range(tries):
        place.fresh()
        process = place.start(place.command(*words(place)))
        wait_for(lambda: len(place.samples()) > place.random.randrange(4), process)
        shutil.rmtree(place.out)
        status, said = place.wait(process, HANG_GUARD_SECONDS)
        place.tally.tries += 1
        place.hold_status(status, 3)
        place.hold_said(said, place.out)
        place.tally.add("false_ok", status == 0, "all well, though nothing was kept")
        place.hold_nothing_left()
