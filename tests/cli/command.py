"""What the tests of `runoff` share: the program, and a folder of their own. PREFIX is taken off the command line."""

import csv
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from said import without_waits  # noqa: E402

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
TEST_MODULES = os.path.join(PREFIX, "tests", "contract", "modules")
HANG_GUARD_SECONDS = 300
# Plots take longer than a small run, so only the tests of Report have them drawn.
PLOTTING = dict(os.environ)
os.environ["RUNOFF_PYTHON"] = "/bin/true"
# One small cell: quick to measure, and there in every build.
SMALL = ["--workloads", "primes", "--backends", "serial", "--set", "primes.n=1000", "--workers", "1"]


def runoff(*arguments, **options):
    done = subprocess.run([RUNOFF, *arguments], capture_output=True, text=True, timeout=HANG_GUARD_SECONDS, **options)
    done.stderr = without_waits(done.stderr)
    return done


def within_a_budget(measure, seconds, is_enough=lambda result: "no sample fits" not in result.stderr):
    """What `measure` gives with words for a budget, which is doubled until it is enough: a busy machine and a sanitizer
    take their time."""
    while True:
        result = measure("--budget", f"{seconds}s")
        if is_enough(result) or 2 * seconds > HANG_GUARD_SECONDS:
            return result
        seconds *= 2


class Command(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name
        self.out = os.path.join(self.folder, "run")

    def rows(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return list(csv.DictReader(stream))

    def run_small(self, *arguments, **options):
        return runoff("run", *SMALL, "--out", self.out, *arguments, **options)
