"""What the driver does: it is told once, in a line of JSON, what to run and with what; from then on each line asks for one
execution. Each answer is a kind, a size and that many bytes.
"""

import array
import inspect
import json
import mmap
import os
import pickle
import socket
import struct
import sys

import runoff_blocks
import runoff_end
import runoff_executors
import runoff_form
import runoff_load
import runoff_processes
import runoff_work

READY, ANSWERS, PART, FAILED, UNSUPPORTED, LOST = range(6)
HEAD = struct.Struct("=QQ")
MASK = (1 << 64) - 1


def encode(value):
    """Numbers as 8 bytes, text and bytes as they are, the parts of a tuple or a list one after the other."""
    if value is None:
        return b""
    if isinstance(value, int):
        return (value & MASK).to_bytes(8, sys.byteorder)
    if isinstance(value, float):
        return struct.pack("=d", value)
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, (tuple, list)):
        return b"".join(map(encode, value))
    return bytes(value)


def pickled(value):
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def table(answers, encode_value, left):
    """A column for each of: the task, its thread, ns, the size of its value, the size of its failure; then the values, the
    failures, and what is left: the root's value of a recursion."""
    numbers, threads, times, values, failures = zip(*answers) if answers else ([],) * 5
    values = [encode_value(value) for value in values]
    failures = [failure.encode() for failure in failures]
    return b"".join([struct.pack("=QQ", len(numbers), len(left)),
                     array.array("Q", numbers), array.array("q", threads), array.array("q", times),
                     array.array("Q", map(len, values)), array.array("Q", map(len, failures)),
                     *values, *failures, left])


def called_with(form, order):
    """What each task is called with: the file's own list."""
    wanted = inspect.signature(form.tasks).parameters
    named = {name.replace("-", "_"): value for name, value in order["parameters"].items()}
    given = {name: value for name, value in named.items() if name in wanted}
    if "inputs" in wanted:
        with mmap.mmap(order["memory"], order["claimed"], prot=mmap.PROT_READ) as memory:
            given["inputs"] = [memory[first:first + size] for first, size in order["inputs"]]
    return list(form.tasks(**given))


class Driver:
    def __init__(self, order):
        self.form = load_form(order)
        runoff_form.cores = order["cores"]
        arguments = called_with(self.form, order)
        self.encode = pickled if order["pickled"] else encode
        work = runoff_work.Work(order["file"], list(enumerate(arguments)), order["workers"], order["chunk"], order["start"],
                                order["records"], order["shared from"])
        self.executor = runoff_executors.BY_NAME[order["executor"]](work)
        os.close(order["memory"])
        self.tasks = len(arguments)
        self.joins = order["joins"]

    def execute(self):
        answers = self.executor.execute()
        runoff_form.require_no_fork_back()
        return self.table(answers)

    def table(self, answers):
        answers = runoff_blocks.fetched(answers)
        if self.joins:  # the subtrees of a recursion: what they returned stays here
            root = self.form.join([value for _, _, _, value, _ in sorted(answers)])
            return table([(number, thread, 0, None, "") for number, thread, *_ in answers], encode, encode(root))
        left = encode(self.form.left()) if hasattr(self.form, "left") else b""
        return table(answers, self.encode, left)


class Missing(Exception):
    """A package that the file imports is not there."""


def load_form(order):
    try:
        return runoff_form.load(order["file"])
    except ModuleNotFoundError as error:
        packages = read_packages(order["file"])
        if error.name in packages:
            raise Missing(f"{sys.executable} has no package '{error.name}'; apt-get install "
                          f"{packages[error.name]}") from None
        raise


def read_packages(file):
    """PACKAGES of a file that cannot be imported: Debian's names of what it imports."""
    import ast
    with open(file) as stream:
        for node in ast.parse(stream.read()).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PACKAGES":
                return ast.literal_eval(node.value)
    return {}


def failure_of(error, file):
    """(kind, text) of what went wrong."""
    if isinstance(error, (Missing, runoff_work.Refused)):
        return UNSUPPORTED, str(error)
    if isinstance(error, runoff_processes.WorkerLost):
        return LOST, str(error)
    if isinstance(error, (runoff_form.TaskRaised, runoff_processes.Unusable)):
        return FAILED, str(error)
    return FAILED, runoff_load.describe(error, file)


def main(descriptor):
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    os.dup2(2, 1)  # what tasks print does not belong among the measurements
    orders = control.makefile("rb")

    def answer(kind, content):
        control.sendall(HEAD.pack(kind, len(content)))
        control.sendall(content)

    order = json.loads(orders.readline())
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # for workers that are spawned
    driver = None
    try:
        driver = Driver(order)
        answer(READY, json.dumps({"tasks": driver.tasks}).encode())
        for _ in orders:
            answer(ANSWERS, driver.execute())
    except BaseException as error:
        if getattr(error, "answers", ()) and not driver.joins:
            answer(PART, driver.table(error.answers))
        kind, text = failure_of(error, order["file"])
        answer(kind, text.encode())
        orders.read()  # until the cell lets go
    if driver:
        driver.executor.close()
    runoff_end.end_within_patience(order["file"])

