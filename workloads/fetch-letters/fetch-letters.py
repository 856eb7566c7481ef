"""For each letter: GET {letter}.txt and write it to a file."""

import os
import string
import tempfile

from fetching import fetch, fetch_async, source


def tasks(latency, size, timeout):
    folder = os.path.join(tempfile.gettempdir(), "runoff-fetch-letters")
    return [(source(f"/{letter}.txt", latency, size), os.path.join(folder, f"{letter}.txt"), timeout / 1e9)
            for letter in string.ascii_lowercase]


def write(name, content):
    # Over what an execution before has left: a file that is first cut to nothing goes to the disk at once.
    with open(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(content)
        file.truncate()
    return content


def task(work):
    url, name, seconds = work
    return write(name, fetch(url, seconds))


async def task_async(work):
    url, name, seconds = work
    return write(name, await fetch_async(url, seconds))
