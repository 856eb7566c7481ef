"""How runoff's programs fare with what they inherit, with what cannot be written, and with runs that were edited.
Usage: started.py PREFIX."""

import csv
import glob
import io
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from command import HANG_GUARD_SECONDS, PREFIX, RUNOFF, SMALL, runoff
from said import without_waits

FULL = "standard output cannot be written: No space left on device"


def program(name):
    return os.path.join(PREFIX, "bin", name)


def module(kind, name):
    return glob.glob(os.path.join(PREFIX, "lib", "runoff", kind, f"*{name}.so"))[0]


def shell(command, *arguments):
    """A shell's redirections and traps; "$@" are the arguments."""
    done = subprocess.run(["sh", "-c", command, "sh", *arguments], capture_output=True, text=True,
                          timeout=HANG_GUARD_SECONDS)
    done.stderr = without_waits(done.stderr)
    return done


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.out = os.path.join(self.folder, "run")

    def file(self, name="samples.csv"):
        return os.path.join(self.out, name)

    def rows(self):
        with open(self.file(), newline="") as stream:
            return list(csv.reader(stream))

    def assert_rows(self, fewest):
        """Whole ones. There are more where samples were disturbed."""
        header, *rows = self.rows()
        self.assertGreaterEqual(len(rows), fewest)
        self.assertEqual({len(row) for row in rows}, {len(header)})

    def write(self, rows, **how):
        text = io.StringIO()
        csv.writer(text, **how).writerows(rows)
        with open(self.file(), "w", newline="", encoding="utf-8") as stream:
            stream.write(text.getvalue())

    def measure(self, samples="2"):
        result = runoff("run", *SMALL, "--samples", samples, "--out", self.out)
        self.assertEqual(result.returncode, 0, result.stderr)


class Inherited(Case):
    def test_closed_descriptors_cost_no_data(self):
        for number, closed in enumerate(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]):
            self.out = os.path.join(self.folder, str(number))
            result = shell(f'"$@" {closed}', RUNOFF, "run", *SMALL, "--samples", "1", "--out", self.out)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assert_rows(1)

    def assert_afresh(self, process):
        """Soon descriptors 0 to 2 lead to no file of a run, nothing is ignored but SIGPIPE and SIGXFSZ, and nothing blocked but
        what is waited for."""
        waited_for = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU}
        for _ in range(HANG_GUARD_SECONDS * 100):
            with open(f"/proc/{process.pid}/status") as stream:
                masks = {name: int(mask, 16) for name, mask in re.findall(r"(Sig\w+):\s+([0-9a-f]+)", stream.read())}
            found = {name: {one for one in range(1, 65) if masks[name] >> (one - 1) & 1}
                     for name in ("SigBlk", "SigIgn")}
            if found["SigBlk"] <= waited_for and found["SigIgn"] <= {signal.SIGPIPE, signal.SIGXFSZ}:
                break
            time.sleep(0.01)
        self.assertLessEqual(found["SigBlk"], waited_for)
        self.assertLessEqual(found["SigIgn"], {signal.SIGPIPE, signal.SIGXFSZ})
        for descriptor in range(3):
            self.assertRegex(os.readlink(f"/proc/{process.pid}/fd/{descriptor}"), "^(/dev/null|socket:.*)$")

    def start(self, *words, stdin, closed):
        def spoil():
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            for one in (signal.SIGCHLD, signal.SIGUSR1, signal.SIGALRM):
                signal.signal(one, signal.SIG_IGN)
            for descriptor in closed:
                os.close(descriptor)
        process = subprocess.Popen(words, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=spoil)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_every_program_begins_afresh(self):
        self.assert_afresh(self.start(program("runoff-endpoint"), stdin=subprocess.DEVNULL, closed=(0, 1, 2)))
        self.assert_afresh(self.start(RUNOFF, "serve", stdin=subprocess.DEVNULL, closed=(0, 1, 2)))
        self.assert_afresh(self.start(program("runoff-cell"), "--workload", module("workloads", "primes"), "--backend",
                                      module("backends", "serial"), "--minimum-time", f"{HANG_GUARD_SECONDS}s",
                                      stdin=subprocess.DEVNULL, closed=(0, 1, 2)))
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours, its:
            folders = [os.path.join(self.folder, name) for name in ("launcher", "shared-memory")]
            self.assert_afresh(self.start(program("runoff-launcher"), *folders, stdin=its, closed=(1, 2)))

    def test_ignored_signals_of_children_change_nothing(self):
        expected = runoff("list", "backends").stdout
        for traps in ["CHLD", "PIPE", "CHLD USR1 ALRM PIPE"]:
            self.assertEqual(shell(f'trap "" {traps}; "$@"', RUNOFF, "list", "backends").stdout, expected, traps)


