"""A Python form as its workers see it: the file is loaded, its tasks are run, and it is noted which thread ran them.

Workers that are spawned import this and little else.
"""

import mmap
import os
import sys
import threading
import time

import runoff_load

form = None  # the module of the file
cores = []  # of each worker, the one to stay on; empty: wherever the system puts them
_here = threading.local()
_forked = ""  # "here" after this process has forked, "in a task" in a process that a task has forked
_came_back = mmap.mmap(-1, 8)  # of a task whose child came back from it, the number and one; forked processes share it


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


def _in_parent():
    global _forked
    _forked = _forked or "here"


def _in_child():
    global _here, _forked
    _here = threading.local()
    _forked = "in a task"  # until a worker begins in it


os.register_at_fork(after_in_parent=_in_parent, after_in_child=_in_child)


def require_no_fork_back():
    if number := int.from_bytes(_came_back[:], sys.byteorder):
        line = getattr(getattr(form.task, "__code__", None), "co_firstlineno", 0)
        raise TaskRaised(f"task {number - 1} forks, and the child comes back from it: end the child with os._exit() "
                         f"({os.path.basename(form.__file__)}, line {line})")


def after_fork(number):
    """After a task, in a process that has forked or was forked."""
    if _forked == "in a task":  # it would go on as a second worker
        _came_back[:] = (number + 1).to_bytes(8, sys.byteorder)
        os._exit(1)
    require_no_fork_back()


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
    global cores, _forked
    _forked = ""
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
        value = form.task(argument)
    except BaseException as error:  # sys.exit() too: some executors would wait for ever for what it ended
        if _forked:
            after_fork(number)
        raise TaskRaised(f"task {number}: {describe(error)}") from None
    if _forked:
        after_fork(number)
    return number, this_thread(), 0, value, ""


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


def begin_in_pool(file, its_cores, numbers, here, go, patience, shared):
    """The initializer of the workers of a pool, which begins when all are here. Each says that it is, or why not."""
    with numbers.get_lock():
        worker = numbers.value
        numbers.value += 1
    try:
        enter_process(file, its_cores, worker, shared)
    except BaseException as error:
        here.put(runoff_load.describe(error, file))
        raise
    here.put("")
    go.wait(patience)


def live(run_one, batch, sender, file, its_cores, worker, shared):
    """The whole life of a process that was made for these tasks."""
    try:
        enter_process(file, its_cores, worker, shared)
        answers = run_many(run_one, batch)
    except TaskRaised as error:
        answers = error
    except Exception as error:  # in the file, which is loaded here
        answers = TaskRaised(f"a worker process cannot load the file: {runoff_load.describe(error, file)}")
    sender.send(answers)
