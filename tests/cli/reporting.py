"""What `runoff report` and `runoff compare` make of runs. Usage: reporting.py PREFIX."""

import base64
import csv
import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import termios
import unittest
import zlib

from command import Command, PLOTTING, PREFIX, RUNOFF, SMALL, runoff


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
            packed = re.search('id="data">([^<]*)<', stream.read()).group(1)
        shown = json.loads(zlib.decompress(base64.b64decode(packed)))
        self.assertTrue(shown["cells"][0]["command"].startswith(RUNOFF + " run --workloads primes --set primes.n=1000 "))
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

    def test_a_hyphen_stands_for_standard_output(self):
        result = self.run_small("--samples", "1", "--quiet", "--export-json", "-", cwd=self.folder)
        self.assertEqual(len(json.loads(result.stdout)["cells"]), 1)
        self.assertTrue(runoff("report", self.out, "--export-markdown", "-", cwd=self.folder).stdout.startswith("- **primes**: "))
        result = runoff("explain", self.out, "--trace", "-", cwd=self.folder)
        self.assertIn("traceEvents", json.loads(result.stdout))
        self.assertEqual(os.listdir(self.folder), ["run"])

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
        self.assertEqual(runoff("run", *SMALL, "--samples", "1", "--placement", "free", "--one-by-one",
                                "--out", other).returncode, 0)
        result = runoff("compare", self.out, other)
        self.assertEqual(result.returncode, 3)
        self.assertIn("placement: pinned before, free after", result.stderr)
        self.assertIn("turns: taken before, none after", result.stderr)
        self.assertIn("--force", result.stderr)
        self.assertEqual(runoff("compare", self.out, other, "--force").returncode, 0)
        larger = os.path.join(self.folder, "larger")
        self.assertEqual(runoff("run", *SMALL, "--set", "primes.n=2000", "--samples", "1", "--out", larger).returncode, 0)
        self.assertIn("n=1000", runoff("compare", self.out, larger).stderr)

    def test_means_are_compared_where_a_run_has_nothing_else(self):
        other = os.path.join(self.folder, "other")
        self.assertEqual(self.run_small("--samples", "6").returncode, 0)
        shutil.copytree(self.out, other)
        for folder, edited in (self.out, lambda name, value: None if name == "typical_ns" else value), \
                              (other, lambda name, value: str(2 * int(value)) if name == "typical_ns" else value):
            file = os.path.join(folder, "samples.csv")
            with open(file, newline="") as stream:
                header, *rows = csv.reader(stream)
            with open(file, "w", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow([name for name in header if edited(name, "1") is not None])
                writer.writerows([field for field in map(edited, header, row) if field is not None] for row in rows)
        result = runoff("compare", self.out, other)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("none surely changed", result.stdout)
        self.assertEqual(runoff("compare", other, other).returncode, 0)

    def test_two_builds_are_measured_side_by_side(self):
        result = runoff("compare", "--interleave", PREFIX, *SMALL, "--samples", "6", "--out", self.out,
                        "--threshold", "50%")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertIn("round by round", result.stdout)
        orders = []
        for side in ("before", "after"):
            with open(os.path.join(self.out, side, "samples.csv"), newline="") as stream:
                rows = list(csv.DictReader(stream))
                orders += [int(row["order"]) for row in rows]
                turns = {row["turns"] for row in rows if int(row["sample"]) > 1}
                # In which the other build has its own; where an execution takes long, one may be a whole batch.
                self.assertTrue(turns - {"1"}, turns)
        self.assertEqual(sorted(orders), list(range(12)))

    def test_nothing_is_written_over_a_file_of_the_run(self):
        self.assertEqual(self.run_small("--samples", "1").returncode, 0)
        link = os.path.join(self.folder, "link.json")
        os.symlink(os.path.join(self.out, "environment.json"), link)
        samples, explained = os.path.join(self.out, "samples.csv"), os.path.join(self.out, "explain.csv")
        before = {}
        for name in ("samples.csv", "environment.json"):
            with open(os.path.join(self.out, name), "rb") as stream:
                before[name] = stream.read()
        new = os.path.join(self.folder, "new")
        for says, *arguments in [
            ("--export-json", "report", self.out, "--export-json", samples),
            ("--export-markdown", "report", self.out, "--export-markdown", link),
            ("--trace", "explain", self.out, "--trace", explained),
            ("--markdown", "compare", self.out, self.out, "--markdown", samples),
            ("--export-json", "run", *SMALL, "--samples", "1", "--out", self.out, "--resume", "--export-json", samples),
        ]:
            result = runoff(*arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertRegex(result.stderr, f"{says} '.*': that is a file of the run")
        result = runoff("report", self.out, "--export-json", new, "--export-markdown", new)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("name the same file", result.stderr)
        for arguments in [("explain", self.out, "--trace"), ("compare", self.out, self.out, "--markdown")]:
            result = runoff(*arguments, "/no/such/file")
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn("there is no folder '/no/such'", result.stderr)
        for name, text in before.items():
            with open(os.path.join(self.out, name), "rb") as stream:
                self.assertEqual(stream.read(), text)
        self.assertEqual(runoff("report", self.out, "--export-json", "/dev/null", "--export-markdown", "/dev/null")
                         .returncode, 0)

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


if __name__ == "__main__":
    unittest.main(verbosity=1)