class Unwritable(Case):
    def test_what_is_said_meanwhile_ends_no_measurement(self):
        for number, error in enumerate(["2>/dev/full", "2>&1 >/dev/null | true"]):
            self.out = os.path.join(self.folder, str(number))
            result = shell(f'"$@" {error}', RUNOFF, "run", *SMALL, "--samples", "9", "--out", self.out)
            self.assertEqual(result.returncode, 0, error)
            self.assert_rows(9)

    def test_a_terminal_that_goes_away_ends_no_measurement(self):
        ours, its = pty.openpty()
        # As nohup does, which says so on the terminal and fails when that is gone already.
        without_hangup = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"]
        with subprocess.Popen([*without_hangup, RUNOFF, "run", *SMALL, "--samples", "9", "--out", self.out],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=its) as process:
            os.close(its)
            os.close(ours)
        self.assertEqual(process.returncode, 0)
        self.assert_rows(9)

    def test_a_temporary_folder_that_is_cleared_away_is_named(self):
        temporary = os.path.join(self.folder, "tmp")
        os.mkdir(temporary)
        with subprocess.Popen([RUNOFF, "run", *SMALL, "--samples", "10000", "--out", self.out], text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              env={**os.environ, "TMPDIR": temporary}) as process:
            while process.poll() is None and not (os.path.exists(self.file()) and len(self.rows()) > 2):
                time.sleep(0.05)
            shutil.rmtree(temporary, ignore_errors=True)
            said = process.stderr.read()
        self.assertEqual(process.returncode, 3, said)
        self.assertRegex(said, f"'{temporary}/[^']*' was removed while samples were taken; set TMPDIR")
        self.assert_rows(2)

    def test_a_slow_reader_of_a_pipe_that_does_not_block_gets_all(self):
        """Some programs leave their children such a pipe, or a socket that is none the faster."""
        for words in [("list", "--json"), ("--help",)]:
            whole = runoff(*words).stdout
            for pipe in (os.pipe, lambda: [one.detach() for one in socket.socketpair()]):
                ours, its = pipe()
                os.set_blocking(its, False)
                before = 0
                try:
                    while True:  # until no room is left in it
                        before += os.write(its, 4096 * b"x")
                except BlockingIOError:
                    pass
                with subprocess.Popen([RUNOFF, *words], stdin=subprocess.DEVNULL, stdout=its, stderr=subprocess.PIPE,
                                      text=True) as process, open(ours, "rb") as stream:
                    os.close(its)
                    time.sleep(0.5)
                    read = stream.read()[before:].decode()
                    said = process.stderr.read()
                self.assertEqual((process.returncode, said, read), (0, "", whole), words)

    def test_a_report_that_could_not_be_printed_is_an_error(self):
        result = shell('"$@" >/dev/full', RUNOFF, "run", *SMALL, "--samples", "1", "--out", self.out)
        self.assertEqual((result.returncode, result.stderr.splitlines()[-1]), (3, "runoff: " + FULL))
        self.assert_rows(1)
        for words in [("report", self.out), ("list",), ("list", "--json"), ("--help",), ("--version",)]:
            result = shell('"$@" >/dev/full', RUNOFF, *words)
            self.assertEqual((result.returncode, result.stderr), (3, f"runoff: {FULL}\n"), words)
            pipe = shell('{ "$@"; echo $? >&2; } | true', RUNOFF, *words)
            self.assertIn(pipe.stderr.splitlines()[-1], ("3", "0"), words)  # 0: all was in the pipe when it was closed
        for words in [("runoff-cell", "--help"), ("runoff-launcher", "--help"), ("runoff-endpoint", "--help"),
                      ("runoff-endpoint",)]:
            result = shell('"$@" >/dev/full', program(words[0]), *words[1:])
            self.assertEqual(result.returncode, 3, words)
            self.assertIn(FULL, result.stderr, words)


