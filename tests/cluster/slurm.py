"""Runs on two nodes of Slurm, which are on this machine: by srun, as a job of sbatch, and where a node goes. Usage:
slurm.py PREFIX."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from two_hosts import require_rights

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
MPI = os.path.join(PREFIX, "lib", "runoff", "backends", "mpi.so")
HANG_GUARD_SECONDS = 300
# Of what this test starts: it runs beside Slurm now.
BESIDE = "RUNOFF_TEST_BESIDE_SLURM"
LAUNCHER = ("mpi=env OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader,tcp OMPI_MCA_osc=pt2pt "
            "srun --mpi=pmix --nodelist {hosts} -n {workers} -c {threads}")
PROGRAMS = ("munged", "slurmctld", "slurmd", "srun", "sbatch")


def why_not():
    """Why this machine cannot have two nodes; empty where it can."""
    if not os.path.exists(MPI):
        return "mpi is left out of this build"
    for program in PROGRAMS:
        if shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin") is None:
            return f"there is no {program}; apt-get install slurm-wlm munge"
    try:
        require_rights()
    except unittest.SkipTest as reason:
        return str(reason)
    return ""


@unittest.skipIf(BESIDE not in os.environ, why_not())
class Slurm(unittest.TestCase):
    """In the order of their names: from the second one on there is only the first node."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.out = os.path.join(folder.name, "run")
        self.printed = os.path.join(folder.name, "printed")
        self.hosts = os.path.join(folder.name, "hosts")
        with open(self.hosts, "w") as stream:
            stream.write("n1\nn2\n")

    def command(self, *arguments, launcher=LAUNCHER, workers=2):
        return [RUNOFF, "run", "--workloads", "primes", "--samples", "1", "--workers", str(workers), "--out", self.out,
                "--launcher", launcher, *arguments]

    def run_there(self, command):
        return subprocess.run(command, capture_output=True, text=True, timeout=HANG_GUARD_SECONDS,
                              env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})

    def rows(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return {row["backend"]: row for row in csv.DictReader(stream)}

    def test_a_few_ranks_with_threads_fill_both_nodes(self):
        ended = self.run_there(self.command("--set", "primes.n=1000", "--backends", "mpi:threads=4", "--hosts", self.hosts,
                                            workers=8))
        # A node has 4 processors: there is room for both ranks, and for no more than one on each.
        self.assertEqual((ended.returncode, self.rows()["mpi"]["status"]), (0, "ok"), ended.stderr)

    def test_a_job_of_sbatch_measures_on_both_nodes(self):
        command = self.command("--set", "primes.n=1000", "--backends", "mpi,serial", "--hosts", self.hosts)
        script = self.printed + ".sh"
        with open(script, "w") as stream:
            stream.write("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in command) + "\n")
        ended = self.run_there(["sbatch", "--wait", "--nodes=2", "--output", self.printed, script])
        with open(self.printed) as stream:
            self.assertEqual(ended.returncode, 0, stream.read())
        self.assertEqual({name: row["status"] for name, row in self.rows().items()}, {"mpi": "ok", "serial": "ok"})
        with open(os.path.join(self.out, "environment.json")) as stream:
            hosts = json.load(stream)["hosts"]
        self.assertEqual([(host["host"], host["workers"]) for host in hosts], [("n1", 1), ("n2", 1)])

    def test_srun_without_pmix_is_no_job_of_mpi(self):
        ended = self.run_there(self.command("--set", "primes.n=1000", "--backends", "mpi",
                                            launcher="mpi=srun --mpi=none -w n1 -n {workers}"))
        self.assertEqual(ended.returncode, 1, ended.stderr)
        row = self.rows()["mpi"]
        self.assertIn(row["status"], ("failed", "crashed"))
        self.assertEqual(row["wall_ns"], "")

    def test_a_node_that_goes_is_named_and_the_run_goes_on(self):
        def lose_the_second_node():
            until = time.monotonic() + HANG_GUARD_SECONDS
            while time.monotonic() < until and not (ranks := self.ranks_on("n2", "n=20000000")):
                time.sleep(0.01)
            folder = os.path.dirname(os.environ["SLURM_CONF"])
            with open(os.path.join(folder, "slurmd.n2.pid")) as stream:
                os.kill(int(stream.read()), signal.SIGKILL)
            for rank in ranks:
                os.kill(parent_of(rank), signal.SIGKILL)
                os.kill(rank, signal.SIGKILL)

        loser = threading.Thread(target=lose_the_second_node)
        loser.start()
        ended = self.run_there(self.command("--set", "primes.n=20000000", "--backends", "mpi,serial", "--hosts", self.hosts,
                                            "--timeout", "120s"))
        loser.join()
        self.assertEqual(ended.returncode, 1, ended.stderr)
        rows = self.rows()
        self.assertEqual({name: row["status"] for name, row in rows.items()}, {"mpi": "crashed", "serial": "ok"}, rows)
        self.assertIn("; n2 did not answer", rows["mpi"]["detail"])

    def ranks_on(self, node, word):
        """Ranks on this node whose command line has this word, once they are runoff-cell."""
        found = []
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/environ") as stream:
                    environment = stream.read().split("\0")
                with open(f"/proc/{process}/cmdline") as stream:
                    words = stream.read().split("\0")
            except OSError:
                continue  # it has ended
            if f"SLURMD_NODENAME={node}" in environment and words[0].endswith("runoff-cell") and word in words:
                found.append(int(process))
        return found


def parent_of(process):
    with open(f"/proc/{process}/stat") as stream:
        return int(stream.read().rsplit(")", 1)[1].split()[1])


if __name__ == "__main__":
    if BESIDE not in os.environ and not why_not():
        with_slurm = os.path.join(os.path.dirname(os.path.abspath(__file__)), "with_slurm.sh")
        os.environ[BESIDE] = "1"
        os.execv(with_slurm, [with_slurm, sys.executable, os.path.abspath(__file__), PREFIX, *sys.argv[1:]])
    unittest.main()
