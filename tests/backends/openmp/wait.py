"""How threads of OpenMP wait: python3 wait.py PREFIX FOLDER_OF_CELL_PY BACKEND"""

import csv
import os
import subprocess
import sys
import tempfile
import unittest

PREFIX, FOLDER, BACKEND = sys.argv[1:4]
sys.path.insert(0, FOLDER)
from cell import Cell, Modules, run  # noqa: E402

# What the runtime itself prints of its settings, by `wait`. From LLVM 19 on it has units, and its longest time in microseconds.
SHOWN = {
    "openmp": {None: "GOMP_SPINCOUNT = '40000'", "active": f"GOMP_SPINCOUNT = '{2**64 - 1}'",
               "passive": "GOMP_SPINCOUNT = '0'", "own": "GOMP_SPINCOUNT = '300000'"},
    "openmp-llvm": {None: "KMP_BLOCKTIME='1('|ms)", "active": f"KMP_BLOCKTIME='({2**31 - 1}'|{2**31 // 1000}ms)",
                    "passive": "KMP_BLOCKTIME='0('|ms)", "own": "KMP_BLOCKTIME='200('|ms)"},
}[BACKEND]


class Wait(unittest.TestCase):
    modules = Modules(PREFIX, "")

    def test_the_runtime_says_what_is_in_force(self):
        os.environ["OMP_DISPLAY_ENV"] = "verbose"
        self.addCleanup(os.environ.pop, "OMP_DISPLAY_ENV")
        for wait, shown in SHOWN.items():
            with self.subTest(wait=wait):
                outcome = run(self.modules, "region", BACKEND, [], [f"wait={wait}"] if wait else [], 2)
                self.assertEqual(outcome["status"], "ok", outcome)
                self.assertRegex(outcome["output"], shown)

    def test_no_cell_runs_where_it_is_not_in_force(self):
        cell = Cell(self.modules, "region", BACKEND, [], ["wait=active"], 2, ["--variant", "wait=passive"])
        with cell:
            outcome = cell.finish()
        self.assertNotEqual(outcome["status"], "ok", outcome)
        self.assertIn("wait=passive needs", outcome["detail"] + outcome["output"])

    def test_threads_that_wait_actively_do_not_sleep(self):
        # The one that sleeps in the pause between two executions does. How much processor time the others take depends on what
        # else wants their cores.
        with tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
            subprocess.run([f"{PREFIX}/bin/runoff", "run", "--workloads", "region", "--set", "region.pause=20ms",
                            "--backends", f"{BACKEND}:wait=active,{BACKEND}:wait=passive", "--workers", "2",
                            "--samples", "1", "--out", f"{folder}/run"],
                           check=True, stdout=subprocess.DEVNULL,
                           env={**os.environ, "OMP_WAIT_POLICY": "passive", "KMP_BLOCKTIME": "7"})
            with open(f"{folder}/run/samples.csv", newline="") as stream:
                sleeps = {row["variant"].split("wait=")[1]: int(row["voluntary_switches"]) for row in csv.DictReader(stream)}
        self.assertLess(sleeps["active"], sleeps["passive"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
