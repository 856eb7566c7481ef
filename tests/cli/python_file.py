"""`runoff run --python FILE`: a function of the reader's own. Usage: python_file.py PREFIX."""

import csv
import json
import os
import unittest

from command import Command, runoff


class Python(Command):
    def run_file(self, text, *arguments):
        file = os.path.join(self.folder, "mine.py")
        with open(file, "w") as stream:
            stream.write(text)
        # One that works: elsewhere here, RUNOFF_PYTHON is none, so that nothing is drawn.
        return runoff("run", "--python", file, "--out", self.out, *arguments,
                      env=dict(os.environ, RUNOFF_PYTHON="/usr/bin/python3"))

    def test_a_function_of_ones_own_has_a_verdict_against_its_loop(self):
        result = self.run_file("def tasks(): return [5, 6]\ndef task(x): return x * x\n", "--workers", "1,2", "--samples",
                               "1", "--backends", "cpython:executor=serial,cpython,cpython:executor=pool")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = {(row["variant"], row["workers"]): row for row in self.rows()}
        self.assertEqual(sorted(rows), [("executor=pool;start=fork", "1"), ("executor=pool;start=fork", "2"),
                                        ("executor=serial", "1"), ("executor=thread-pool", "1"),
                                        ("executor=thread-pool", "2")])
        self.assertEqual({row["status"] for row in rows.values()}, {"ok"})
        self.assertIn("cpython executor=serial", result.stdout)
        with open(os.path.join(self.out, "summary.csv"), newline="") as stream:
            speedups = {row["variant"]: row["speedup"] for row in csv.DictReader(stream)}
        self.assertEqual(float(speedups["executor=serial"]), 1)
        self.assertTrue(all(speedups.values()), speedups)
        with open(os.path.join(self.out, "environment.json")) as stream:
            self.assertRegex(json.load(stream)["runtimes"]["cpython"]["runtime"], r"^CPython 3\.\d+\.\d+")

    def test_all_executors_where_none_is_named(self):
        result = self.run_file("def tasks(): return [5, 6]\ndef task(x): return x * x\n", "--dry-run", "--workers", "2")
        self.assertEqual(result.returncode, 0, result.stderr)
        for executor in ("thread-pool/workers:2", "process-pool/start:spawn/workers:2", "threads/workers:2",
                         "processes/start:fork/workers:2", "pool/start:forkserver/workers:2", "serial/workers:1",
                         "asyncio/workers:1"):
            self.assertIn(f"python/cpython/executor:{executor}", result.stdout)

    def test_a_file_that_cannot_be_run_is_refused_before_anything_is_measured(self):
        result = self.run_file("def tasks(): return [1]\ndef task(x: return x\n")
        self.assertEqual(result.returncode, 2)
        self.assertIn("SyntaxError", result.stderr)
        self.assertIn("(mine.py, line 2)", result.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_goes_on_with_the_same_file_alone(self):
        arguments = ("--workers", "2", "--samples", "1", "--backends", "cpython", "--resume")
        text = "def tasks(): return [5, 6]\ndef task(x): return x * x\n"
        for _ in range(2):  # begun, and gone on with
            self.assertEqual(self.run_file(text, *arguments).returncode, 0)
        result = self.run_file(text.replace("x * x", "x + x"), *arguments)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("mine.py has changed since", result.stderr)
        self.assertEqual(len(self.rows()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
