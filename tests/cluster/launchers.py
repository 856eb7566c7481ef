"""What is asked of launchers, and what is said of those that do not do it. Usage: launchers.py PREFIX."""

import csv
import os
import subprocess
import sys
import tempfile
import unittest

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
MPI = os.path.join(PREFIX, "lib", "runoff", "backends", "mpi.so")
HANG_GUARD_SECONDS = 300
# N copies that know nothing of each other, as srun starts them where it and the MPI do not understand each other.
COPIES = """#!/bin/sh
copies=$1; shift 2
while [ $copies -gt 0 ]; do
  "$@" &
  copies=$((copies - 1))
done
wait
"""


@unittest.skipUnless(os.path.exists(MPI), "mpi is left out of this build")
class Launchers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.out = os.path.join(self.folder, "run")
        self.copies = os.path.join(self.folder, "copies")
        with open(self.copies, "w") as stream:
            stream.write(COPIES)
        os.chmod(self.copies, 0o700)

    def run_small(self, *arguments, backends="mpi"):
        return subprocess.run([RUNOFF, "run", "--workloads", "primes", "--set", "primes.n=1000", "--samples", "1", "--backends",
                               backends, "--out", self.out, *arguments], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS, env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})

    def row(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            row, = csv.DictReader(stream)
        return row

    def test_ranks_that_are_alone_are_refused(self):
        self.run_small("--workers", "3", "--launcher", f"mpi={self.copies} 3 {{workers}}")
        row = self.row()
        self.assertEqual((row["status"], row["wall_ns"]), ("failed", ""))
        self.assertIn("mpi was started with 1 rank(s) for 3 worker(s)", row["detail"])
        self.assertIn("srun --mpi=pmix", row["detail"])

    def test_several_that_lead_are_refused(self):
        self.run_small("--workers", "1", "--launcher", f"mpi={self.copies} 3 {{workers}}")
        row = self.row()
        self.assertEqual((row["status"], row["wall_ns"]), ("failed", ""))
        self.assertIn("the launcher started processes that know nothing of each other", row["detail"])

    def test_one_that_leads_is_not(self):
        self.run_small("--workers", "1", "--launcher", f"mpi={self.copies} 1 {{workers}}")
        self.assertEqual(self.row()["status"], "ok")

    def test_one_that_lost_a_rank_and_does_not_end_is_not_waited_for(self):
        """Open MPI's launcher calls itself as it was called, so under each name that it has."""
        for name in ("mpirun", "mpirun.openmpi", "orterun", "prterun"):
            with self.subTest(name=name):
                self.out = os.path.join(self.folder, name)
                said = f"{name} noticed that process rank 1 with PID 0 on node here exited on signal 9 (Killed)."
                self.run_small("--workers", "2", "--timeout", "100s", "--launcher", f"mpi=sh -c 'echo \"{said}\"; sleep 3600'")
                row = self.row()
                self.assertEqual(row["status"], "crashed")
                self.assertIn(said, row["detail"])

    def assert_refused(self, text, *arguments, **options):
        ended = self.run_small(*arguments, **options)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn(text, ended.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_files_of_hosts_are_looked_at(self):
        empty = os.path.join(self.folder, "empty")
        with open(empty, "w") as stream:
            stream.write("# none\n\n")
        self.assert_refused("there is no such file", "--hosts", os.path.join(self.folder, "none"))
        self.assert_refused("it names no host", "--hosts", empty)

    def test_hosts_are_for_backends_that_can(self):
        hosts = os.path.join(self.folder, "hosts")
        with open(hosts, "w") as stream:
            stream.write("localhost\n")
        self.assert_refused("--backends mpi would", "--hosts", hosts, backends="serial")
        self.assert_refused("needs a place for the file, {hosts}", "--hosts", hosts, "--launcher", "mpi=mpirun -n {workers}")
        self.assert_refused("stands for the file of --hosts", "--launcher", "mpi=mpirun --hostfile {hosts} -n {workers}")


if __name__ == "__main__":
    unittest.main()
