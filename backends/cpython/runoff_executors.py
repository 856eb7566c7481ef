"""The ways in which Python runs the tasks of a loop. Each makes its workers when it is made, has `execute()`, which
returns what each task left behind, and `close()`."""

import asyncio
import concurrent.futures
import copy
import functools
import itertools
import multiprocessing
import multiprocessing.connection
import os
import pickle
import platform
import queue
import threading
import time

import runoff_blocks
import runoff_form
from runoff_processes import Muster, PATIENCE, Unusable, have_ended, lost


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


class Serial:
    """A loop."""

    def __init__(self, work):
        self.work = work
        runoff_form.stay_on_core(0)
        self.loop = asyncio.new_event_loop() if runoff_form.coroutine() is runoff_form.form.task else None

    def execute(self):
        if self.loop:
            return [self.loop.run_until_complete(self.work.run_async(item)) for item in self.work.items]
        return [self.work.run(item) for item in self.work.items]

    def close(self):
        pass


class Asyncio:
    """asyncio.gather of all tasks on one loop."""

    def __init__(self, work):
        self.work = work
        if runoff_form.coroutine() is None:
            raise Refused("this workload's Python form has no coroutine: asyncio runs `async def task_async(x)`")
        runoff_form.stay_on_core(0)
        self.loop = asyncio.new_event_loop()

    async def all_tasks(self):
        return await asyncio.gather(*map(self.work.run_async, self.work.items))

    def execute(self):
        return self.loop.run_until_complete(self.all_tasks())

    def close(self):
        self.loop.close()


def require_function():
    if runoff_form.coroutine() is runoff_form.form.task:
        raise Refused("`task` is a coroutine: executor=asyncio runs it, and executor=serial one after the other")


class ThreadPool:
    """concurrent.futures.ThreadPoolExecutor. Its workers are numbered from `first` on."""

    def __init__(self, work, first=0):
        require_function()
        self.work = work
        numbers = itertools.count(first)
        all_here = threading.Barrier(work.workers + 1)

        def begin():
            runoff_form.stay_on_core(next(numbers))
            all_here.wait(PATIENCE)

        self.pool = concurrent.futures.ThreadPoolExecutor(work.workers, initializer=begin)
        # It starts a thread only while none is idle: none is before all are here.
        for _ in range(work.workers):
            self.pool.submit(int)
        all_here.wait(PATIENCE)

    def execute(self):
        if not self.work.chunk:
            return list(self.pool.map(self.work.run, self.work.items))
        return flat(self.pool.map(functools.partial(runoff_form.run_many, self.work.run), self.work.batches()))

    def close(self):
        self.pool.shutdown(wait=False, cancel_futures=True)


class Threads:
    """A threading.Thread for each task, or for each `chunk` of them, as many at a time as there are workers."""

    def __init__(self, work):
        require_function()
        self.work = work

    def execute(self):
        work, places, answers, failures = self.work, queue.SimpleQueue(), [], []
        for worker in range(work.workers):
            places.put(worker)

        def live(batch, worker):
            try:
                runoff_form.stay_on_core(worker)
                answers.append(runoff_form.run_many(work.run, batch))
            except BaseException as error:
                failures.append(error)
            finally:
                places.put(worker)

        threads = []
        for batch in work.batches():
            worker = places.get()
            if failures:
                break
            threads.append(threading.Thread(target=live, args=(batch, worker)))
            threads[-1].start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return flat(answers)

    def close(self):
        pass


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


class ProcessPool:
    """concurrent.futures.ProcessPoolExecutor."""

    def __init__(self, work):
        require_pickles(work)
        self.work = work
        muster = Muster(work)
        self.pool = concurrent.futures.ProcessPoolExecutor(work.workers, mp_context=work.context, **muster.initializer)
        processes = {}
        try:
            for _ in range(work.workers):  # it starts a process only while none is idle
                self.pool.submit(int)
                processes.update(self.pool._processes or {})
        except concurrent.futures.process.BrokenProcessPool:
            pass  # the muster knows why
        self.processes = list(processes.values())
        muster.wait_for(self)

    def reaped(self):
        """All of them: when one has ended, a thread of the pool ends the others, and then itself, if it does not hang then
        (gh-94777 of CPython)."""
        thread = self.pool._executor_manager_thread
        if thread is not None:
            thread.join(1)
        return self.processes

    def begin(self):
        """Hands the tasks out; what is returned waits for them."""
        answers = self.pool.map(self.work.run, self.work.items, chunksize=self.work.chunk or 1)

        def wait():
            got = []
            try:
                for answer in answers:
                    got.append(answer)
                return got
            except concurrent.futures.process.BrokenProcessPool:
                error = lost(self.reaped())
                error.answers = got
                raise error from None

        return wait

    def execute(self):
        return self.begin()()

    def close(self):
        self.pool.shutdown(wait=True, cancel_futures=True)


