"""Python's executors whose workers are processes."""

import concurrent.futures
import multiprocessing.connection
import time

import runoff_form
from runoff_processes import Muster, have_ended, lost
from runoff_work import flat, require_pickles


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
        got = []
        try:
            answers = self.pool.map(self.work.run, self.work.items, chunksize=self.work.chunk or 1)
        except concurrent.futures.process.BrokenProcessPool:  # a worker has ended before all tasks were handed out
            raise self.lost_one(got) from None

        def wait():
            try:
                for answer in answers:
                    got.append(answer)
                return got
            except concurrent.futures.process.BrokenProcessPool:
                raise self.lost_one(got) from None

        return wait

    def lost_one(self, answers):
        error = lost(self.reaped())
        error.answers = answers
        return error

    def execute(self):
        return self.begin()()

    def close(self):
        self.pool.shutdown(wait=True, cancel_futures=True)


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
