"""Each program that `runoff show` prints compiles, and is right: python3 show.py PREFIX"""

import os
import subprocess
import sys
import tempfile
import unittest

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
PROGRAMS = os.path.join(PREFIX, "share", "runoff", "programs")


def runoff(*arguments):
    return subprocess.run([RUNOFF, *arguments], capture_output=True, text=True, timeout=300)


def primes_below(n):
    sieve = bytearray([1]) * n
    sieve[:2] = b"\0\0"
    for d in range(2, int(n ** 0.5) + 1):
        if sieve[d]:
            sieve[d * d::d] = bytes(len(range(d * d, n, d)))
    return sum(sieve)


def after_the_steps():
    row = list(range(1, 65))
    for _ in range(1000):
        row = [(row[i - 1] + row[i] + 2 * row[(i + 1) % 64]) % 1_000_000_007 for i in range(64)]
    return row[0]


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def take_crates_from_debian(folder):
    """Cargo builds what the package librust-rayon-dev brought, and asks no network."""
    os.mkdir(os.path.join(folder, ".cargo"))
    with open(os.path.join(folder, ".cargo", "config.toml"), "w") as stream:
        stream.write('[net]\noffline = true\n[source.crates-io]\nreplace-with = "debian"\n'
                     '[source.debian]\ndirectory = "/usr/share/cargo/registry"\n')


RIGHT = {"independent": primes_below(1_000_000), "dependent": after_the_steps(), "recursive": fib(27)}
# Work that waits, of which all thousand tasks come back; Python has a tenth of the numbers.
OTHERS = {"event-loop": 1000, "event-loop-uring": 1000, "cpython": primes_below(100_000)}


class Show(unittest.TestCase):
    def test_each_program_is_right(self):
        shown = sorted(os.path.relpath(os.path.join(folder, file), PROGRAMS) for folder, _, files in os.walk(PROGRAMS) for file in files)
        self.assertGreaterEqual(len(shown), 5)
        cargo = self.enterContext(tempfile.TemporaryDirectory(prefix="runoff-test-"))  # what one program built, others use
        for path in shown:
            backend, file = path.split(os.sep)
            shape = file.split(".")[0]
            with self.subTest(program=path), tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
                printed = runoff("show", backend, shape)
                self.assertEqual(printed.returncode, 0, printed.stderr)
                lines = printed.stdout.splitlines()
                self.assertLessEqual(len(lines), 40)
                with open(os.path.join(folder, file), "w") as stream:
                    stream.write(printed.stdout)
                if file.endswith(".rs"):
                    take_crates_from_debian(folder)
                command = lines[1].split("$ ", 1)[1].replace("-O3", "-O1").replace("-qr", "-q")  # compiles in half of the time
                environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                               "OMPI_MCA_rmaps_base_oversubscribe": "1", "CARGO_TARGET_DIR": cargo}
                done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=300, env=environment)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(int(done.stdout), OTHERS.get(backend, RIGHT[shape]))

    def test_says_where_there_is_none(self):
        for says, *arguments in [("'fork' offers no program for this shape, recursive; it has one for independent", "fork", "recursive"),
                                 ("'gil' offers no program; those that do: ", "gil"),
                                 ("did you mean 'serial'?", "serail"),
                                 ("round not in {independent", "serial", "round")]:
            with self.subTest(arguments=arguments):
                result = runoff("show", *arguments)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(says, result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
