"""Says what is right for a reader's own Python function: python3 python_oracle.py DESCRIPTOR

The workload `python` starts this and talks to it over a socket. A line of JSON names the file; the answer says how many
tasks it makes. `expect` runs all tasks here, one after the other, unless the file checks results itself. `check` is
followed by the pickled results, and is answered with what is wrong with them.
"""

import itertools
import json
import os
import pickle
import socket
import struct
import sys

import runoff_end
import runoff_load


MOST_TASKS = 10_000_000


class Unusable(Exception):
    """The file cannot be measured as it is; the text says what to change."""


class Wrong(Exception):
    """The results are not what they should be."""


def require_functions(form, name):
    for function, meaning in (("tasks", "`def tasks()`, which gives a list"),
                              ("task", "`def task(x)`, which is called with each thing that `tasks()` gives")):
        if not callable(getattr(form, function, None)):
            raise Unusable(f"{name} has no function `{function}`: define {meaning}")


def list_of(form, name):
    made = form.tasks()
    try:
        arguments = list(itertools.islice(made, MOST_TASKS + 1))
    except TypeError:
        raise Unusable(f"{name}: `tasks()` gives a {type(made).__name__}: let it return a list") from None
    if len(arguments) > MOST_TASKS:
        raise Unusable(f"{name}: `tasks()` gives more than {MOST_TASKS:,} tasks, or never ends: let it return a list, and let "
                       "each task do more")
    if not arguments:
        raise Unusable(f"{name}: `tasks()` gives no task: let it return a list of what `task(x)` is called with")
    return arguments


def run_alone(form, argument):
    import inspect
    if inspect.iscoroutinefunction(form.task):
        import asyncio
        return asyncio.run(form.task(argument))
    return form.task(argument)


def require_comparable(number, value):
    """Results come from processes as copies, and are compared with those of the loop by `==`."""
    what = f"task {number} returned a {type(value).__name__}"
    instead = "return plain data, or define `check(results)`"
    try:
        copy = pickle.loads(pickle.dumps(value))
    except Exception as error:
        raise Unusable(f"{what}, which cannot be pickled ({error}), and a process sends its results so: return plain "
                       "data") from None
    try:
        equal = bool(copy == value)
    except Exception as error:
        raise Unusable(f"{what}, which cannot be compared: == gave {type(error).__name__}: {error}; {instead}") from None
    if not equal:
        raise Unusable(f"{what}, which does not equal a copy of itself: {instead}, or give it `__eq__`")


def short(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


class Oracle:
    def __init__(self, file):
        self.name = os.path.basename(file)
        self.file = file
        self.form = runoff_load.load(file)
        require_functions(self.form, self.name)
        self.arguments = list_of(self.form, self.name)
        self.expected = None

    def expect(self):
        if hasattr(self.form, "check"):
            return
        self.expected = []
        for number, argument in enumerate(self.arguments):
            try:
                value = run_alone(self.form, argument)
            except BaseException as error:
                raise Unusable(f"task {number}: {runoff_load.describe(error, self.file)}") from None
            require_comparable(number, value)
            self.expected.append(value)

    def check(self, results):
        if self.expected is None:
            said = self.form.check(results)
            if said is not None and said is not True:
                raise Wrong(f"check(results) says {short(said)}")
            return
        for number, (value, expected) in enumerate(zip(results, self.expected)):
            if not value == expected:
                raise Wrong(f"task {number} returned {short(value)}, and {short(expected)} in a loop; where results may "
                            "differ, define `check(results)`")


def main(descriptor):
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    # What the file prints belongs neither among the measurements nor among the errors.
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    orders = control.makefile("rb")

    def answer(fine, text):
        content = text.encode()
        control.sendall(struct.pack("=QQ", fine, len(content)) + content)

    oracle, file = None, json.loads(orders.readline())["file"]
    try:
        oracle = Oracle(file)
        answer(True, str(len(oracle.arguments)))
        for order in orders:
            try:
                if order == b"expect\n":
                    oracle.expect()
                else:
                    sizes = struct.unpack(f"={len(oracle.arguments)}Q", orders.read(8 * len(oracle.arguments)))
                    oracle.check([pickle.loads(orders.read(size)) for size in sizes])
                answer(True, "")
            except Wrong as error:
                answer(False, str(error))
    except Unusable as error:
        answer(False, str(error))
    except BaseException as error:
        answer(False, runoff_load.describe(error, file))
    runoff_end.end_within_patience(file)


if __name__ == "__main__":
    main(int(sys.argv[1]))
