"""Readers' own Python files for the tests of the backend cpython, whose programs are called with PREFIX FOLDER_OF_CELL_PY."""

import os
import shutil
import sys
import tempfile
import textwrap
import unittest

PREFIX = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from cell import Cell, Modules, run  # noqa: E402, F401

EXECUTORS = {"thread-pool": 8, "process-pool": 8, "threads": 8, "processes": 8, "pool": 8, "serial": 1, "asyncio": 1}
OF_PROCESSES = ("process-pool", "processes", "pool")

# As many tasks as workers, each of which waits until all are there: they meet in a folder.
MEETING = """
    import os, time
    def tasks():
        return range({count})
    def task(x):
        folder = os.environ["TMPDIR"]
        rounds = len([name for name in os.listdir(folder) if name.startswith(f"{{x}}.")])
        open(os.path.join(folder, f"{{x}}.{{rounds}}"), "w").close()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if all(os.path.exists(os.path.join(folder, f"{{y}}.{{rounds}}")) for y in range({count})):
                return x
            time.sleep(0.002)
        return "alone"
    def check(results):
        return results == list(range({count}))
"""

WAITS = """
    def waits(x):
        return x % 2 == 0
"""

BROKEN = """
    import os, signal
    def tasks():
        return range(9)
    def task(x):
        if x == 5:
            {what}
        return x
    def check(results):
        return results == list(range(9))
"""


class OwnFiles(unittest.TestCase):
    def setUp(self):
        self.modules = Modules(PREFIX, "")
        self.folder = tempfile.mkdtemp(prefix="runoff-test-python-")
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, text, **values):
        file = os.path.join(self.folder, "mine.py")
        with open(file, "w") as stream:
            stream.write(textwrap.dedent(text).format(**values) if values else textwrap.dedent(text))
        return file

    def run_file(self, text, variant, workers=2, modules=None, **values):
        return run(modules or self.modules, "python", "cpython", [f"file={self.write(text, **values)}"], variant, workers)
