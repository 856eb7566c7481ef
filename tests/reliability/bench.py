"""A place of its own in which runoff meets a fault, and what is held against it afterwards."""

import csv
import io
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import uuid

HANG_GUARD_SECONDS = 300
# How long what was killed may take to be gone: the launcher's own patience, and some.
GONE_SECONDS = 20


class Skip(Exception):
    """This machine cannot have the fault; the text says why."""


class Failed(Exception):
    """The fault could not be brought about as planned, or what was said of it is not what was promised."""


class Tally:
    """What a campaign counts. All but the tries and the marks are to be 0."""

    PROMISES = ("unreadable", "lost", "doubled", "left", "false_ok", "spread", "hung", "unsaid")

    def __init__(self):
        self.tries = 0
        self.marked = 0  # samples that say that something happened to them
        self.problems = []
        for name in self.PROMISES:
            setattr(self, name, 0)

    def add(self, promise, count, why):
        if count:
            setattr(self, promise, getattr(self, promise) + count)
            self.problems.append(f"{promise}: {why}")

    def broken(self):
        return sum(getattr(self, name) for name in self.PROMISES)


class Place:
    """A folder with room for a run, a home, temporary files and a current folder; all processes that come of it carry a
    mark in their environment, by which they are found wherever they went."""

    def __init__(self, prefix, modules, seed, tally):
        self.prefix, self.modules, self.tally = prefix, modules, tally
        self.random = random.Random(seed)
        self.runoff = os.path.join(prefix, "bin", "runoff")
        self.mark = f"RUNOFF_CAMPAIGN={uuid.uuid4().hex}"
        self.folder = tempfile.mkdtemp(prefix="runoff-campaign-")
        os.chmod(self.folder, 0o777)
        for name in ("tmp", "home", "here"):
            os.mkdir(self.path(name))
            os.chmod(self.path(name), 0o777)
        self.out = self.path("run")
        self.beginnings = self.path("beginnings")
        self.fresh()
        self.shared_memory = set(os.listdir("/dev/shm"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end_all()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def fresh(self):
        """Forgets the run: the next one begins anew."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.seen = []

    def environment(self, **more):
        """No plots, which no fault here is about."""
        name, value = self.mark.split("=")
        return {**os.environ, name: value, "TMPDIR": self.path("tmp"), "HOME": self.path("home"), "RUNOFF_CAMPAIGN_BEGINNINGS": self.beginnings,
                "RUNOFF_PYTHON": "/bin/true", **more}

    def command(self, *words):
        """A run of the workload that misbehaves as `words` say."""
        return [self.runoff, "run", "--plugin", os.path.join(self.modules, "workloads", "harm.so"), "--out", self.out,
                "--quiet", *words]

    def start(self, command, wrap=(), environment=None, preexec_fn=None, **options):
        """A session of its own. What it says goes into a file, so that no pipe of ours holds it up."""
        def begin():
            for one in (signal.SIGINT, signal.SIGHUP):  # ignored where the campaign itself runs under nohup
                signal.signal(one, signal.SIG_DFL)
            if preexec_fn:
                preexec_fn()

        self.said = self.path(f"said-{uuid.uuid4().hex[:8]}")
        with open(self.said, "wb") as stream:
            return subprocess.Popen([*wrap, *command], stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                                    env=self.environment(**(environment or {})), cwd=self.path("here"),
                                    start_new_session=True, preexec_fn=begin, **options)

    def wait(self, process, seconds=HANG_GUARD_SECONDS):
        """Its exit status and what it said; None where it had to be killed."""
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.tally.add("hung", 1, f"no end after {seconds} s: {process.args}")
            self.end_all()
            process.wait()
            status = None
        with open(self.said, errors="replace") as stream:
            return status, stream.read()

    def run(self, *words, **options):
        return self.wait(self.start(self.command(*words), **options))

    def processes(self):
        """Of ours, those that live: number and program."""
        found = []
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                with open(f"/proc/{entry}/environ", "rb") as stream:
                    ours = self.mark.encode() in stream.read().split(b"\0")
                with open(f"/proc/{entry}/stat") as stream:
                    name, rest = stream.read().split("(", 1)[1].rsplit(")", 1)
            except OSError:
                continue
            if ours and rest.split()[0] not in "ZX":
                found.append((int(entry), name))
        return found

    def end_all(self):
        for _ in range(100):
            left = self.processes()
            if not left:
                return
            for process, _ in left:
                try:
                    os.kill(process, 9)
                except OSError:
                    pass
            time.sleep(0.02)

    def samples(self):
        """The rows of samples.csv, whatever it takes to read them; a torn last one is left out, as a run that goes on
        leaves it out. Another way not to be readable is one too many."""
        try:
            with open(os.path.join(self.out, "samples.csv"), "rb") as stream:
                text = stream.read()
        except FileNotFoundError:
            return []
        text = text[:text.rfind(b"\r\n") + 2] if b"\r\n" in text else b""
        try:
            rows = list(csv.reader(io.StringIO(text.decode(), newline=""), strict=True))
        except (csv.Error, UnicodeDecodeError) as error:
            self.tally.add("unreadable", 1, f"samples.csv: {error}")
            return []
        ragged = [row for row in rows if len(row) != len(rows[0])]
        self.tally.add("unreadable", len(ragged), f"samples.csv: rows of another length: {ragged[:1]}")
        return [dict(zip(rows[0], row)) for row in rows[1:] if len(row) == len(rows[0])]

    def hold_rows(self, planned=None):
        """No row that was there is gone or has changed, and none is there twice. `planned`: so many at the end, but for
        more rounds of what was disturbed."""
        rows = self.samples()
        orders = [row["order"] for row in rows]
        self.tally.add("doubled", len(orders) - len(set(orders)), f"orders {orders}")
        kept = {row["order"]: row for row in rows}
        gone = [row["order"] for row in self.seen if kept.get(row["order"]) != row]
        self.tally.add("lost", len(gone), f"orders {gone} of {len(self.seen)}")
        if planned is not None:
            missing = set(map(str, range(planned))) - set(orders)
            self.tally.add("lost", len(missing), f"orders {sorted(missing)} never came")
        self.seen = rows
        return rows

    def hold_report(self):
        """The folder is one that `report` reads; it ends with 1 where there is no time to compare."""
        done = subprocess.run([self.runoff, "report", self.out], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS, env=self.environment(), check=False)
        self.tally.add("unreadable", done.returncode not in (0, 1), f"report: {done.stderr}")

    def hold_nothing_left(self):
        """No process, no shared memory, no socket and no temporary file."""
        deadline = time.monotonic() + GONE_SECONDS
        while (left := self.left()) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.tally.add("left", len(left), str(left))
        if left:
            self.end_all()
            for name in ("tmp", "home", "here"):
                shutil.rmtree(self.path(name), ignore_errors=True)
                os.mkdir(self.path(name))

    def left(self):
        left = [f"process {process} {name}" for process, name in self.processes()]
        for name in ("tmp", "home", "here"):
            left += [os.path.join(name, one) for one in os.listdir(self.path(name))]
        if own_shared_memory():
            left += [f"/dev/shm/{one}" for one in set(os.listdir("/dev/shm")) - self.shared_memory]
        with open("/proc/net/unix") as stream:
            left += [line.split()[-1] for line in stream if self.folder in line]
        return left

    def hold_said(self, said, *words):
        """A person is told: each of the words stands in what was printed."""
        text = " ".join(said.split())
        for word in words:
            self.tally.add("unsaid", word not in text, f"'{word}' is not in: {text[-600:]}")

    def hold_status(self, status, *allowed):
        self.tally.add("unsaid", status is not None and status not in allowed, f"exit status {status}, not {allowed}")


def own_shared_memory():
    """Whether /dev/shm is the campaign's alone (see campaign.py)."""
    return os.environ.get("RUNOFF_CAMPAIGN_ALONE") == "1"


def alone():
    """Words before a command that make it see the mounts that a script makes, and no other process."""
    if not own_shared_memory():
        raise Skip("mounting is not allowed here")
    return ["unshare", "--mount", "--propagation", "private"]


def mounted(script):
    return [*alone(), "sh", "-ec", script + '\nexec "$@"', "sh"]


def built(place, kind, name):
    return os.path.exists(os.path.join(place.prefix, "lib", "runoff", kind + "s", name + ".so"))