class Both:
    """A ProcessPoolExecutor for the tasks that compute, beside a ThreadPoolExecutor for those that wait: the file tells
    which, in `def waits(x)`. There are as many processes as cores, but no more than half of the workers."""

    def __init__(self, work):
        waits = getattr(runoff_form.form, "waits", None)
        if waits is None:
            raise Refused("this workload's Python form does not tell which tasks wait: executor=both asks `def waits(x)`")
        if work.workers < 2:
            raise Refused("executor=both is two workers at least: a process and a thread")
        processes = min(len(os.sched_getaffinity(0)), work.workers // 2)
        items = {True: [], False: []}
        for item in work.items:
            items[bool(waits(item[1]))].append(item)
        self.processes = ProcessPool(work.part(items[False], processes))  # first: a process that forks has no threads
        self.threads = ThreadPool(work.part(items[True], work.workers - processes), processes)

    def execute(self):
        wait_for_processes = self.processes.begin()
        return self.threads.execute() + wait_for_processes()

    def close(self):
        self.threads.close()
        self.processes.close()


class Pool:
    """multiprocessing.Pool. Without `chunk`, it cuts the tasks into four pieces for each worker."""

    def __init__(self, work):
        require_pickles(work)
        self.work = work
        muster = Muster(work)
        self.pool = work.context.Pool(work.workers, **muster.initializer)
        self.processes = list(self.pool._pool)
        try:
            muster.wait_for(self)
        except BaseException:
            self.pool.terminate()  # it would make new ones for ever
            raise

    def reaped(self):
        """Those that a thread of the pool has seen to have ended, and has put others in the place of."""
        until = time.monotonic() + 1
        while True:
            gone = [process for process in self.processes if process not in self.pool._pool]
            if gone or time.monotonic() > until:
                return gone or self.processes
            time.sleep(0.01)

    def execute(self):
        result = self.pool.map_async(self.work.run, self.work.items, chunksize=self.work.chunk)
        while not result.ready():
            result.wait(0.2)
            # It replaces a worker that has died, and waits for its tasks for ever.
            if have_ended(self.processes, 0):
                raise lost(self.reaped())
        return result.get()

    def close(self):
        self.pool.terminate()
        self.pool.join()


# What each interpreter of a pool runs first. It has modules of its own, and does not know the driver's folder.
BEGIN_INTERPRETER = """
import sys
try:
    sys.path.insert(0, folder)
    import runoff_form
    runoff_form.enter_process(file, cores, places.get(), None)
    here.put("")
    go.get(timeout=patience)
except BaseException as error:
    here.put(f"{type(error).__name__}: {error}")
    raise
"""


class Interpreters:
    """concurrent.futures.InterpreterPoolExecutor: threads, each with an interpreter and a lock of its own."""

    def __init__(self, work):
        if not hasattr(concurrent.futures, "InterpreterPoolExecutor"):
            raise Refused(f"executor=interpreters is there from Python 3.14 on, and this is {platform.python_version()}")
        if work.shared is not None:
            raise Refused("interpreters share no locks and no counters, and this workload's Python form does")
        require_pickles(work)
        self.work = work
        from concurrent import interpreters
        places, here, go = (interpreters.create_queue() for _ in range(3))
        for worker in range(work.workers):
            places.put(worker)
        begun_with = {"folder": os.path.dirname(os.path.abspath(__file__)), "file": work.file, "cores": runoff_form.cores,
                      "places": places, "here": here, "go": go, "patience": PATIENCE}
        self.pool = concurrent.futures.InterpreterPoolExecutor(work.workers, initializer=exec,
                                                               initargs=(BEGIN_INTERPRETER, begun_with))
        try:
            for _ in range(work.workers):  # it starts a thread only while none is idle
                self.pool.submit(int)
        except concurrent.futures.BrokenExecutor:
            pass  # one could not begin, and says why
        for _ in range(work.workers):
            if reason := here.get(timeout=PATIENCE):
                raise Refused(f"an interpreter of its own cannot run this file ({reason})")
        for _ in range(work.workers):
            go.put(True)

    def execute(self):
        run = functools.partial(runoff_form.run_batch, self.work.run)
        answers = list(self.pool.map(run, self.work.batches()))
        for answer in answers:
            if isinstance(answer, str):
                raise runoff_form.TaskRaised(answer)
        return flat(answers)

    def close(self):
        self.pool.shutdown(wait=False, cancel_futures=True)


class Processes:
    """A multiprocessing.Process for each task, or for each `chunk` of them, as many at a time as there are workers; each
    sends what it has through a pipe of its own."""

    def __init__(self, work):
        require_pickles(work)
        self.work = work

    def execute(self):
        work, answers, alive, gone = self.work, [], {}, None
        batches, places = iter(work.batches()), list(range(work.workers))
        try:
            while True:
                while not gone and places and (batch := next(batches, None)) is not None:
                    place = places.pop()
                    receiver, sender = work.context.Pipe(duplex=False)
                    process = work.context.Process(target=runoff_form.live,
                                                   args=(work.run, batch, sender) + work.of_process(place))
                    process.start()
                    sender.close()
                    alive[receiver] = (process, place)
                # When one is gone no more begin, and those that can end by themselves soon may do so.
                ready = multiprocessing.connection.wait(list(alive), 1 if gone else None) if alive else []
                if not ready:
                    if gone:
                        gone.answers = flat(answers)
                        raise gone
                    return flat(answers)
                for receiver in ready:
                    process, place = alive.pop(receiver)
                    try:
                        answer = receiver.recv()
                    except EOFError:
                        gone = lost([process])
                        continue
                    finally:
                        receiver.close()
                    process.join()
                    places.append(place)
                    if isinstance(answer, Exception):
                        raise answer
                    answers.append(answer)
        finally:
            for process, _ in alive.values():
                process.kill()
                process.join()

    def close(self):
        pass


BY_NAME = {"thread-pool": ThreadPool, "process-pool": ProcessPool, "threads": Threads, "processes": Processes,
           "both": Both, "pool": Pool, "interpreters": Interpreters, "serial": Serial, "asyncio": Asyncio}
