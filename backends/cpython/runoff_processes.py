"""The processes of Python's executors: how they begin together, and which of them ended, and how."""

import multiprocessing.connection
import signal

import runoff_form

PATIENCE = 120  # seconds that workers have to begin


class Unusable(Exception):
    """The file cannot be run like this; the text says what to change."""


class WorkerLost(Exception):
    """A worker process ended before its work did; the text says how. `answers` is what others had done by then."""
    answers = ()


def how_it_ended(process):
    code = process.exitcode
    if code is None or code >= 0:
        return f"worker process {process.pid} exited with code {code}"
    try:
        return f"worker process {process.pid} was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"worker process {process.pid} was killed by signal {-code}"


def lost(processes):
    """The WorkerLost of the first of them that ended by itself. Where a thread of an executor asks for their exit codes, too,
    it has done so: one of two that ask at once gets a wrong one."""
    for process in processes:
        process.join(1)
    ended = [process for process in processes if process.exitcode is not None]
    # An executor that has lost one ends the others: by SIGTERM, or by telling them to.
    by_itself = ([process for process in ended if process.exitcode not in (0, -signal.SIGTERM)] or
                 [process for process in ended if process.exitcode == 0] or ended or processes)
    return WorkerLost(how_it_ended(by_itself[0]))


def have_ended(processes, seconds):
    """Whether one of them has, or does within this time. Their exit codes stay unread."""
    return bool(multiprocessing.connection.wait([process.sentinel for process in processes], seconds))


class Muster:
    """The processes of a pool begin when all of them are here, or it is told which cannot begin, and why."""

    def __init__(self, work):
        self.workers = work.workers
        self.here, self.go = work.context.SimpleQueue(), work.context.Event()
        self.initializer = {"initializer": runoff_form.begin_in_pool,
                            "initargs": (work.file, runoff_form.cores, work.context.Value("i", 0), self.here, self.go,
                                         PATIENCE, work.shared)}

    def wait_for(self, executor):
        """Of its `processes`. Where one of them has ended it says by `reaped` whose exit codes it has read."""
        for _ in range(self.workers):
            while self.here.empty():
                # What it said before it ended comes first.
                if have_ended(executor.processes, 0.001) and self.here.empty():
                    raise WorkerLost(f"{lost(executor.reaped())} before its first task")
            if reason := self.here.get():
                raise Unusable(f"a worker process cannot load the file: {reason}")
        self.go.set()
