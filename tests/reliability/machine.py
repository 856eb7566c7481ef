"""A machine that has too little of something, or changes under a run."""

import os
import re
import resource
import signal
import subprocess
import time

from bench import HANG_GUARD_SECONDS, Skip, alone, built, mounted
from ends import words
from faults import fault
from workers import descendants, name_of, rows_written, wait_for, workers_of

# Of no other process of this machine, so that a limit on its processes counts ours alone.
STRANGER = 54321
FINE = ("ok",)


def small(*more, backends="serial,std-thread,fork", workers="2", samples="2"):
    return ["--workloads", "harm", "--backends", backends, "--workers", workers, "--samples", samples, *more]


def backends_here(place, *names):
    return ",".join(["serial", *(one for one in names if built(place, "backend", one))])


def hold(place, status, rows, allowed=FINE):
    """Each sample is `ok` or says why it is not."""
    for row in rows:
        place.tally.marked += row["status"] != "ok"
        place.tally.add("unsaid", row["status"] not in allowed or (row["status"] != "ok" and not row["detail"]), str(row))
    failed = any(row["status"] in ("crashed", "failed", "timeout", "wrong") for row in rows)
    place.hold_status(status, 1 if failed else 0)
    place.hold_nothing_left()


@fault("disk-full", "the disk is full while samples are written; then there is room, and --resume",
       "runoff names the file and the reason, with exit status 3; no row is lost", short=1, full=6)
def disk_full(place, tries):
    wrap = alone()
    for _ in range(tries):
        place.fresh()
        os.makedirs(place.out)
        size = place.random.choice((16, 20, 24))  # plan and environment take 12
        # One namespace of mounts for both sessions, as a person would have it.
        script = (f'mount -t tmpfs -o size={size}k campaign "{place.out}"\n'
                  '"$@" >"$SAID" 2>&1 && exit 99\n'
                  'status=$?; cp "$OUT/samples.csv" "$KEPT"\n'
                  'mount -o remount,size=8m "$OUT"\n"$@" >/dev/null 2>&1\n'
                  'echo "$? $status"; cp -r "$OUT" "$OUT.kept"')
        said, kept = place.path("first"), place.path("kept.csv")
        command = place.command(*small(backends="serial", samples="60"), "--resume")
        process = place.start(command, wrap=[*wrap, "sh", "-c", script, "sh"],
                              environment={"SAID": said, "KEPT": kept, "OUT": place.out})
        _, ends = place.wait(process)
        place.tally.tries += 1
        place.tally.add("unsaid", ends.split() != ["0", "3"], f"exit statuses {ends}")
        with open(said) as stream:
            place.hold_said(stream.read(), "No space left on device", place.out)
        out, place.out = place.out, place.out + ".kept"
        after = place.hold_rows(60)
        with open(kept, "rb") as before, open(os.path.join(place.out, "samples.csv"), "rb") as now:
            whole = before.read()
            whole = whole[:whole.rfind(b"\r\n") + 2]
            place.tally.add("lost", not now.read().startswith(whole), "the first rows are not what they were")
            place.tally.add("unsaid", whole.count(b"\r\n") >= len(after), "the disk was never full")
        place.hold_report()
        place.fresh()
        place.out = out
        place.hold_nothing_left()


@fault("clock-steps", "the time of day steps by hours, forth and back, again and again", "nothing: no time is taken from it")
def clock_steps(place, tries):
    for _ in range(tries):
        place.fresh()
        library = os.path.join(place.modules, "stepping_clock.so")
        status, _ = place.run(*small(samples="4"), environment={"LD_PRELOAD": library})
        place.tally.tries += 1
        rows = place.hold_rows(12)
        hold(place, status, rows)
        for row in rows:  # 40 tasks of 1 ms on one or two workers
            place.tally.add("false_ok", not 20e6 <= int(row["wall_ns"]) < 10e9, f"a time that cannot be: {row['wall_ns']}")
        place.hold_report()


