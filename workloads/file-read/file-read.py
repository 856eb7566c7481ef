"""Reads files from their beginning to their end, and sums up their words."""

import os
import tempfile
from array import array
from itertools import accumulate


def tasks(files, cache):
    folder = os.path.join(tempfile.gettempdir(), "runoff-file-read")
    return [(os.path.join(folder, f"{number:05}.dat"), cache == "cold") for number in range(files)]


def task(work):
    name, cold = work
    with open(name, "rb") as file:
        if cold:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        content = file.read()
    words = array("Q", content + bytes(-len(content) % 8))
    return len(content), sum(words), sum(accumulate(words))
