"""Writes files that are whole or not there: under another name first, and then renamed."""

import os
import tempfile
import time


def tasks(fsync, inputs):
    folder = os.path.join(tempfile.gettempdir(), "runoff-file-write")
    return [(folder, f"{number:05}.dat", content, fsync == "yes") for number, content in enumerate(inputs)]


def task(work):
    folder, name, content, sync = work
    stamp = time.monotonic_ns()
    path = os.path.join(folder, name)
    part = f"{path}.{os.getpid()}.part"
    try:
        with open(part, "wb") as file:
            file.write(stamp.to_bytes(8, "little"))
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.rename(part, path)
    except OSError:
        if os.path.exists(part):
            os.remove(part)
        raise
    if sync:
        parent = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(parent)
        finally:
            os.close(parent)
    return stamp
