"""Stands in for what Python 3.14 has of interpreters, in CPython 3.11: concurrent.futures.InterpreterPoolExecutor and
queues of concurrent.interpreters. The interpreters are true ones, with modules of their own, but share one lock."""

import concurrent
import concurrent.futures
import functools
import pickle
import sys
import threading
import time
import types

import _xxsubinterpreters as subinterpreters

_mine = threading.local()


class Queue:
    def __init__(self, channel):
        self.channel = channel

    def put(self, thing):
        subinterpreters.channel_send(self.channel, pickle.dumps(thing))

    def get(self, timeout=60):
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            try:
                got = subinterpreters.channel_recv(self.channel, None)
            except SystemError:  # 3.11 mixes it up with what another interpreter raises meanwhile
                continue
            if got is not None:
                return pickle.loads(got)
            time.sleep(0.001)
        raise TimeoutError

    def __reduce__(self):
        return Queue, (int(self.channel),)


def create_queue():
    return Queue(subinterpreters.channel_create())


def call(function, *arguments):
    """In the interpreter of the calling thread."""
    answers = create_queue()
    code = pickle.dumps((function, arguments, answers))
    subinterpreters.run_string(_mine.interpreter, f"import pickle\nfunction, arguments, answers = pickle.loads({code!r})\n"
                                                  "answers.put(function(*arguments))")
    return answers.get()


def begin(initializer, arguments):
    _mine.interpreter = subinterpreters.create(isolated=False)
    call(initializer, *arguments)


class InterpreterPoolExecutor(concurrent.futures.ThreadPoolExecutor):
    def __init__(self, max_workers, initializer, initargs):
        super().__init__(max_workers, initializer=begin, initargs=(initializer, initargs))

    def submit(self, function, *arguments):
        return super().submit(call, function, *arguments)


concurrent.futures.InterpreterPoolExecutor = InterpreterPoolExecutor
concurrent.interpreters = types.ModuleType("concurrent.interpreters")
concurrent.interpreters.create_queue = create_queue
sys.modules["concurrent.interpreters"] = concurrent.interpreters
