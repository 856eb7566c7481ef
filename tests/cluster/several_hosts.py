"""A run on several hosts, which are namespaces of this machine: right answers, what is kept of the hosts, and what is said
where one of them goes. Usage: several_hosts.py PREFIX."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from two_hosts import ADDRESSES, NAMES, TwoHosts, require_rights

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
MPI = os.path.join(PREFIX, "lib", "runoff", "backends", "mpi.so")
HANG_GUARD_SECONDS = 300
PRIMES = ["--workloads", "primes", "--set", "primes.n=1000", "--samples", "1", "--workers", "2"]


@unittest.skipUnless(os.path.exists(MPI), "mpi is left out of this build")
class SeveralHosts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_rights()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.out = os.path.join(self.folder, "run")
        self.hosts = self.enterContext(TwoHosts(self.folder))

    def run_there(self, *arguments):
        # Of Open MPI 4, and of Open MPI 5.
        environment = {**os.environ, "RUNOFF_PYTHON": "/bin/true", "OMPI_MCA_plm_rsh_agent": self.hosts.agent,
                       "PRTE_MCA_plm_ssh_agent": self.hosts.agent}
        return subprocess.run(
            self.hosts.command(0, RUNOFF, "run", "--out", self.out, "--hosts", self.hosts.hosts, *arguments),
            capture_output=True, text=True, timeout=HANG_GUARD_SECONDS, env=environment)

    def rows(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return list(csv.DictReader(stream))

    def assert_runs_on_both(self):
        ended = self.run_there(*PRIMES, "--backends", "mpi,serial")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual({row["backend"]: row["status"] for row in self.rows()}, {"mpi": "ok", "serial": "ok"})
        with open(os.path.join(self.out, "environment.json")) as stream:
            environment = json.load(stream)
        self.assertEqual([(host["host"], host["workers"]) for host in environment["hosts"]], [(name, 1) for name in NAMES])
        self.assertEqual({host["cores"] for host in environment["hosts"]}, {len(os.sched_getaffinity(0))})
        self.assertIn("{hosts}", environment["runtimes"]["mpi"]["launcher"])

    def test_runs_on_both(self):
        self.assert_runs_on_both()

    def test_runs_on_both_by_ssh(self):
        self.hosts.start_sshd()
        self.assert_runs_on_both()

    def test_what_the_second_host_brings_is_in_the_report(self):
        with open(self.hosts.hosts, "w") as stream:
            stream.writelines(f"{address} slots=2\n" for address in ADDRESSES)
        ended = self.run_there("--workloads", "graph", "--set", "graph.width=4", "--set", "graph.steps=20", "--samples", "6",
                               "--workers", "2,4", "--backends", "mpi:threads=2")
        self.assertEqual([row["status"] for row in self.rows()], ["ok"] * 12, self.rows())
        self.assertEqual(ended.returncode, 0, ended.stderr)
        with open(os.path.join(self.out, "environment.json")) as stream:
            placed = {one["workers"]: one["hosts"] for one in json.load(stream)["hosts_by_workers"]}
        self.assertEqual(placed, {2: {NAMES[0]: 2}, 4: {NAMES[0]: 2, NAMES[1]: 2}})
        with open(os.path.join(self.out, "host_scaling.csv"), newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual([(row["workers"], row["hosts"]) for row in rows], [("2", "1"), ("4", "2")])
        ratio = int(rows[0]["median_ns"]) / int(rows[1]["median_ns"])
        self.assertTrue(float(rows[1]["gain_low"]) <= ratio * 1.2 and ratio <= float(rows[1]["gain_high"]) * 1.2, rows)
        self.assertNotEqual(rows[1]["added_ns"], "")

    def test_slots_that_are_no_multiple_of_the_threads_are_refused(self):
        ended = self.run_there(*PRIMES, "--backends", "mpi:threads=2")
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn("slots are no multiple of the 2 workers", ended.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_recursions_and_graphs_have_right_answers(self):
        ended = self.run_there("--workloads", "fib,graph", "--set", "fib.n=15", "--samples", "1", "--workers", "2",
                               "--backends", "mpi")
        self.assertEqual([row["status"] for row in self.rows()], ["ok", "ok"], self.rows())
        self.assertEqual(ended.returncode, 0, ended.stderr)

    def test_shared_results_are_refused(self):
        self.run_there(*PRIMES, "--backends", "mpi:results=shared")
        row, = self.rows()
        self.assertEqual(row["status"], "unsupported")
        self.assertIn("ranks on several machines have no memory in common", row["detail"])

    def run_and_lose(self, lose):
        """The rows of a run in whose first, long cell on both hosts the second one is lost, as `lose` does it."""
        def lose_in_the_long_cell():
            until = time.monotonic() + HANG_GUARD_SECONDS
            while time.monotonic() < until and not (os.path.exists(self.out) and self.measures_there()):
                time.sleep(0.01)
            lose(1)

        loser = threading.Thread(target=lose_in_the_long_cell)
        loser.start()
        ended = self.run_there("--workloads", "primes", "--set", "primes.n=20000000,1000", "--samples", "1", "--workers", "2",
                               "--backends", "mpi", "--timeout", "120s")
        loser.join()
        self.assertEqual(ended.returncode, 1, ended.stderr)
        by_size = {row["parameters"].split(";")[0]: row for row in self.rows()}
        return by_size["n=20000000"], by_size["n=1000"]

    def test_a_host_that_goes_is_named_and_the_run_goes_on(self):
        for row in self.run_and_lose(self.hosts.take_away):
            self.assertEqual(row["status"], "crashed", row)
            self.assertIn(f"; {ADDRESSES[1]} did not answer", row["detail"])

    def test_a_host_that_comes_back_is_used_again(self):
        lost, after = self.run_and_lose(self.hosts.kill_all)
        self.assertEqual(lost["status"], "crashed", lost)
        self.assertTrue(lost["detail"].endswith("; all hosts answer"), lost["detail"])
        self.assertEqual(after["status"], "ok", after)

    def measures_there(self):
        """A rank on the second host, in the long cell."""
        for process in self.hosts.processes(1):
            try:
                with open(f"/proc/{process}/cmdline") as stream:
                    words = stream.read().split("\0")
            except OSError:
                continue
            if words[0].endswith("runoff-cell") and "n=20000000" in words:
                return True
        return False

    def test_a_host_that_does_not_answer_ends_the_run_before_it_begins(self):
        self.hosts.write_agent('echo "no route to host $1" >&2; exit 255\n')
        ended = self.run_there(*PRIMES, "--backends", "mpi")
        self.assertEqual(ended.returncode, 3)
        self.assertIn("0 of 2 workers of 'mpi' answered from their hosts", ended.stderr)
        self.assertIn(f"no route to host {ADDRESSES[1]}", ended.stderr)
        self.assertFalse(os.path.exists(self.out))


if __name__ == "__main__":
    unittest.main()