@fault("no-shared-memory", "/dev/shm is full", "nothing: memory that workers share has no name; MPI says it or goes without")
def no_shared_memory(place, tries):
    for _ in range(tries):
        place.fresh()
        wrap = mounted("mount -t tmpfs -o size=4k campaign /dev/shm; head -c 4096 /dev/zero >/dev/shm/full")
        backends = backends_here(place, "std-thread", "fork", "boost-process", "mpi")
        status, _ = place.run(*small(backends=backends), wrap=wrap)
        place.tally.tries += 1
        rows = place.hold_rows(2 * (1 + backends.count(",")))
        for row in rows:
            if row["backend"] != "mpi":
                place.tally.add("spread", row["status"] != "ok", str(row))
        hold(place, status, rows, ("ok", "crashed", "failed"))


def tries_under(limit, place, tries, timeout, *backends):
    """Runs with 2 and 100 workers under a limit of the kernel: exit status and rows of each."""
    for _ in range(tries):
        place.fresh()
        status, said = place.run(*small(backends=backends_here(place, *backends), workers="2,100", samples="1"),
                                 "--timeout", timeout, preexec_fn=limit)
        place.tally.tries += 1
        rows = place.hold_rows()
        place.tally.add("unsaid", not rows, said[-300:])
        yield status, rows


def few_descriptors(place, tries, most):
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    for status, rows in tries_under(limit, place, tries, "20s", "std-thread", "fork", "boost-process", "event-loop", "mpi"):
        for row in rows:
            if row["workers"] != "100":
                place.tally.add("spread", row["status"] not in ("ok", "unsupported"), str(row))
        hold(place, status, rows, ("ok", "failed", "crashed", "unsupported"))


for most in (1024, 64):
    fault(f"descriptors-{most}", f"{most} descriptors only, with 2 and 100 workers",
          "`ok`, or `failed` with what could not be opened")(
              lambda place, tries, most=most: few_descriptors(place, tries, most))


@fault("small-files", "files may be 8 MiB at most (ulimit -f)", "nothing; what needs more shared memory is told so, with the "
       "limit")
def small_files(place, tries):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20))

    for _ in range(tries):
        place.fresh()
        status, _ = place.run(*small(), preexec_fn=limit)
        place.tally.tries += 1
        hold(place, status, place.hold_rows(6))
        place.fresh()
        status, said = place.run("--workloads", "stream", "--set", "stream.n=10000000", "--backends", "serial", "--samples",
                                 "1", preexec_fn=limit)
        place.tally.tries += 1
        place.hold_status(status, 3)
        place.hold_said(said, "ulimit -f is 8.0 MiB")
        place.hold_nothing_left()


@fault("few-processes", "few processes are allowed, with 2 and 100 workers", "`ok`, or `failed` with the worker that could not "
       "be started, at once")
def few_processes(place, tries):
    if os.getuid() != 0:
        raise Skip("only root can become a user without processes")

    def limit():
        resource.setrlimit(resource.RLIMIT_NPROC, (40, 40))
        os.setgid(STRANGER)
        os.setuid(STRANGER)

    for status, rows in tries_under(limit, place, tries, "30s", "std-thread", "fork", "boost-process", "asio-pool", "mpi"):
        hold(place, status, rows, ("ok", "failed", "crashed"))


@fault("no-proc", "/proc is not mounted", "runoff says that it needs it, with exit status 3, before anything is measured")
def no_proc(place, tries):
    for _ in range(tries):
        place.fresh()
        status, said = place.run(*small(), wrap=mounted("mount -t tmpfs campaign /proc"))
        place.tally.tries += 1
        place.hold_status(status, 3)
        place.hold_said(said, "/proc")
        place.tally.add("left", os.path.exists(place.out), "a folder of a run that never began")
        place.hold_nothing_left()


@fault("home-read-only", "the home is read-only", "nothing: nothing is written there, by plots neither")
def home_read_only(place, tries):
    for _ in range(tries):
        place.fresh()
        home = place.path("home")
        wrap = mounted(f'mount --bind "{home}" "{home}"; mount -o remount,ro,bind "{home}"')
        status, said = place.run(*small(backends="serial", samples="6"), wrap=wrap, environment={"RUNOFF_PYTHON": ""})
        place.tally.tries += 1
        hold(place, status, place.hold_rows(6))
        place.tally.add("unsaid", "atplotlib" in said, said)


