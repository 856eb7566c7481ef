"""What stands beside the times of a run: its surroundings, the builds of its modules, latencies of tasks. Usage: beside_times.py PREFIX."""

import csv
import json
import math
import os
import subprocess
import sys
import unittest

from command import Command, TEST_MODULES, runoff


class Surroundings(Command):
    """What cells are given of the shell that runoff is started in."""

    def test_what_steers_one_runtime_is_kept_from_cells_and_the_rest_is_warned_of(self):
        listed = json.loads(runoff("list", "backends", "--json").stdout)["backends"]
        if not any(one["name"] == "mpi" and one["available"] for one in listed):
            self.skipTest("no backend here has a launcher, whose environment could be looked at")
        seen = os.path.join(self.folder, "seen")
        launcher = os.path.join(self.folder, "launcher")
        with open(launcher, "w") as stream:
            stream.write(f"#!/bin/sh\nenv > {seen}\nexit 1\n")
        os.chmod(launcher, 0o755)
        result = runoff("run", "--workloads", "primes", "--set", "primes.n=1000", "--backends", "mpi", "--workers", "1",
                        "--samples", "1", "--launcher", f"mpi={launcher} {{workers}}", "--out", self.out,
                        env=dict(os.environ, OMP_NUM_THREADS="4", KMP_BLOCKTIME="0", MALLOC_ARENA_MAX="1"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("cells are not given OMP_NUM_THREADS and KMP_BLOCKTIME", result.stderr)
        self.assertIn("MALLOC_ARENA_MAX is in force", result.stderr)
        with open(seen) as stream:
            names = [line.split("=")[0] for line in stream]
        self.assertIn("MALLOC_ARENA_MAX", names)
        self.assertNotIn("OMP_NUM_THREADS", names)
        self.assertNotIn("KMP_BLOCKTIME", names)
        with open(os.path.join(self.out, "environment.json")) as stream:
            environment = json.load(stream)
        self.assertEqual(environment["environment_variables_cleared"], {"OMP_NUM_THREADS": "4", "KMP_BLOCKTIME": "0"})
        self.assertEqual(environment["environment_variables"].get("MALLOC_ARENA_MAX"), "1")

    def test_what_others_use_stands_beside_each_sample(self):
        hog = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        self.addCleanup(hog.wait)
        self.addCleanup(hog.kill)
        result = self.run_small("--samples", "6")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = self.rows()
        if not rows[0]["other_cpu_ns"]:
            self.skipTest("/proc/stat does not say it here")
        observed, others = (sum(int(row[name]) for row in rows) for name in ("observed_ns", "other_cpu_ns"))
        self.assertGreater(observed, 6 * 40e6)  # each sample takes 50 ms
        self.assertGreater(others, 0.1 * observed)
        if len(os.sched_getaffinity(0)) <= 4:  # ticks of more processors make up more than one hog uses
            self.assertIn("others", {word for row in rows for word in row["disturbed_by"].split(";")})

    def test_every_placement_is_held_in_the_plan(self):
        for placement in ["pinned", "spread", "compact", "free"]:
            out = os.path.join(self.folder, placement)
            result = runoff("run", "--workloads", "primes", "--set", "primes.n=1000", "--backends", "std-thread",
                            "--workers", "2", "--samples", "1", "--placement", placement, "--out", out)
            self.assertEqual(result.returncode, 0, result.stderr)
            for name, place in ("plan.json", lambda file: file["placement"]), \
                               ("environment.json", lambda file: file["placement"]["policy"]):
                with open(os.path.join(out, name)) as stream:
                    self.assertEqual(place(json.load(stream)), placement)

    def stream(self, out, *options):
        return runoff("run", "--workloads", "stream", "--set", "stream.n=1000000", "--backends", "serial,fork", "--workers",
                      "2", "--samples", "2", "--out", os.path.join(self.folder, out), *options)

    def pages_of(self, out):
        with open(os.path.join(self.folder, out, "environment.json")) as stream:
            return json.load(stream)["huge_pages"]

    def test_large_memory_lies_in_huge_pages_where_there_are_any(self):
        result = self.stream("huge", "--huge-pages")
        if result.returncode == 3:
            self.assertIn("--huge-pages: this kernel gives cells none", result.stderr)
            self.assertFalse(os.path.exists(os.path.join(self.folder, "huge")))
            self.assertEqual(self.stream("usual").returncode, 0)
            self.assertIs(self.pages_of("usual")["memory_of_cells"], False)
            self.skipTest("no huge pages here")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(os.path.join(self.folder, "huge", "plan.json")) as stream:
            plan = json.load(stream)
        self.assertIs(plan["huge_pages"], True)
        self.assertIs(self.pages_of("huge")["memory_of_cells"], True)
        self.assertIs(self.pages_of("huge")["lent"], plan["lent_pages"])
        # The default goes on with it, and small pages do not.
        self.assertEqual(self.stream("huge", "--resume").returncode, 0)
        self.assertEqual(self.stream("huge", "--resume", "--small-pages").returncode, 3)

        self.assertEqual(self.stream("small", "--small-pages").returncode, 0)
        self.assertIs(self.pages_of("small")["memory_of_cells"], False)
        result = runoff("compare", os.path.join(self.folder, "small"), os.path.join(self.folder, "huge"))
        self.assertEqual(result.returncode, 3)
        self.assertIn("large memory: small pages before, huge pages after", result.stderr)

    def test_pages_are_huge_or_small(self):
        result = self.stream("both", "--huge-pages", "--small-pages")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--small-pages", result.stderr)


class UnequalTerms(Command):
    def test_a_module_without_optimisation_among_others_is_told(self):
        plugin = ["--plugin", os.path.join(TEST_MODULES, "backends", "unoptimised.so"), "--samples", "1"]
        for backends, warned in ("serial,backwards", True), ("serial", False):
            with self.subTest(backends=backends):
                self.out = os.path.join(self.folder, backends)
                result = self.run_small(*plugin, "--backends", backends)
                self.assertEqual(result.returncode, 0, result.stderr)
                says = "backwards was compiled without optimisation"
                self.assertEqual(says in result.stderr, warned, result.stderr)
                self.assertEqual(says in result.stdout.replace("\n  ", " "), warned, result.stdout)
                with open(os.path.join(self.out, "environment.json")) as stream:
                    modules = json.load(stream)["modules"]
                with open(os.path.join(self.out, "plan.json")) as stream:
                    planned = json.load(stream)["modules"]
                self.assertEqual({name: one["hash"] for name, one in modules.items()}, planned)
                self.assertEqual(set(planned), {"runoff-cell", "workload primes"} |
                                 {f"backend {name}" for name in backends.split(",")})
                # Not where this build lies.
                self.assertRegex(modules["backend serial"]["file"], r"^lib\w*/(\S+/)?backends/serial\.so$")
                self.assertEqual(modules["backend serial"]["compilation"]["optimised"], True)


class Latencies(Command):
    """latencies.csv, which is there where a workload keeps records of its tasks."""

    ARGUMENTS = ["--plugin", os.path.join(TEST_MODULES, "workloads", "records.so"), "--workloads", "records", "--backends", "serial",
                 "--set", "records.n=20", "--samples", "3"]

    def latencies(self):
        with open(os.path.join(self.out, "latencies.csv"), newline="") as stream:
            return list(csv.DictReader(stream))

    def measured(self, *arguments):
        result = runoff("run", *self.ARGUMENTS, "--out", self.out, *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_each_sample_has_its_quantiles(self):
        self.measured()
        rows = self.latencies()
        self.assertEqual([(row["order"], row["sample"], row["quantile"]) for row in rows if row["quantile"] in ("0.5", "1")],
                         [(str(sample), str(sample + 1), share) for sample in range(3) for share in ("0.5", "1")])
        for row in rows:  # the nearest rank of 1, 2 ... 20 us, each as often
            self.assertEqual(int(row["latency_ns"]), math.ceil(float(row["quantile"]) * 20 - 1e-9) * 1000, row)
        self.assertEqual({(row["workload"], row["parameters"], row["backend"], row["workers"]) for row in rows},
                         {("records", "n=20;failures=0", "serial", "1")})
        self.assertEqual({row["latency_p95_ns"] for row in self.rows()}, {"19000"})

    def test_a_run_that_goes_on_drops_those_of_samples_that_were_lost(self):
        self.measured()
        before = self.latencies()
        samples = os.path.join(self.out, "samples.csv")
        with open(samples, "rb") as stream:
            lines = stream.read().splitlines(keepends=True)
        with open(samples, "wb") as stream:
            stream.write(b"".join(lines[:2]))
        with open(os.path.join(self.out, "latencies.csv"), "ab") as stream:
            stream.write(b"torn,1,rec")
        self.measured("--resume")
        self.assertEqual(self.latencies(), before)

    def test_other_workloads_have_none(self):
        self.assertEqual(self.run_small("--samples", "1").returncode, 0)
        self.assertFalse(os.path.exists(os.path.join(self.out, "latencies.csv")))


if __name__ == "__main__":
    unittest.main(verbosity=1)
