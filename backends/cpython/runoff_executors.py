"""The ways in which Python runs the tasks of a loop. Each makes its workers when it is made, has `execute()`, which
returns what each task left behind, and `close()`."""

import asyncio
import os

import runoff_form
from runoff_process_executors import Pool, ProcessPool, Processes
from runoff_thread_executors import Interpreters, ThreadPool, Threads
from runoff_work import Refused


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


BY_NAME = {"thread-pool": ThreadPool, "process-pool": ProcessPool, "threads": Threads, "processes": Processes,
           "both": Both, "pool": Pool, "interpreters": Interpreters, "serial": Serial, "asyncio": Asyncio}