@fault("no-sudo", "packages are missing, and there is no sudo", "run.sh names them and says what to do, with exit status 3")
def no_sudo(place, tries):
    source = os.path.join(os.path.dirname(__file__), "..", "..", "scripts")
    for _ in range(tries):
        # A folder of programs without sudo, and a list with a package that there is not.
        os.makedirs(place.path("scripts"), exist_ok=True)
        os.makedirs(place.path("bin"), exist_ok=True)
        for name in ("install.sh",):
            with open(os.path.join(source, name)) as one, open(place.path("scripts", name), "w") as other:
                other.write(one.read())
        with open(place.path("scripts", "packages.txt"), "w") as stream:
            stream.write("no-such-package-of-the-campaign\nbash|no-name-of-it\nanother-that-is-missing ?\n")
        for name in ("bash", "grep", "dirname", "apt-get", "dpkg-query", "env"):
            found = next((os.path.join(one, name) for one in ("/usr/bin", "/bin") if
                          os.path.exists(os.path.join(one, name))), None)
            if found is None:
                raise Skip(f"there is no {name}")
            if not os.path.lexists(place.path("bin", name)):
                os.symlink(found, place.path("bin", name))
        with open(place.path("bin", "id"), "w") as stream:
            stream.write("#!/bin/bash\necho 1000\n")
        os.chmod(place.path("bin", "id"), 0o755)
        done = subprocess.run(["/bin/bash", place.path("scripts", "install.sh")], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS, env={"PATH": place.path("bin")}, check=False)
        place.tally.tries += 1
        place.hold_status(done.returncode, 3)
        place.hold_said(done.stderr, "no-such-package-of-the-campaign", "run it as root, or install sudo")
        place.tally.add("unsaid", "no-name-of-it" in done.stderr, done.stderr)  # one of its names is installed
        place.hold_nothing_left()


def stop(processes, number):
    for one in processes:
        try:
            os.kill(one, number)
        except OSError:
            pass


def stopped(place, tries, chosen, pause, limit="60s"):
    """Stops what `chosen` names in the middle of a sample, goes on after a pause, and holds that the pause is in no sample's
    time, or that the sample says it."""
    process = place.start(place.command(*small(backends="serial,std-thread,fork", samples=str(tries + 2)), "--timeout", limit))
    stops = {}
    while len(stops) < tries and process.poll() is None:
        before = rows_written(place)
        if not wait_for(lambda: rows_written(place) >= max(before, 0) and workers_of(process.pid), process):
            break
        time.sleep(place.random.uniform(0, 0.2))
        targets = chosen(process.pid)
        number = rows_written(place)
        stop(targets, signal.SIGSTOP)
        time.sleep(pause)
        still = rows_written(place) == number
        stop(targets, signal.SIGCONT)
        if targets and still:
            stops[number] = True
        wait_for(lambda: rows_written(place) > number, process)
    process.send_signal(signal.SIGINT)
    status, _ = place.wait(process)
    place.tally.tries += len(stops)
    place.hold_status(status, 0, 130)
    for number, row in enumerate(place.hold_rows()):
        place.tally.add("spread", row["status"] != "ok", f"a pause made of sample {number}: {row}")
        if row["status"] == "ok" and number in stops:
            counted = int(row["wall_ns"]) > 300e6 or int(row["cold_ns"]) > 1e9 * pause / 2
            says = "stopped" in row["disturbed_by"].split(";")
            place.tally.marked += says
            place.tally.add("false_ok", counted and not says, f"sample {number} took the pause for its time: {row}")
    place.hold_nothing_left()


@fault("stopped-cell", "the processes of a sample are stopped and go on (SIGSTOP, SIGCONT)",
       "the sample is marked `stopped` in `disturbed_by`", short=3, full=20)
def stopped_cell(place, tries):
    stopped(place, tries, workers_of, 0.6)


@fault("stopped-runoff", "runoff itself is stopped in mid-run", "nothing: the pause is no sample's time", short=2, full=10)
def stopped_runoff(place, tries):
    stopped(place, tries, lambda runoff: [runoff], 0.6)


@fault("stopped-all", "all of it is stopped for longer than the time limit", "no sample runs out of time for it, and what was "
       "under way is marked `stopped`", short=1, full=15)
def stopped_all(place, tries):
    stopped(place, tries, lambda runoff: [runoff, *(one for one in descendants(runoff) if name_of(one))], 4.2, "4s")
