"""What `runoff` does with good and bad command lines: exit statuses, messages, files. Usage: cli.py PREFIX."""

import csv
import fcntl
import json
import math
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

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
    return subprocess.run([RUNOFF, *arguments], capture_output=True, text=True, timeout=HANG_GUARD_SECONDS, **options)


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


class BadInput(Command):
    def refused(self, status, *arguments, says):
        result = runoff(*arguments)
        self.assertEqual(result.returncode, status, f"{arguments}: {result.stderr}")
        self.assertEqual(result.stdout, "")
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn(says, result.stderr)

    def test_wrong_command_lines(self):
        for says, *arguments in [
            ("subcommand is required", ),
            ("did you mean 'run'?", "rnu"),
            ("did you mean '--samples'?", "run", "--smaples", "3"),
            ("unknown backend 'serail'; did you mean 'serial'?", "run", "--backends", "serail"),
            ("unknown workload 'prims'; did you mean 'primes'?", "run", "--workloads", "prims"),
            ("unknown preset 'quikc'; did you mean 'quick'?", "run", "--preset", "quikc"),
            ("has no variants", "run", "--backends", "serial:mode=pool"),
            ("not OPTION=VALUE", "run", "--backends", "serial:pool"),
            ("no number of workers", "run", "--workers", "0"),
            ("no number of workers", "run", "--workers", "-1"),
            ("no number of workers", "run", "--workers", "many"),
            ("no number of workers", "run", "--workers", "1000000"),
            ("did you mean 'grain'?", "run", "--workloads", "primes", "--set", "primes.grian=1"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=-1"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=ten"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=99999999999999999999"),
            ("not WORKLOAD.PARAMETER=VALUE", "run", "--workloads", "primes", "--set", "n=1"),
            ("--samples", "run", "--samples", "0"),
            ("--samples", "run", "--samples", "x"),
            ("--budget", "run", "--budget", "soon"),
            ("--timeout", "run", "--timeout", "0s"),
            ("--seed", "run", "--seed", "x"),
            ("--placement", "run", "--placement", "anywhere"),
            ("not BACKEND=COMMAND", "run", "--launcher", "srun"),
            ("unknown backend 'mqi'; did you mean 'mpi'?", "run", "--launcher", "mqi=srun"),
            ("makes its workers by itself", "run", "--launcher", "serial=srun"),
            ("--resume needs --out", "run", "--resume"),
            ("there is no such file", "run", "--plugin", "/no/such/module.so"),
            ("list", "list", "everything"),
            ("folders is required", "report"),
        ]:
            with self.subTest(arguments=arguments):
                self.refused(2, *arguments, *(["--out", self.out] if arguments[:1] == ["run"] and
                                              "--resume" not in arguments else []), says=says)
                self.assertFalse(os.path.exists(self.out))

    def test_a_plugin_that_does_not_load(self):
        file = os.path.join(self.folder, "broken.so")
        with open(file, "w") as stream:
            stream.write("not a module")
        self.refused(3, "run", *SMALL, "--plugin", file, "--out", self.out, says="broken.so")
        listed = json.loads(runoff("list", "--json", "--plugin", file).stdout)
        broken = [one for one in listed["backends"] if one["name"] == "broken"]
        self.assertEqual([one["available"] for one in broken], [False])
        self.assertNotEqual(broken[0]["reason"], "")

    def test_folders_that_cannot_be_used(self):
        file = os.path.join(self.folder, "file")
        with open(file, "w") as stream:
            stream.write("mine")
        self.refused(3, "run", *SMALL, "--out", file, says="cannot make the folder")
        self.refused(3, "run", *SMALL, "--out", self.folder, says="is not empty")
        self.refused(3, "run", *SMALL, "--out", self.folder, "--resume", says="no run to resume")
        self.refused(3, "run", *SMALL, "--out", "/proc/run", says="cannot make the folder")

    def test_sizes_that_no_machine_has(self):
        result = self.run_small("--set", "primes.grain=1", "--set", "primes.n=1000000000")
        if result.returncode == 0:
            self.skipTest("this machine has memory for it")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"primes.*needs? .*memory.*choose smaller")


