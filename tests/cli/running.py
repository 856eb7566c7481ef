"""What `runoff run` leaves behind: rows, files, exit statuses, runs that go on, runs that are ended. Usage: running.py PREFIX."""

import contextlib
import functools
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import time
import unittest

from command import Command, HANG_GUARD_SECONDS, RUNOFF, SMALL, TEST_MODULES, runoff, within_a_budget


class Run(Command):
    def run_within_a_budget(self, seconds, is_enough, *arguments):
        def measure(*budget):
            shutil.rmtree(self.out, ignore_errors=True)
            return self.run_small(*arguments, *budget)

        return within_a_budget(measure, seconds, is_enough)

    def test_rows_and_files(self):
        result = self.run_small("--samples", "3")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = self.rows()
        self.assertEqual([row["order"] for row in rows], ["0", "1", "2"])
        self.assertEqual([row["sample"] for row in rows], ["1", "2", "3"])
        for row in rows:
            self.assertEqual(row["status"], "ok", row["detail"])
            self.assertEqual((row["workload"], row["parameters"]), ("primes", "n=1000;grain=1000"))
            self.assertEqual((row["backend"], row["variant"], row["workers"]), ("serial", "", "1"))
            self.assertGreater(int(row["wall_ns"]), 0)
        with open(os.path.join(self.out, "environment.json")) as stream:
            environment = json.load(stream)
        self.assertEqual(environment["seed"], 1)
        self.assertIn("--out", environment["command_line"])
        self.assertEqual(len(environment["allowed_cores"]), len(os.sched_getaffinity(0)))
        self.assertIn("serial", environment["runtimes"])
        self.assertEqual(environment["temporary_folder"]["path"], os.environ.get("TMPDIR") or "/tmp")
        with open("/proc/self/mountinfo") as mounts:  # a bare chroot's root is no mount
            is_told = any(line.split()[4] == "/" for line in mounts)
        self.assertEqual(bool(environment["temporary_folder"]["file_system"]), is_told)

    def test_serial_has_one_worker_whatever_is_asked(self):
        self.assertEqual(self.run_small("--samples", "1", "--workers", "1,2,4").returncode, 0)
        self.assertEqual([row["workers"] for row in self.rows()], ["1"])

    def test_without_out_it_goes_to_results(self):
        result = runoff("run", *SMALL, "--samples", "1", cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        runs = os.listdir(os.path.join(self.folder, "results"))
        self.assertEqual(len(runs), 1)
        self.assertRegex(runs[0], r"^\d{4}-\d\d-\d\dT")

    def test_quiet_prints_nothing_but_warnings(self):
        result = self.run_small("--samples", "1", "--quiet")
        self.assertEqual(result.stdout, "")
        for line in result.stderr.splitlines():
            self.assertTrue(line.startswith("warning: "), line)

    def test_a_dry_run_measures_nothing(self):
        result = self.run_small("--samples", "2", "--set", "primes.n=10,20", "--dry-run")
        self.assertEqual(result.returncode, 0)
        self.assertFalse(os.path.exists(self.out))
        self.assertIn("primes/n:20/serial/workers:1", result.stdout)
        self.assertIn("2 cells x 2 samples = 4 samples", result.stdout)

    def test_a_backend_can_be_left_out_of_a_preset(self):
        def cells(*arguments):
            result = runoff("run", "--dry-run", *arguments)
            self.assertEqual(result.returncode, 0, result.stderr)
            return re.findall(r"^ +\d+  (\S+)", result.stdout, re.MULTILINE)
        preset = cells()
        self.assertEqual(cells("--backends=-std-thread"), [one for one in preset if "/std-thread/" not in one])
        self.assertTrue(any("/std-thread/" in one for one in preset), preset)

    def test_the_order_is_long_and_a_terminal_shows_it_when_asked(self):
        def shown(*arguments):
            ours, theirs = pty.openpty()
            with open(ours, "rb") as reader:
                process = subprocess.Popen([RUNOFF, "run", *SMALL, "--samples", "1", "--dry-run", *arguments], stdout=theirs,
                                           env={**os.environ, "TERM": "xterm"})
                os.close(theirs)
                text = b""
                with contextlib.suppress(OSError):  # how a terminal ends
                    while piece := reader.read1(4096):
                        text += piece
                self.assertEqual(process.wait(HANG_GUARD_SECONDS), 0)
            return text.decode().splitlines()
        self.assertIn("order (seed 1): --all prints it", shown())
        self.assertIn("  sample 1: 1", shown("--all"))

    LARGE = {**os.environ, "HWLOC_SYNTHETIC": "pack:2 numa:4 core:16 pu:2"}

    def test_the_plan_for_a_large_machine_is_few_numbers_with_its_boundaries(self):
        result = self.run_small("--workers", "auto", "--backends", "serial,std-thread", "--samples", "6", "--budget", "60min",
                                "--dry-run", env=self.LARGE)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("workers: 1, 2, 4, 8, 16 (one memory node), 32, 64 (one socket), 128 (all cores), 256 (all processors)\n",
                      result.stdout)
        self.assertIn("10 cells x 6 samples = 60 samples\n", result.stdout)
        self.assertRegex(result.stdout, "time: nothing was tried, .* it is 30 s, which fits the budget of 1 h 0 min\n")
        self.assertFalse(os.path.exists(self.out))

    def test_what_a_preset_has_no_memory_for_is_skipped(self):
        small = {**os.environ, "HWLOC_SYNTHETIC": "pack:1 core:2 pu:1"}  # which has 1 GiB
        result = runoff("run", "--preset", "costs", "--dry-run", env=small)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"skipped: region/\S*touched:1GiB\S*, the workload needs 1\.00 GiB of memory and")
        result = runoff("run", "--preset", "costs", "--dry-run", "--workloads", "region", env=small)
        self.assertEqual(result.returncode, 2)
        self.assertIn("choose smaller parameters", result.stderr)

    def test_the_full_preset_on_a_large_machine_fits_an_hour_by_what_is_left_out(self):
        result = runoff("run", "--preset", "full", "--budget", "60min", "--dry-run", env=self.LARGE)
        self.assertEqual(result.returncode, 0, result.stderr)
        said = re.search(r"^time: nothing was tried, .*; the budget of 1 h 0 min would leave out (.*)$", result.stdout, re.MULTILINE)
        self.assertTrue(said, result.stdout[-1000:])
        self.assertIn("with 1 worker", said[1])  # what is far from all processors goes first
        self.assertNotIn("with 256 workers", said[1])

    def test_nothing_is_measured_for_another_machine(self):
        result = self.run_small("--samples", "1", env=self.LARGE)
        self.assertEqual(result.returncode, 3)
        self.assertIn("HWLOC_SYNTHETIC", result.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_a_time_limit_is_a_row_and_exit_status_1(self):
        result = self.run_small("--set", "primes.n=200000000", "--set", "primes.grain=1000000", "--timeout", "300ms",
                                "--samples", "2")
        self.assertEqual(result.returncode, 1)
        self.assertEqual([row["status"] for row in self.rows()], ["timeout", "skipped"])
        self.assertIn("timeout", result.stderr)

    def test_a_budget_leaves_samples_out_and_says_so(self):
        result = self.run_within_a_budget(1, lambda result: result.returncode == 0, "--samples", "10000")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertLess(len(self.rows()), 10000)
        self.assertGreater(len(self.rows()), 0)
        self.assertIn("the budget was spent", result.stderr)


    def test_what_does_not_fit_the_budget_is_left_out_and_said(self):
        result = self.run_within_a_budget(8, lambda result: result.returncode == 0 and len(self.rows()) == 6,
                                          "--timeout", "10min", "--set", "primes.n=1000,1000000000", "--set", "primes.grain=1000000")
        self.assertEqual(result.returncode, 0, result.stderr)
        line = next(line for line in result.stderr.splitlines() if line.startswith("warning: left out: "))
        self.assertIn("primes/n:1000000000 (1 of 2 cells)", line)
        self.assertRegex(line, r"to have all: .* --budget \d+(s|min)$")
        self.assertNotIn("--out", line)
        self.assertEqual([row["status"] for row in self.rows()], ["ok"] * 6)
        with open(os.path.join(self.out, "environment.json")) as stream:
            left_out = json.load(stream)["left_out"]
        self.assertEqual([one["cells"] for one in left_out], [["primes/n:1000000000/serial/workers:1"]])
        # How much would be enough is known better at the end.
        said = line.removeprefix("warning: ").rpartition(" --budget ")[0]
        self.assertEqual([one["sentence"].rpartition(" --budget ")[0] for one in left_out], [said])
        self.assertIn("left out: ", result.stdout)

    def test_a_budget_ends_a_cell_that_goes_beyond_it(self):
        result = self.run_small("--set", "primes.n=200000000", "--set", "primes.grain=1000000", "--budget", "300ms")
        self.assertEqual(result.returncode, 2)
        self.assertFalse(os.path.exists(self.out))
        self.assertIn("no sample fits into it", result.stderr)


class Resume(Command):
    def test_goes_on_where_it_stopped(self):
        self.assertEqual(self.run_small("--samples", "3", "--resume").returncode, 0)
        file = os.path.join(self.out, "samples.csv")
        with open(file, "rb") as stream:
            lines = stream.read().splitlines(keepends=True)
        with open(file, "wb") as stream:
            stream.write(b"".join(lines[:2]) + lines[2][:30])  # one whole row and a torn one
        self.assertEqual(self.run_small("--samples", "3", "--resume").returncode, 0)
        with open(file, "rb") as stream:
            again = stream.read().splitlines(keepends=True)
        self.assertEqual(again[:2], lines[:2])
        self.assertEqual([row["order"] for row in self.rows()], ["0", "1", "2"])

    def test_refuses_another_plan(self):
        self.assertEqual(self.run_small("--samples", "1").returncode, 0)
        for other in [["--samples", "2"], ["--samples", "1", "--seed", "2"],
                      ["--samples", "1", "--set", "primes.n=7"], ["--samples", "1", "--placement", "compact"]]:
            result = self.run_small(*other, "--resume")
            self.assertEqual(result.returncode, 3, other)
            self.assertIn("another plan", result.stderr)
        result = self.run_small("--samples", "1", "--resume", env=dict(os.environ, MALLOC_ARENA_MAX="1"))
        self.assertEqual(result.returncode, 3)
        self.assertIn('its variables is null, not {"MALLOC_ARENA_MAX":"1"}', result.stderr)
        self.assertEqual(len(self.rows()), 1)

    def test_refuses_the_samples_of_another_run(self):
        self.assertEqual(self.run_small("--samples", "2").returncode, 0)
        file = os.path.join(self.out, "samples.csv")
        with open(file) as stream:
            header, first, _ = stream.read().splitlines(keepends=True)
        other = header + "1999-12-31T23-59-59" + first[first.index(","):]
        with open(file, "w") as stream:
            stream.write(other)
        result = self.run_small("--samples", "2", "--resume")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("holds samples of the run '1999-12-31T23-59-59', not of", result.stderr)
        with open(file) as stream:
            self.assertEqual(stream.read(), other)

    def test_a_file_that_cannot_be_read_stays(self):
        self.assertEqual(self.run_small("--samples", "1").returncode, 0)
        for name in ("samples.csv", "environment.json", "plan.json"):
            file = os.path.join(self.out, name)
            os.rename(file, file + ".kept")
            os.symlink("/proc/self/mem", file)  # which cannot be read at its beginning
            result = self.run_small("--samples", "1", "--resume")
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn(f"cannot read '{file}': Input/output error", result.stderr)
            os.rename(file + ".kept", file)
        self.assertEqual(self.run_small("--samples", "1", "--resume").returncode, 0)

    def test_refuses_to_go_on_with_another_build_of_a_module(self):
        plugin = os.path.join(self.folder, "backwards.so")
        shutil.copy(os.path.join(TEST_MODULES, "backends", "unoptimised.so"), plugin)
        arguments = ["--plugin", plugin, "--backends", "serial,backwards", "--samples", "1", "--resume"]
        for _ in range(2):  # begun, and gone on with the same build
            self.assertEqual(self.run_small(*arguments).returncode, 0)
        rows = self.rows()
        with open(plugin, "ab") as stream:
            stream.write(b"rebuilt")
        result = self.run_small(*arguments)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("its backend backwards has changed since", result.stderr)
        self.assertEqual(self.rows(), rows)


class Ended(Command):
    """runoff is ended while a cell runs that takes long."""

    def start(self):
        command = [RUNOFF, "run", "--workloads", "primes", "--backends", "serial", "--workers", "1", "--set",
                   "primes.n=1000,300000000", "--set", "primes.grain=1000000", "--samples", "1", "--timeout", "1000s",
                   "--seed", self.seed_with_the_short_one_first(), "--out", self.out]
        temporary = os.path.join(self.folder, "tmp")
        os.mkdir(temporary)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "TMPDIR": temporary})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        file = os.path.join(self.out, "samples.csv")
        self.wait_for(lambda: os.path.exists(file) and len(self.rows()) == 1 and self.cells(), "the second cell")
        return process, temporary

    @classmethod
    @functools.cache  # a dry run tries the long one
    def seed_with_the_short_one_first(cls):
        for seed in range(100):
            text = runoff("run", "--workloads", "primes", "--backends", "serial", "--workers", "1", "--set",
                          "primes.n=1000,300000000", "--set", "primes.grain=1000000", "--samples", "1", "--seed",
                          str(seed), "--dry-run").stdout
            if "sample 1: 1 2" in text:
                return str(seed)
        raise AssertionError("no seed takes the first cell first")

    def cells(self):
        """Numbers of the processes that write into our temporary folder."""
        found = []
        for entry in os.listdir("/proc"):
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as stream:
                    words = stream.read().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"/runoff-cell") and any(self.folder.encode() in word for word in words):
                found.append(int(entry))
        return found

    def wait_for(self, condition, what):
        deadline = time.monotonic() + HANG_GUARD_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.01)

    def test_interrupted(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU]:
            with self.subTest(signal=number):
                process, temporary = self.start()
                process.send_signal(number)
                _, errors = process.communicate(timeout=HANG_GUARD_SECONDS)
                self.assertEqual(process.returncode, 130, errors)
                self.assertEqual(self.cells(), [])
                self.assertEqual(os.listdir(temporary), [])
                self.assertEqual(len(self.rows()), 1)  # none for the cell that was interrupted
                self.assertIn("--resume", errors)
                os.rmdir(temporary)
                self._folder.cleanup()
                os.mkdir(self.folder)

    def test_killed(self):
        process, temporary = self.start()
        process.kill()
        process.wait()
        self.wait_for(lambda: not self.cells(), "the cell's end")
        self.wait_for(lambda: not os.listdir(temporary), "the temporary folder's end")
        self.assertEqual(len(self.rows()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
