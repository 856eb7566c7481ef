"""Python's executors whose workers are threads of one process, the interpreters of a pool among them."""

import concurrent.futures
import functools
import itertools
import os
import platform
import queue
import threading

import runoff_form
from runoff_processes import PATIENCE
from runoff_work import Refused, flat, require_function, require_pickles


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