class Edited(Case):
    """A samples.csv that other hands had."""

    def assert_refused(self, result, *says):
        self.assertEqual(result.returncode, 3, result.stdout)
        for words in says:
            self.assertIn(words, result.stderr)

    def resume(self, samples="3"):
        return runoff("run", *SMALL, "--samples", samples, "--out", self.out, "--resume")

    def test_rows_follow_the_header_of_an_older_version(self):
        self.measure("3")
        rows = [row[:27] for row in self.rows()]
        for row in rows:
            row[11], row[14] = row[14], row[11]
        self.write(rows[:2])
        self.assertEqual(self.resume().returncode, 0)
        header, *rows = self.rows()
        self.assertEqual((header[11], header[14]), ("cold_ns", "wall_ns"))
        self.assertGreaterEqual(len(rows), 3)
        for row in map(dict, (zip(header, row, strict=True) for row in rows)):
            # primes to 1000: a cold execution is one, the warm mean is of thousands.
            self.assertGreater(int(row["cold_ns"]), int(row["wall_ns"]))
        self.assertEqual(runoff("report", self.out).returncode, 0)

    def test_samples_count_once_and_runs_are_not_pooled(self):
        self.measure("3")
        header, *rows = self.rows()
        other = [["2000-01-01T00-00-00", str(9 + int(row[1])), *row[2:]] for row in rows]
        for edited, says in [(rows + rows, "two rows have the order"), (rows + other, "which are not pooled")]:
            self.write([header, *edited])
            self.assert_refused(runoff("report", self.out), self.file(), says)
            self.assert_refused(self.resume(), self.file(), says)
            self.assertEqual(self.rows(), [header, *edited])

    def test_a_run_does_not_go_on_on_another_machine(self):
        self.measure("2")
        with open(self.file("environment.json")) as stream:
            environment = json.load(stream)
        self.write(self.rows()[:2])
        for pointer, other in [(("processor", "model"), "Z80"), (("cores_used_as_all",), 4096)]:
            changed = json.loads(json.dumps(environment))
            (changed[pointer[0]] if len(pointer) > 1 else changed)[pointer[-1]] = other
            with open(self.file("environment.json"), "w") as stream:
                json.dump(changed, stream)
            self.assert_refused(self.resume("2"), "of another machine", str(other))
            self.assertEqual(len(self.rows()), 2)
        os.remove(self.file("environment.json"))
        result = self.resume("2")
        self.assertEqual(result.returncode, 0, result.stderr)
        for text in (result.stderr, result.stdout):
            self.assertIn("environment.json was lost or damaged", " ".join(text.split()))
        self.write(self.rows()[:2])
        environment["system"]["host"] = "elsewhere"
        with open(self.file("environment.json"), "w") as stream:
            json.dump(environment, stream)
        result = self.resume("2")
        self.assertEqual(result.returncode, 0)
        for text in (result.stderr, result.stdout):
            self.assertIn('begun on the host "elsewhere"', " ".join(text.split()))

    def test_what_spreadsheets_save_is_read_or_refused_with_the_cause(self):
        self.measure("3")
        rows = self.rows()
        read = [(rows + [[""]], {}), (rows + [[""] * len(rows[0])], {}), (rows, {"delimiter": ";"}),
                (rows, {"delimiter": "\t"}), (rows, {"lineterminator": "\n", "quoting": csv.QUOTE_ALL})]
        summaries = set()
        for edited, how in read:
            self.write(edited, **how)
            result = runoff("report", self.out)
            self.assertEqual((result.returncode, result.stderr), (0, ""), how)
            with open(self.file("summary.csv")) as stream:
                summaries.add(stream.read())
        self.assertEqual(len(summaries), 1)
        self.write(rows)
        with open(self.file(), encoding="utf-8", newline="") as stream:
            text = stream.read()
        for encoding in ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]:
            with open(self.file(), "w", encoding=encoding, newline="") as stream:
                stream.write(text)
            result = runoff("report", self.out)
            if encoding == "utf-8-sig":
                self.assertEqual(result.returncode, 0, result.stderr)
            else:
                self.assert_refused(result, "UTF-16", "save it as CSV in UTF-8")
        with open(self.file(), "wb") as stream:
            stream.write(b"PK\x03\x04" + bytes(100))
        self.assert_refused(runoff("report", self.out), "a spreadsheet's own file; save it as CSV")
        self.write([*rows, ["Sum", *[""] * (len(rows[0]) - 1)]])
        self.assert_refused(runoff("report", self.out), f"row {len(rows) + 1}: column order: '' is no", "as runoff wrote it")
        self.write(rows, delimiter=";")
        self.assert_refused(self.resume("4"), "another plan")
        self.assert_refused(self.resume("3"), "separated by semicolons", "save it with commas")

    def test_zero_gives_neither_nan_nor_infinity(self):
        self.measure("3")
        header, *rows = self.rows()
        for column, name in enumerate(header):
            if not all(row[column].isdigit() for row in rows) or name in ("order", "sample", "workers"):
                continue
            self.write([header, *([*row[:column], "0", *row[column + 1:]] for row in rows)])
            result = runoff("report", self.out)
            if name in ("wall_ns", "typical_ns"):
                self.assert_refused(result, f"row 2: column {name}: 0 is no time")
                continue
            self.assertEqual(result.returncode, 0, (name, result.stderr))
            texts = [result.stdout]
            for file in glob.glob(os.path.join(self.out, "*.csv")) + [self.file("benchmark.json")]:
                with open(file) as stream:
                    texts.append(stream.read())
            for text in texts:
                self.assertIsNone(re.search(r"(?i)(?<![a-z])-?(nan|inf)(?![a-z])", text), name)


