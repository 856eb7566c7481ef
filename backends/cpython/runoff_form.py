"""A Python form as its workers see it: the file is loaded, its tasks are run, and it is noted which thread ran them.

Workers that are spawned import this and little else.
"""

import os
import sys
import threading
import time

import runoff_load

form = None  # the module of the file
cores = []  # of each worker, the one to stay on; empty: wherever the system puts them
_here = threading.local()


class TaskRaised(Exception):
    """A task raised; the text says what and where."""


def load(file):
    global form
    form = runoff_load.load(file)
    return form


def describe(error):
    return runoff_load.describe(error, form.__file__)


def this_thread():
    """The kernel's number of the calling thread, asked once."""
    try:
        return _here.thread
    except AttributeError:
        _here.thread = threading.get_native_id()
        return _here.thread


def _forget_thread():
    global _here
    _here = threading.local()


os.register_at_fork(after_in_child=_forget_thread)


def stay_on_core(worker):
    """Of the calling thread, which is worker number `worker`."""
    if cores:
        os.sched_setaffinity(0, {cores[worker % len(cores)]})


def die_with_parent():
    """In a worker that was forked. It has inherited its parent's ends of all pipes, and would wait for ever on one of
    them; those that are spawned see that the other end is gone."""
    ctypes = sys.modules.get("ctypes")  # who forks has imported it: that takes longer than a fork
    if ctypes:
        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
        if os.getppid() != sys.modules["multiprocessing"].parent_process().pid:
            os._exit(1)  # it had gone before


def enter_process(file, its_cores, worker, shared):
    """In a worker that is a process of its own, or has an interpreter of its own, before its first task."""
    global cores
    if form is not None:  # it was forked
        die_with_parent()
    cores = its_cores
    stay_on_core(worker)
    if form is None:
        load(file)
    if shared is not None:
        form.initialize(shared)


def run(item):
    """One task: (its number, what its function is called with). What it leaves: (number, thread, ns, value, failure)."""
    number, argument = item
    try:
        return number, this_thread(), 0, form.task(argument), ""
    except BaseException as error:  # sys.exit() too: some executors would wait for ever for what it ended
        raise TaskRaised(f"task {number}: {describe(error)}") from None


def run_recorded(item):
    """The same for a workload that keeps records: how long it took, and that it failed."""
    number, argument = item
    if hasattr(form, "prepare"):
        form.prepare(argument)
    began = time.monotonic_ns()
    try:
        value, failure = form.task(argument), ""
    except Exception as error:
        value, failure = None, describe(error)
    return number, this_thread(), time.monotonic_ns() - began, value, failure


async def run_async(item):
    number, argument = item
    try:
        return number, this_thread(), 0, await coroutine()(argument), ""
    except BaseException as error:
        raise TaskRaised(f"task {number}: {describe(error)}") from None


async def run_async_recorded(item):
    number, argument = item
    began = time.monotonic_ns()
    try:
        value, failure = await coroutine()(argument), ""
    except Exception as error:
        value, failure = None, describe(error)
    return number, this_thread(), time.monotonic_ns() - began, value, failure


def coroutine():
    """The function of the form that is an `async def`; None where there is none."""
    import inspect
    for name in ("task_async", "task"):
        function = getattr(form, name, None)
        if inspect.iscoroutinefunction(function):
            return function
    return None


def run_many(run_one, items):
    return [run_one(item) for item in items]


def run_batch(run_one, items):
    """The same, for workers that cannot raise what the driver knows: the text of what a task raised."""
    try:
        return run_many(run_one, items)
    except TaskRaised as error:
        return str(error)


def begin_in_pool(file, its_cores, numbers, all_here, patience, shared):
    """The initializer of the workers of a pool, which begins when all are here."""
    with numbers.get_lock():
        worker = numbers.value
        numbers.value += 1
    enter_process(file, its_cores, worker, shared)
    all_here.wait(patience)


def live(run_one, batch, sender, file, its_cores, worker, shared):
    """The whole life of a process that was made for these tasks."""
    enter_process(file, its_cores, worker, shared)
    try:
        answers = run_many(run_one, batch)
    except TaskRaised as error:
        answers = error
    sender.send(answers)
