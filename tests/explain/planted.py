"""`runoff explain` names what was planted: python3 planted.py PREFIX MODULES"""

import base64
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zlib

PREFIX, MODULES = (os.path.abspath(path) for path in sys.argv[1:3])
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
# What is planted, and what it is called; without a cause, next to nothing is lost.
CAUSES = {"none": "none", "imbalance": "imbalance", "lock": "lock", "sharing": "caches", "grain": "grain",
          "slow-worker": "slow-worker", "io": "io"}
PARTS = ("useful slower displaced contended io scheduling imbalance idle stamping untold").split()
os.environ["RUNOFF_PYTHON"] = "/bin/true"


def runoff(*arguments):
    return subprocess.run([RUNOFF, *arguments], capture_output=True, text=True, timeout=300)


class Explain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.out = os.path.join(folder.name, "run")
        plugin = os.path.join(MODULES, "workloads", "planted.so")
        cls.command = ["run", "--plugin", plugin, "--workloads", "planted", "--set",
                       f"planted.cause={','.join(CAUSES)}", "--backends", "serial,std-thread:mode=pool,std-thread:mode=queue,fork",
                       "--workers", "2", "--samples", "1", "--out", cls.out]
        taken = runoff(*cls.command)
        assert taken.returncode == 0, taken.stderr
        with open(os.path.join(cls.out, "samples.csv"), "rb") as stream:
            cls.samples = stream.read()
        cls.trace = os.path.join(folder.name, "trace.json")
        for _ in range(4):  # what other programs take is told before what was planted: wait for a quiet moment
            cls.explained = runoff("explain", cls.out, "--json", "--trace", cls.trace)
            assert cls.explained.returncode == 0, cls.explained.stderr
            with open(os.path.join(cls.out, "explain.csv"), newline="") as stream:
                cls.rows = list(csv.DictReader(stream))
            if cls.is_quiet():
                return

    @classmethod
    def is_quiet(cls):
        return all(float(row["displaced_ns"]) < 0.05 * int(row["workers"]) * float(row["wall_ns"]) for row in cls.rows)

    def require_quiet(self):
        if not self.is_quiet():
            self.skipTest("other programs had the cores that workers wanted, in four attempts")

    def row(self, cause, variant):
        [found] = [row for row in self.rows if row["parameters"] == f"cause={cause}" and
                   row["variant"].startswith(variant) and row["backend"] == "std-thread"]
        return found

    def test_names_the_planted_cause(self):
        self.require_quiet()
        for planted, named in CAUSES.items():
            with self.subTest(planted=planted):
                row = self.row(planted, "mode=queue" if planted == "grain" else "mode=pool")
                self.assertEqual(row["cause"], named, row)

    def test_parts_add_up_to_workers_times_wall(self):
        self.assertEqual(len(self.rows), 4 * len(CAUSES))
        for row in self.rows:
            with self.subTest(**{name: row[name] for name in ("parameters", "backend", "variant")}):
                self.assertEqual(row["seen"], "1")
                whole = int(row["workers"]) * float(row["wall_ns"])
                self.assertAlmostEqual(sum(float(row[f"{part}_ns"]) for part in PARTS) / whole, 1, delta=0.02)
                self.assertGreaterEqual(min(float(row[f"{part}_ns"]) for part in PARTS), 0)
                self.assertGreater(float(row["useful_ns"]), 0)

    def test_says_how_much_is_lost_to_it(self):
        self.require_quiet()
        whole = {cause: 2 * float(self.row(cause, "mode=pool")["wall_ns"]) for cause in CAUSES}
        share = lambda cause, part: float(self.row(cause, "mode=pool")[f"{part}_ns"]) / whole[cause]
        self.assertAlmostEqual(share("lock", "contended"), 0.5, delta=0.2)  # one waits while the other works
        self.assertGreater(share("io", "io"), 0.7)  # 1 ms of sleep, 0.05 ms of work
        # The last task is as long as all others: one worker has nothing to do for about a third.
        self.assertAlmostEqual(share("imbalance", "imbalance"), 0.25, delta=0.15)

    def test_takes_no_sample_that_counts(self):
        with open(os.path.join(self.out, "samples.csv"), "rb") as stream:
            self.assertEqual(stream.read(), self.samples)
        self.assertEqual(runoff("report", self.out).returncode, 0)
        self.assertEqual(runoff(*self.command, "--resume").returncode, 0)
        self.assertTrue(os.path.exists(os.path.join(self.out, "explain.csv")))

    def test_the_trace_has_every_task_once_on_some_worker(self):
        with open(self.trace) as stream:
            events = json.load(stream)["traceEvents"]
        names = {event["pid"]: event["args"]["name"] for event in events if event["name"] == "process_name"}
        [one] = [pid for pid, name in names.items() if "fork with 2 workers" in name and "cause=lock" in name]
        tasks, workers = [], set()
        for event in events:
            if event["pid"] != one or event["ph"] != "X" or not event["name"].startswith("task"):
                continue
            numbers = [int(number) for number in event["name"].split()[1].split("-")]
            tasks += range(numbers[0], numbers[-1] + 1)
            workers.add(event["tid"])
            self.assertGreaterEqual(event["ts"], 0)
        self.assertEqual(sorted(tasks), list(range(200)))
        self.assertEqual(len(workers), 2)

    def test_the_page_shows_it(self):
        with open(os.path.join(self.out, "report.html"), encoding="utf-8") as stream:
            packed = re.search('id="data">([^<]*)<', stream.read()).group(1)
        explained = json.loads(zlib.decompress(base64.b64decode(packed)))["explained"]
        self.assertIn(self.row("lock", "mode=pool")["sentence"], [one["sentence"] for one in explained])

    def test_one_workload_alone_and_one_that_is_not_there(self):
        result = runoff("explain", self.out, "plantde")
        self.assertEqual(result.returncode, 2)
        self.assertIn("did you mean 'planted'?", result.stderr)
        result = runoff("explain", os.path.join(self.out, "nowhere"))
        self.assertEqual(result.returncode, 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
