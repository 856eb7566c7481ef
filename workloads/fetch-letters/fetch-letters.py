"""For each letter: GET {letter}.txt and write it to a new file."""

import contextlib
import os
import string
import tempfile

from fetching import fetch, fetch_async, source


def tasks(latency, size, timeout):
    folder = os.path.join(tempfile.gettempdir(), "runoff-fetch-letters")
    return [(source(f"/{letter}.txt", latency, size), os.path.join(folder, f"{letter}.txt"), timeout / 1e9)
            for letter in string.ascii_lowercase]


def write(name, content):
    with contextlib.suppress(FileNotFoundError):
        os.remove(name)  # of an execution before: a file that takes another's place goes to the disk at once
    with open(name, "wb") as file:
        file.write(content)
    return content


def task(work):
    url, name, seconds = work
    return write(name, fetch(url, seconds))


async def task_async(work):
    url, name, seconds = work
    return write(name, await fetch_async(url, seconds))
