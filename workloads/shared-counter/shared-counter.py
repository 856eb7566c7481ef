"""Tasks that add to a counter that they share."""

counter = lock = None


class Number:
    """What threads share."""
    value = 0


def tasks(method, tasks, adds):
    return [(method, adds)] * tasks


def share(context):
    """`context` is the module threading, or what multiprocessing calls a context."""
    number = context.RawValue("Q", 0) if hasattr(context, "RawValue") else Number()
    return number, context.Lock()


def initialize(shared):
    global counter, lock
    counter, lock = shared


def left():
    return counter.value


def task(work):
    how, adds = work
    if how == "locked":
        for _ in range(adds):
            with lock:
                counter.value += 1
    elif how == "unlocked":
        for _ in range(adds):
            counter.value += 1
    else:
        own = 0
        for _ in range(adds):
            own += 1
        with lock:
            counter.value += own
    return adds
