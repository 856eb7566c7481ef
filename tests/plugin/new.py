"""What `runoff new` makes builds, runs and keeps the contract as it is, from an installed runoff: python3 new.py BUILD"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from said import without_waits  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=600, **options)


class New(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.prefix = os.path.join(folder.name, "installed here")  # a name that a shell must be given in quotes
        done = run(["cmake", "--install", BUILD, "--prefix", cls.prefix])
        assert done.returncode == 0, done.stderr
        cls.folder = os.path.join(folder.name, "mine")
        os.mkdir(cls.folder)

    def runoff(self, *arguments):
        done = run([os.path.join(self.prefix, "bin", "runoff"), *arguments], cwd=self.folder)
        done.stderr = without_waits(done.stderr)
        return done

    def make(self, *arguments):
        """Does as it says, but for the last of the commands that it prints, which it returns."""
        made = self.runoff("new", *arguments)
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        commands = made.stdout.splitlines()[-4:]
        name = arguments[1]
        with open(os.path.join(self.folder, name, f"{name}.cpp")) as source:
            self.assertLessEqual(len(source.readlines()), 40)
        for command in commands[:2]:
            done = run(["sh", "-c", command], cwd=self.folder)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertNotIn("warning", done.stderr)
        self.assertIn(f" check --plugin {name}/build/{name}.so", commands[2])
        return commands[3]

    def measured(self, command, name):
        out = os.path.join(self.folder, f"{name} run")
        done = run(["sh", "-c", f"{command} --samples 1 --timeout 240s --out '{out}'"], cwd=self.folder,
                   env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(name, done.stdout)

    def test_a_backend_runs_and_keeps_the_contract(self):
        self.measured(self.make("backend", "my-pool"), "my-pool")
        for words in (["my-pool", "primes", "sleep"], ["my-pool", "--only=-answers", "--many=1000"]):
            done = self.runoff("check", "--timeout", "240s", "--plugin", "my-pool/build/my-pool.so", *words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            self.assertIn("no promise is broken", done.stdout)

    def test_workloads_of_each_shape_run_on_every_backend_that_can(self):
        for shape in ("independent", "dependent", "recursive"):
            with self.subTest(shape=shape):
                name = f"my-{shape}"
                command = self.make("workload", name, "--shape", shape)
                self.measured(f"{command} --backends serial,std-thread,fork --workers 2", name)
                described = run([os.path.join(self.prefix, "bin", "runoff-cell"), "--describe",
                                 os.path.join(self.folder, name, "build", f"{name}.so")])
                self.assertEqual(json.loads(described.stdout)["shape"], shape)
                for words in ([name, "serial", "std-thread", "fork"], [name, "--only", "oracle"]):
                    done = self.runoff("check", "--timeout", "240s", "--plugin", f"{name}/build/{name}.so", *words)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_no_class_is_called_as_one_of_the_sdk_is(self):
        with open(os.path.join(os.path.dirname(__file__), "..", "..", "docs", "sdk.md")) as page:
            page = page.read()
        types = set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b", page[page.index("## Names, header by header"):]))
        self.assertLessEqual({"Backend", "ChunkLoop", "Range", "Workload"}, types)
        for kind in ("backend", "workload"):
            made = os.path.join(self.folder, kind)
            os.mkdir(made)
            for one in sorted(types):
                name = re.sub(r"\B(?=[A-Z])", "-", one).lower()
                done = run([os.path.join(self.prefix, "bin", "runoff"), "new", kind, name], cwd=made)
                if "already" in done.stderr:
                    continue
                self.assertEqual((done.returncode, done.stderr), (0, ""), name)
                with open(os.path.join(made, name, f"{name}.cpp")) as source:
                    own = re.search(r"(?:class|struct) (\w+) final", source.read())[1]
                self.assertNotIn(own, types, name)

    def test_refuses_what_cannot_be(self):
        os.mkdir(os.path.join(self.folder, "there"))
        for status, says, *arguments in [(2, "is no name for a module", "backend", "My Pool"), (2, "is no name", "backend", "../x"),
                                         (2, "there is a backend 'serial' already", "backend", "serial"),
                                         (3, "'there' is there already", "workload", "there"),
                                         (2, "round not in {independent", "workload", "mine", "--shape", "round")]:
            with self.subTest(arguments=arguments):
                result = self.runoff("new", *arguments)
                self.assertEqual((result.returncode, result.stdout), (status, ""))
                self.assertIn(says, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
