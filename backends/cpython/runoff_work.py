"""What an executor is to run, and with what."""

import copy
import functools
import itertools
import multiprocessing
import pickle
import threading

import runoff_blocks
import runoff_form
from runoff_processes import Unusable


class Refused(Exception):
    """There is no natural way to do this; the text says why."""


class Work:
    """What is to be run, and with what."""

    def __init__(self, file, items, workers, chunk, start, records, shared_from):
        self.file = file
        self.items = items
        self.workers = workers
        self.chunk = chunk
        self.shared_from = shared_from
        self.context = multiprocessing.get_context(start) if start else threading
        if start == "fork":
            import ctypes  # see runoff_form.die_with_parent
        self.run = runoff_form.run_recorded if records else runoff_form.run
        if shared_from:
            runoff_blocks.require()
            self.run = functools.partial(runoff_blocks.run, self.run, shared_from)
        self.run_async = runoff_form.run_async_recorded if records else runoff_form.run_async
        # Threads and forked processes lock with the same names: threading.Lock, context.Lock.
        self.shared = runoff_form.form.share(self.context) if hasattr(runoff_form.form, "share") else None
        if self.shared is not None:
            runoff_form.form.initialize(self.shared)

    def batches(self):
        """The tasks, `chunk` of them at a time."""
        size = self.chunk or 1
        return [self.items[first:first + size] for first in range(0, len(self.items), size)]

    def part(self, items, workers):
        """A part of the tasks for some of the workers."""
        part = copy.copy(self)
        part.items, part.workers = items, workers
        return part

    def of_process(self, worker):
        return self.file, runoff_form.cores, worker, self.shared


def flat(lists):
    return list(itertools.chain.from_iterable(lists))


def require_function():
    if runoff_form.coroutine() is runoff_form.form.task:
        raise Refused("`task` is a coroutine: executor=asyncio runs it, and executor=serial one after the other")


def require_pickles(work):
    """Says beforehand what no process could be sent."""
    require_function()
    try:
        pickle.dumps(runoff_form.form.task)
    except Exception as error:
        raise Unusable(f"`task` cannot be pickled ({error}), and a process gets it by its name: define it with `def` at "
                       "the top of the file, and do not wrap it") from None
    for number, argument in work.items:
        try:
            pickle.dumps(argument)
        except Exception as error:
            raise Unusable(f"what task {number} is called with cannot be pickled ({error}), and a process is sent it: "
                           "give it plain data, and open files or locks in `task`") from None