class Doctor(Command):
    NAMES = ["cores", "smt", "isolation", "quota", "priority", "variables", "governor", "boost", "clock", "memory",
             "huge-pages", "aslr", "temporary-files", "shared-memory", "limits", "perf", "load", "steal", "python", "cell",
             "backends", "launchers"]

    def test_json_holds_what_scripts_rely_on(self):
        result = runoff("doctor", "--json")
        found = json.loads(result.stdout)
        checks = found["checks"]
        self.assertEqual([one["name"] for one in checks], self.NAMES)
        for one in checks:
            self.assertIn(one["level"], ["ok", "warn", "bad"])
            self.assertTrue(one["seen"] and one["means"], one)
            self.assertNotEqual(one["mend"], "")
        for level in ["ok", "warn", "bad"]:
            self.assertEqual(found[level], sum(one["level"] == level for one in checks))
        self.assertTrue(found["usable"])
        self.assertEqual(result.returncode, 0, result.stderr)
        # RUNOFF_PYTHON is no Python here, but another may be found.
        self.assertEqual(result.stderr, "")

    def test_exit_status_3_where_nothing_can_be_measured(self):
        nowhere = os.path.join(self.folder, "nowhere")
        result = runoff("doctor", "--json", env=dict(os.environ, TMPDIR=nowhere))
        self.assertEqual(result.returncode, 3)
        found = json.loads(result.stdout)
        self.assertFalse(found["usable"])
        self.assertEqual([one["name"] for one in found["checks"] if one["prevents"]], ["temporary-files"])

    def test_the_table_has_a_line_for_each_and_no_colour_in_a_file(self):
        result = runoff("doctor")
        self.assertNotIn("\x1b", result.stdout)
        starts = [line.split()[:2] for line in result.stdout.splitlines() if line[:2] == "  " and line[2:3] != " "]
        self.assertEqual([name for _, name in starts], self.NAMES)


