"""Two tasks that each take two locks, in the same order or in the other one."""

import threading
import time

locks = holders = None


def tasks(order, patience):
    seconds = patience / 1e9
    return [(0, 1, order == "opposite", seconds), (1, 0, True, seconds) if order == "opposite" else (0, 1, False, seconds)]


def share(context):
    """`context` is the module threading, or what multiprocessing calls a context."""
    numbers = context.RawArray("q", 2) if hasattr(context, "RawArray") else [0, 0]
    return (context.Lock(), context.Lock()), numbers


def initialize(shared):
    global locks, holders
    locks, holders = shared


def task(work):
    first, second, meets, patience = work
    me = threading.get_native_id()
    with locks[first]:
        holders[first] = me
        until = time.monotonic() + patience
        while meets and not holders[second] and time.monotonic() < until:
            time.sleep(0.0005)
        if not locks[second].acquire(timeout=patience):
            return (f"deadlock: worker {me} holds lock {first} and waits for lock {second}, worker {holders[second]} holds "
                    f"lock {second} and waits for lock {first}; ended after {patience * 1000:.0f} ms")
        locks[second].release()
        holders[first] = 0
    return ""
