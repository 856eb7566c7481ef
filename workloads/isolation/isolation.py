"""Tasks that look after their place in a list of their process, and one that writes over the places of the others."""

import time

places = None  # of this process
repaired = -1  # for which execution
execution = damaged = lock = None


class Number:
    """What threads share."""
    value = 0


def tasks(tasks, fault):
    return [(number, tasks, fault) for number in range(tasks)]


def share(context):
    """`context` is the module threading, or what multiprocessing calls a context."""
    numbers = [context.RawValue("q", 0) if hasattr(context, "RawValue") else Number() for _ in range(2)]
    return numbers, context.Lock()


def initialize(shared):
    global execution, damaged, lock
    (execution, damaged), lock = shared


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
    if fault == "overwrite" and number == 0:
        for place in range(1, count):  # one that goes too far
            places[place] = -1
        damaged.value = execution.value + 1
    until = time.monotonic() + 10
    while fault == "overwrite" and damaged.value != execution.value + 1 and time.monotonic() < until:
        time.sleep(0.0001)
    return places[number]