class Help(Command):
    def test_everywhere(self):
        for arguments in [[], ["list"], ["run"], ["report"], ["doctor"]]:
            result = runoff(*arguments, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Usage:", result.stdout)
            result = runoff(*arguments, "--version")
            self.assertEqual(result.returncode, 0, arguments)
            self.assertRegex(result.stdout, r"^runoff \d+\.\d+\.\d+\ncommit \S+\ncompiled by \S.*: .*\nfor modules of version \d+ of the SDK\n$")


class List(Command):
    def test_json_holds_what_scripts_rely_on(self):
        everything = json.loads(runoff("list", "--json").stdout)
        self.assertEqual(list(everything), ["backends", "workloads", "presets"])
        serial = next(one for one in everything["backends"] if one["name"] == "serial")
        self.assertEqual((serial["available"], serial["reason"], serial["variants"]), (True, "", []))
        primes = next(one for one in everything["workloads"] if one["name"] == "primes")
        self.assertEqual((primes["shape"], primes["bound"]), ("independent", "cpu"))
        self.assertEqual([one["name"] for one in primes["parameters"]], ["n", "grain"])
        self.assertLessEqual({"quick", "scaling", "full", "articles"}, {one["name"] for one in everything["presets"]})
        for one in everything["backends"] + everything["workloads"]:
            self.assertNotEqual(one["available"], bool(one["reason"]), one["name"])
        self.assertEqual(list(json.loads(runoff("list", "workloads", "--json").stdout)), ["workloads"])

    def test_the_table_names_all(self):
        text = runoff("list").stdout
        for word in ["serial", "primes", "n=1000000", "quick"]:
            self.assertIn(word, text)


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


class Claims(Command):
    """In these tests there is no Python that runs forms: its places cannot be measured."""

    def read(self):
        with open(os.path.join(self.out, "claims.json")) as stream:
            return json.load(stream)

    def test_an_answer_with_its_files_whatever_it_is(self):
        result = runoff("claims", self.out, "--only", "lock-order,no-shared-memory", "--budget", "1min")
        self.assertEqual(result.returncode, 0, result.stderr)  # though cells ran out of time, as they are to
        self.assertIn("2 claims: 1 holds, 1 does not,", result.stdout)
        self.assertRegex(" ".join(result.stdout.split()), r"deadlock: worker \d+ holds lock \d and waits for lock \d, worker \d+ holds")
        answers = {claim["name"]: claim for claim in self.read()["claims"]}
        self.assertEqual({name: claim["answer"] for name, claim in answers.items()},
                         {"lock-order": "holds", "no-shared-memory": "does not hold"})
        self.assertEqual([place["says"] for place in answers["lock-order"]["places"]], ["yes", "yes", "n/a", "n/a"])
        self.assertIn("no Python 3 that works", answers["lock-order"]["places"][2]["why"])
        with open(os.path.join(self.out, "claims.csv"), newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual([(row["name"], row["says"]) for row in rows],
                         [(claim["name"], place["says"]) for claim in self.read()["claims"] for place in claim["places"]])
        self.assertEqual({row["status"] for row in self.rows() if row["workload"] == "deadlock"}, {"timeout", "skipped"})

        rows = self.rows()
        again = runoff("claims", self.out, "--json")  # goes on with the claims of the folder, of which none is open
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.rows(), rows)
        self.assertEqual(json.loads(again.stdout), self.read())
        other = runoff("claims", self.out, "--only", "lock-order")
        self.assertEqual(other.returncode, 3)
        self.assertIn("holds a run of another plan", other.stderr)

    def test_a_list_measures_nothing(self):
        result = runoff("claims", self.out, "--list")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreaterEqual(len(re.findall(r"^ ?\d+  [a-z-]+", result.stdout, re.M)), 33)
        self.assertFalse(os.path.exists(self.out))

    def test_all_claims_name_cells_that_there_are(self):
        # Where something is left out the places say so; a name that is known nowhere is an error.
        result = runoff("claims", self.out, "--budget", "1ms", "--quiet", env=PLOTTING)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreaterEqual(len(self.read()["claims"]), 33)

    def test_unknown_names_get_the_nearest(self):
        result = runoff("claims", self.out, "--only", "lock-ordre")
        self.assertEqual(result.returncode, 2)
        self.assertIn("unknown claim 'lock-ordre'; did you mean 'lock-order'?", result.stderr)
        self.assertFalse(os.path.exists(self.out))


class Run(Command):
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
        self.assertTrue(environment["temporary_folder"]["file_system"])

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

    def test_a_time_limit_is_a_row_and_exit_status_1(self):
        result = self.run_small("--set", "primes.n=200000000", "--set", "primes.grain=1000000", "--timeout", "300ms",
                                "--samples", "2")
        self.assertEqual(result.returncode, 1)
        self.assertEqual([row["status"] for row in self.rows()], ["timeout", "skipped"])
        self.assertIn("timeout", result.stderr)

    def test_a_budget_leaves_samples_out_and_says_so(self):
        result = self.run_small("--samples", "1000", "--budget", "1s")
        self.assertEqual(result.returncode, 0)
        self.assertLess(len(self.rows()), 1000)
        self.assertGreater(len(self.rows()), 0)
        self.assertIn("the budget was spent", result.stderr)


    def test_what_does_not_fit_the_budget_is_left_out_and_said(self):
        result = self.run_small("--set", "primes.n=1000,200000000", "--set", "primes.grain=1000000", "--budget", "8s")
        self.assertEqual(result.returncode, 0, result.stderr)
        line = next(line for line in result.stderr.splitlines() if line.startswith("warning: left out: "))
        self.assertIn("primes/n:200000000 (1 of 2 cells)", line)
        self.assertRegex(line, r"to have all: .* --budget \d+(s|min)$")
        self.assertNotIn("--out", line)
        self.assertEqual([row["status"] for row in self.rows()], ["ok"] * 6)
        with open(os.path.join(self.out, "environment.json")) as stream:
            left_out = json.load(stream)["left_out"]
        self.assertEqual([one["cells"] for one in left_out], [["primes/n:200000000/serial/workers:1"]])
        # How much would be enough is known better at the end.
        said = line.removeprefix("warning: ").rpartition(" --budget ")[0]
        self.assertEqual([one["sentence"].rpartition(" --budget ")[0] for one in left_out], [said])
        self.assertIn("left out: ", result.stdout)

    def test_a_budget_ends_a_cell_that_goes_beyond_it(self):
        result = self.run_small("--set", "primes.n=200000000", "--set", "primes.grain=1000000", "--budget", "300ms")
        self.assertEqual(result.returncode, 2)
        self.assertFalse(os.path.exists(self.out))
        self.assertIn("no sample fits into it", result.stderr)


class Report(Command):
    def assert_plots(self, result):
        """They are there and named, or a line says why not."""
        if "no plots: " not in result.stderr:
            for name in ("scaling.png", "scaling.svg"):
                file = os.path.join(self.out, "plots", name)
                self.assertIn(file, result.stdout)
                self.assertTrue(os.path.exists(file), file)

    def test_makes_again_what_a_run_left(self):
        result = self.run_small("--samples", "2", env=PLOTTING)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_plots(result)
        summary = os.path.join(self.out, "summary.csv")
        for file in ["summary.csv", "benchmark.json", "environment.json", "samples.csv"]:
            self.assertIn(os.path.join(self.out, file), result.stdout)
        self.assertTrue(result.stdout.endswith(f"\n{os.path.join(self.out, 'report.html')}\n"), result.stdout)
        with open(os.path.join(self.out, "report.html"), encoding="utf-8") as stream:
            self.assertIn('"command":"' + RUNOFF + " run --workloads primes --set primes.n=1000 ", stream.read())
        with open(summary) as stream:
            before = stream.read()
        os.remove(summary)
        shutil.rmtree(os.path.join(self.out, "plots"), ignore_errors=True)
        result = runoff("report", self.out, env=PLOTTING)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_plots(result)
        with open(summary) as stream:
            self.assertEqual(stream.read(), before)

    def on_a_terminal(self, *arguments, **variables):
        """What it prints on a terminal of 80 columns, without colours."""
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        with subprocess.Popen([RUNOFF, *arguments], stdin=subprocess.DEVNULL, stdout=its, stderr=subprocess.PIPE,
                              env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", **variables}) as process:
            os.close(its)
            text = b""
            try:
                while part := os.read(ours, 65536):
                    text += part
            except OSError:  # how a terminal says that nothing writes to it any more
                pass
            self.assertEqual(process.stderr.read(), b"")
        os.close(ours)
        return text.decode().replace("\r\n", "\n")

    def test_a_terminal_is_spared_the_tables(self):
        self.assertEqual(self.run_small("--samples", "6").returncode, 0)
        piped = runoff("report", self.out).stdout
        heads = "backend  workers"
        self.assertIn(heads, piped)
        for locale, bar in (("C.UTF-8", "█" * 16), ("C", "#" * 16)):
            shown = self.on_a_terminal("report", self.out, LC_ALL=locale)
            self.assertNotIn(heads, shown)
            self.assertIn(f"\nprimes\n  {bar}  ", shown)
            self.assertTrue(shown.endswith(f"\nTables and every file: runoff report {self.out} --all\n"
                                           f"{os.path.join(self.out, 'report.html')}\n"), shown)
        self.assertIn(heads, self.on_a_terminal("report", self.out, "--all"))

    def test_a_folder_without_a_run(self):
        self.assertEqual(runoff("report", self.folder).returncode, 3)
        self.assertEqual(runoff("report", self.out).returncode, 3)


class Compare(Command):
    def test_two_runs_of_one_build_are_compared(self):
        other = os.path.join(self.folder, "other")
        self.assertEqual(self.run_small("--samples", "6").returncode, 0)
        self.assertEqual(runoff("run", *SMALL, "--samples", "6", "--out", other).returncode, 0)
        markdown = os.path.join(self.folder, "change.md")
        result = runoff("compare", self.out, other, "--threshold", "50%", "--markdown", markdown)
        self.assertIn(result.returncode, (0, 1), result.stderr)  # the machine may change between the two
        self.assertIn("serial with 1 worker on primes", result.stdout)
        self.assertIn("made at different times", result.stdout)
        with open(markdown) as stream:
            self.assertIn("| serial with 1 worker on primes |", stream.read())

    def test_what_is_not_comparable_is_refused_unless_forced(self):
        other = os.path.join(self.folder, "other")
        self.assertEqual(self.run_small("--samples", "1").returncode, 0)
        self.assertEqual(runoff("run", *SMALL, "--samples", "1", "--placement", "free", "--out", other).returncode, 0)
        result = runoff("compare", self.out, other)
        self.assertEqual(result.returncode, 3)
        self.assertIn("placement: pinned before, free after", result.stderr)
        self.assertIn("--force", result.stderr)
        self.assertEqual(runoff("compare", self.out, other, "--force").returncode, 0)
        larger = os.path.join(self.folder, "larger")
        self.assertEqual(runoff("run", *SMALL, "--set", "primes.n=2000", "--samples", "1", "--out", larger).returncode, 0)
        self.assertIn("n=1000", runoff("compare", self.out, larger).stderr)

    def test_two_builds_are_measured_side_by_side(self):
        result = runoff("compare", "--interleave", PREFIX, *SMALL, "--samples", "6", "--out", self.out,
                        "--threshold", "50%")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertIn("round by round", result.stdout)
        orders = []
        for side in ("before", "after"):
            with open(os.path.join(self.out, side, "samples.csv"), newline="") as stream:
                orders += [int(row["order"]) for row in csv.DictReader(stream)]
        self.assertEqual(sorted(orders), list(range(12)))

    def test_bad_words(self):
        for status, says, *arguments in [
            (2, "takes the folders of two runs", self.folder),
            (2, "--threshold: 'much' is none", self.folder, self.folder, "--threshold", "much"),
            (3, "holds no run", self.folder, self.folder),
            (2, "give the folder of a build", "--interleave", "/nope", *SMALL),
        ]:
            result = runoff("compare", *arguments)
            self.assertEqual(result.returncode, status, result.stderr)
            self.assertIn(says, result.stderr)


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
        self.assertIn("its backend backwards has been built anew since", result.stderr)
        self.assertEqual(self.rows(), rows)


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
                self.assertEqual(modules["backend serial"]["compilation"]["optimised"], True)


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

    def seed_with_the_short_one_first(self):
        for seed in range(100):
            text = runoff("run", "--workloads", "primes", "--backends", "serial", "--workers", "1", "--set",
                          "primes.n=1000,300000000", "--set", "primes.grain=1000000", "--samples", "1", "--seed",
                          str(seed), "--dry-run").stdout
            if "sample 1: 1 2" in text:
                return str(seed)
        self.fail("no seed takes the first cell first")

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
        for number in [signal.SIGINT, signal.SIGTERM]:
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
