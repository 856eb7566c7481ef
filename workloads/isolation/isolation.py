"""Tasks that look after their place in a list of their process, and one that does harm: it writes over the places of the
others, or its process crashes or is killed."""

import os
import signal
import time

places = None  # of this process
repaired = -1  # for which execution
execution = damaged = done = lock = None


class Number:
    """What threads share."""
    value = 0


def tasks(tasks, fault):
    return [(number, tasks, fault) for number in range(tasks)]


def share(context):
    """`context` is the module threading, or what multiprocessing calls a context."""
    numbers = [context.RawValue("q", 0) if hasattr(context, "RawValue") else Number() for _ in range(3)]
    return numbers, context.Lock()


def initialize(shared):
    global execution, damaged, done, lock
    (execution, damaged, done), lock = shared


def left():
    """When all tasks have run: the next ones find their places repaired."""
    execution.value += 1
    return 0


def task(work):
    global places, repaired
    number, count, fault = work
    with lock:
        if repaired != execution.value:
            places, repaired = list(range(count)), execution.value
    if number == 0:
        do_harm(fault, count)
    elif fault == "overwrite":
        wait_for_harm()
    with lock:
        done.value += 1
    return places[number]


def do_harm(fault, count):
    if fault == "overwrite":
        for place in range(1, count):  # one that goes too far
            places[place] = -1
        damaged.value = execution.value + 1
    elif fault != "none":
        wait_while_it_grows(done)  # until others have done what they can do without this task
        os.kill(os.getpid(), signal.SIGSEGV if fault == "crash" else signal.SIGKILL)
        time.sleep(10)


def wait_for_harm():
    until = time.monotonic() + 10
    while damaged.value != execution.value + 1 and time.monotonic() < until:
        time.sleep(0.0001)


def wait_while_it_grows(count):
    before = -1
    while count.value != before:
        before = count.value
        time.sleep(0.05)  # a process is made in a few ms
