"""What `runoff advise` and `runoff describe` do with good and bad command lines. Usage: advise.py PREFIX."""

import csv
import json
import os
import shlex
import tempfile
import unittest

from command import runoff, within_a_budget

# Two backends that are in every build.
FEW = ["--backends", "serial,std-thread"]


class Advise(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(self._folder.cleanup)
        self.out = os.path.join(self._folder.name, "advice")

    def advise(self, seconds, *arguments):
        result = within_a_budget(lambda *budget: runoff("advise", *arguments, *budget, *FEW, "--quiet", "--out", self.out), seconds)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_what_cannot_be_is_refused_in_one_line(self):
        for says, *arguments in [
            ("--task is missing", ),
            ("20us", "--task", "0s"),
            ("up to 60s", "--task", "1h"),
            ("from 1 to", "--tasks", "0", "--task", "1us"),
            ("did you mean 'tree'?", "--task", "1us", "--depends", "tre"),
            ("did you mean '--spread'?", "--task", "1us", "--spraed", "2"),
            ("try --tasks", "--task", "1s"),
            ("describe less", "--task", "1us", "--memory", "1TiB", "--payload", "10GiB"),
            ("give a longer --task, or less --memory", "--tasks", "10", "--task", "1us", "--memory", "64MiB"),
            ("unknown backend 'tbbb'", "--task", "1us", "--tasks", "50", "--backends", "tbbb"),
        ]:
            with self.subTest(arguments=arguments):
                result = runoff("advise", *arguments, "--quiet", "--out", self.out)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertIn(says, result.stderr)
                self.assertEqual(len([line for line in result.stderr.splitlines()
                                      if not line.startswith("warning")]), 1, result.stderr)

    def test_the_answer_has_all_its_parts(self):
        text = self.advise(3, "--tasks", "200", "--task", "5us", "--spread", "2")
        for part in ["Described: 200 tasks of 5.00 µs on average, with a spread of 2", "Take ", "How far that holds:",
                     "useful", "report.html", "To be surer: "]:
            self.assertIn(part, text)
        self.assertTrue(os.path.exists(os.path.join(self.out, "report.html")))
        with open(os.path.join(self.out, "explain.csv")) as stream:
            self.assertIn("like", stream.read())

    def test_a_task_takes_as_long_as_described(self):
        """One worker's processor time for 100 tasks of 200 us is theirs."""
        answer = json.loads(self.advise(4, "--tasks", "100", "--task", "200us", "--json"))
        with open(os.path.join(self.out, "samples.csv")) as stream:
            used = sorted(int(row["cpu_ns"]) for row in csv.DictReader(stream) if row["backend"] == "serial")
        self.assertGreater(used[len(used) // 2], 100 * 200e3 * 0.5)
        self.assertLess(used[len(used) // 2], 100 * 200e3 * 2)
        self.assertIn(answer["advice"]["backend"], ("serial", "std-thread"))
        self.assertEqual(answer["description"]["tasks"], 100)
        self.assertTrue(all(one["verdict"] for one in answer["backends"]))

    def test_each_shape_and_arrivals(self):
        for words, workload in [(["--depends", "stencil", "--width", "5"], "like-graph"), (["--depends", "tree"], "like-tree"),
                                (["--wait", "50%"], "like-waiting"), (["--arrive", "8000/s"], "like-waiting")]:
            with self.subTest(words=words), tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
                self.out = os.path.join(folder, "advice")
                answer = json.loads(self.advise(3, "--tasks", "80", "--task", "100us", *words, "--json"))
                self.assertEqual(answer["workload"], workload)
                self.assertIsNotNone(answer["advice"])
                if "--arrive" in words:
                    self.assertIn("latency", answer["sentence"])

    def test_it_goes_on_in_a_folder_and_takes_no_other_work_there(self):
        words = ["--tasks", "100", "--task", "5us"]
        self.advise(2, *words)
        with open(os.path.join(self.out, "samples.csv")) as stream:
            before = len(stream.readlines())
        self.advise(2, *words)
        with open(os.path.join(self.out, "samples.csv")) as stream:
            self.assertGreaterEqual(len(stream.readlines()), before)
        result = runoff("advise", "--tasks", "100", "--task", "6us", *FEW, "--quiet", "--out", self.out)
        self.assertEqual(result.returncode, 3)
        self.assertIn("advice on other work: 100 tasks of 5.00 µs", result.stderr)


class Describe(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(self._folder.cleanup)
        self.out = os.path.join(self._folder.name, "run")

    def measure(self, workload, *settings):
        words = [word for one in settings for word in ("--set", f"{workload}.{one}")]
        result = runoff("run", "--workloads", workload, "--backends", "serial", "--workers", "1", "--samples", "1", "--quiet",
                        *words, "--out", self.out)
        self.assertEqual(result.returncode, 0, result.stderr)

    def described(self):
        result = runoff("describe", self.out, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)[0]

    def test_what_is_described_is_read_off_again(self):
        """A round trip: tasks that are only described, as a description reads them."""
        for attempt in range(5):  # what else a machine does makes some tasks longer: wait for a quiet moment
            self.out = os.path.join(self._folder.name, f"run-{attempt}")
            self.measure("like-waiting", "tasks=30", "task=2ms", "wait=80", "memory=1MiB", "payload=100B", "spread=200")
            found = self.described()["description"]
            if 1.5 < found["spread"] < 2.6:
                break
        self.assertEqual(found["tasks"], 30)
        self.assertGreater(found["task_ns"], 1.6e6)  # the waiting alone
        self.assertGreater(found["wait"], 0.4)
        self.assertAlmostEqual(found["memory_bytes"], 1 << 20, delta=30 * 300)
        self.assertGreater(found["spread"], 1.5)
        self.assertLess(found["spread"], 2.6)

    def test_each_shape(self):
        for workload, settings, depends in [("like-graph", ["tasks=60", "width=6"], "stencil"),
                                            ("like-tree", ["tasks=31"], "tree"), ("sleep", ["duration=1ms"], "none")]:
            with self.subTest(workload=workload), tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
                self.out = os.path.join(folder, "run")
                self.measure(workload, *settings)
                described = self.described()
                self.assertEqual(described["description"]["depends"], depends)
                if depends == "stencil":
                    self.assertEqual(described["description"]["width"], 6)
                if depends == "tree":
                    self.assertTrue(any("not known" in one for one in described["doubts"]))

    def test_its_command_is_one_that_advise_takes(self):
        self.measure("primes", "n=20000")
        words = shlex.split(self.described()["command"])
        self.assertEqual(words[:2], ["runoff", "advise"])
        out = os.path.join(self._folder.name, "advice")
        result = within_a_budget(lambda *budget: runoff(*words[1:], *FEW, *budget, "--quiet", "--out", out), 2)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_what_is_no_run_or_has_no_such_workload(self):
        self.measure("primes", "n=1000")
        result = runoff("describe", self.out, "prims")
        self.assertEqual(result.returncode, 2)
        self.assertIn("did you mean 'primes'?", result.stderr)
        self.assertEqual(runoff("describe", "/nonexistent").returncode, 3)


if __name__ == "__main__":
    unittest.main()