class Refused(Case):
    def test_numbers_are_what_they_say(self):
        for says, *words in [
            ("--seed", "run", "--seed", "-1"), ("--seed", "run", "--seed=-1"), ("--seed", "run", "--seed", ""),
            ("--seed", "run", "--seed="), ("--seed", "run", "--seed", " 7"), ("--seed", "run", "--seed", "0x10"),
            ("--seed", "run", "--seed", "18446744073709551616"), ("--seed", "claims", "--seed", "-1"),
            ("--seed", "selftest", "--seed", "-1"), ("--samples", "run", "--samples", "-1"),
            ("--samples", "run", "--samples", ""), ("--samples", "run", "--samples", "1e3"),
            ("--groups", "selftest", "--groups", "-18446744073709551216"), ("--budget", "run", "--budget", ""),
            ("--timeout", "run", "--timeout", ""), ("--precision", "run", "--precision", "nan%"),
            ("--precision", "run", "--precision", ""), ("--out", "run", "--out", ""),
            ("--workers", "run", "--workers", ""), ("--workers", "explain", ".", "--workers", "-1"),
            ("empty", "report", ""), ("--max-connections", "serve", "--max-connections", "-18446744073709551615"),
            ("--threads", "serve", "--threads", "")]:
            more = ["--out", self.out] if words[0] == "run" and "--out" not in words else []
            result = runoff(*words, *more)
            self.assertEqual((result.returncode, result.stdout), (2, ""), (words, result.stderr))
            self.assertIn(says, result.stderr, words)
            self.assertFalse(os.path.exists(self.out), words)
        orders = {runoff("run", *SMALL, "--dry-run", "--samples", "3", "--seed", seed).stdout for seed in ("010", "10")}
        self.assertEqual(len({re.search(r"seed (\d+)", order).group(1) for order in orders}), 1)

    def test_a_refused_start_leaves_nothing(self):
        deep = os.path.join(self.out, "deep", "er")
        for says, status, environment, *words in [
            ("'/nope', which TMPDIR names: No such file or directory", 3, {"TMPDIR": "/nope"}),
            ("which TMPDIR names: Not a directory", 3, {"TMPDIR": RUNOFF}),
            ("no sample fits", 2, {}, "--set", "primes.n=200000000", "--set", "primes.grain=1000000",
             "--budget", "50ms")]:
            for out in (self.out, deep):
                result = runoff("run", *SMALL, *words, "--out", out, env={**os.environ, **environment})
                self.assertEqual(result.returncode, status, result.stderr)
                self.assertIn(says, result.stderr)
                self.assertEqual(os.listdir(self.folder), [], says)
        result = runoff("advise", "--tasks", "100", "--task", "1us", "--budget", "20ms", "--out", self.out)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("--budget: no sample fits", result.stderr)
        self.assertEqual(os.listdir(self.folder), [])
        os.mkdir(self.out)
        result = runoff("run", *SMALL, "--out", self.out, env={**os.environ, "TMPDIR": "/nope"})
        self.assertEqual((result.returncode, os.listdir(self.out)), (3, []))
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.measure()  # the corrected command


if __name__ == "__main__":
    unittest.main()
