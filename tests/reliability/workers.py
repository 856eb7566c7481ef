"""Workers that are killed at random moments."""

import os
import signal
import time

from bench import HANG_GUARD_SECONDS, Skip, built
from faults import fault


def children(process):
    try:
        with open(f"/proc/{process}/task/{process}/children") as stream:
            return [int(one) for one in stream.read().split()]
    except OSError:
        return []


def name_of(process):
    try:
        with open(f"/proc/{process}/comm") as stream:
            return stream.read().strip()
    except OSError:
        return ""


def descendants(process):
    found = [process]
    for one in found:
        found += children(one)
    return found[1:]


def workers_of(runoff):
    """The processes that measure now."""
    return [one for one in descendants(runoff) if name_of(one) == "runoff-cell"]


def rows_written(place):
    try:
        with open(os.path.join(place.out, "samples.csv"), "rb") as stream:
            return stream.read().count(b"\r\n") - 1
    except OSError:
        return -1


def wait_for(condition, process):
    deadline = time.monotonic() + HANG_GUARD_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.001)
    return None


def begins_after(place, workers, moment):
    """Whether one of these processes began an execution after that moment."""
    with open(place.beginnings, encoding="utf-8") as stream:
        return any(int(process) in workers and int(when) > moment for process, when in map(str.split, stream))


def kill_one(place, process, lifetime, kill):
    """Waits for the next sample, and a random part of its life; kills one of its processes. Returns which sample it was, its
    processes, and when that one was gone; None where it was over too soon."""
    before = rows_written(place)
    if not wait_for(lambda: rows_written(place) >= max(before, 0) and workers_of(process.pid), process):
        return None
    time.sleep(place.random.uniform(0, lifetime))
    workers, sample = workers_of(process.pid), rows_written(place)
    if not workers:
        return None
    kill(place.random.choice(workers))
    gone = time.monotonic_ns()
    wait_for(lambda: rows_written(place) > sample, process)
    return sample, workers, gone


def kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        pass


def kill_workers(place, tries, backend, lifetime):
    if not built(place, "backend", backend):
        raise Skip(f"there is no {backend}")
    process = place.start(place.command("--workloads", "harm", "--backends", backend, "--workers", "2", "--samples",
                                        str(4 * tries + 4), "--timeout", "60s"))
    killed = {}
    while len(killed) < tries and process.poll() is None:
        if (found := kill_one(place, process, lifetime, kill)) is not None:
            killed[found[0]] = found[1:]
    process.send_signal(signal.SIGINT)
    status, said = place.wait(process)
    place.tally.tries += len(killed)
    place.tally.add("unsaid", max(0, tries - len(killed)), f"only {len(killed)} of {tries} were killed: {said[-300:]}")
    place.hold_status(status, 130)
    rows = place.hold_rows()
    for number, row in enumerate(rows):
        if number not in killed:
            place.tally.add("spread", row["status"] != "ok", f"sample {number}, which was left alone: {row}")
        elif row["status"] == "ok":
            # One that is killed in the last execution may have done its part.
            place.tally.add("false_ok", begins_after(place, *killed[number]), f"sample {number}: {row}")
        else:
            place.tally.marked += 1
            place.tally.add("unsaid", row["status"] not in ("crashed", "failed") or not row["detail"], str(row))
    place.hold_report()
    place.hold_nothing_left()


SEES = "its sample is `crashed` and names what was killed; the next is measured as if nothing had been"

for name, what, backend, lifetime in [
        ("worker-thread", "a process whose threads work is killed", "std-thread", 0.2),
        ("worker-forked", "a forked worker or its parent is killed", "fork", 0.2),
        ("worker-spawned", "a spawned worker or its parent is killed", "boost-process", 0.3),
        ("worker-rank", "an MPI rank is killed", "mpi", 1.0)]:
    def inject(place, tries, backend=backend, lifetime=lifetime):
        kill_workers(place, tries, backend, lifetime)
    fault(name, what, SEES, short=2 if backend == "mpi" else 6, full=100)(inject)
