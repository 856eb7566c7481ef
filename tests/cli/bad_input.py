"""What `runoff` says to command lines and folders that are wrong: one line, and the exit status. Usage: bad_input.py PREFIX."""

import json
import os
import unittest

from command import Command, SMALL, runoff


class BadInput(Command):
    def refused(self, status, *arguments, says):
        result = runoff(*arguments)
        self.assertEqual(result.returncode, status, f"{arguments}: {result.stderr}")
        self.assertEqual(result.stdout, "")
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn(says, result.stderr)

    def test_wrong_command_lines(self):
        for says, *arguments in [
            ("a command is missing; known: list, run,", ),
            ("did you mean 'run'?", "rnu"),
            ("did you mean '--samples'?", "run", "--smaples", "3"),
            ("unknown backend 'serail'; did you mean 'serial'?", "run", "--backends", "serail"),
            ("unknown backend 'serail'; did you mean 'serial'?", "run", "--backends=-serail"),
            ("unknown backend 'serail'; did you mean 'serial'?", "advise", "--task", "1ms", "--backends=-serail"),
            ("unknown workload 'prims'; did you mean 'primes'?", "run", "--workloads", "prims"),
            ("unknown preset 'quikc'; did you mean 'quick'?", "run", "--preset", "quikc"),
            ("has no variants", "run", "--backends", "serial:mode=pool"),
            ("not OPTION=VALUE", "run", "--backends", "serial:pool"),
            ("no number of workers", "run", "--workers", "0"),
            ("no number of workers", "run", "--workers", "-1"),
            ("no number of workers", "run", "--workers", "many"),
            ("no number of workers", "run", "--workers", "1000000"),
            ("--workers 1,,2: an item of this list is empty", "run", "--workers", "1,,2"),
            ("--workers ,1: an item of this list is empty", "run", "--workers=,1"),
            ("--workers ,: an item of this list is empty", "run", "--workers", ","),
            ("--backends serial,: an item of this list is empty", "run", "--backends", "serial,"),
            ("--workloads primes,,stream: an item of this list is empty", "compare", "--workloads", "primes,,stream"),
            ("--workers 1,: an item of this list is empty", "advise", "--task", "1ms", "--workers", "1,"),
            ("--backends ,tbb: an item of this list is empty", "advise", "--task", "1ms", "--backends", ",tbb"),
            ("--only a,: an item of this list is empty", "claims", "--only", "a,"),
            ("--only tasks,,many: an item of this list is empty", "check", "serial", "--only", "tasks,,many"),
            ("'n' cannot be ''", "run", "--workloads", "primes", "--set", "primes.n=1000,,2000"),
            ("did you mean 'grain'?", "run", "--workloads", "primes", "--set", "primes.grian=1"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=-1"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=ten"),
            ("a whole number from", "run", "--workloads", "primes", "--set", "primes.n=99999999999999999999"),
            ("not WORKLOAD.PARAMETER=VALUE", "run", "--workloads", "primes", "--set", "n=1"),
            ("--timeout has no value: option --seed stands in its place", "run", "--timeout", "--seed", "3"),
            ("--backends has no value: option --samples=3 stands in its place", "run", "--backends", "--samples=3"),
            ("--shape has no value: option --help stands in its place", "new", "workload", "mine", "--shape", "--help"),
            ("--timeout: 1 required TIME missing", "check", "serial", "--timeout"),
            ("option '--all' has to stand behind 'runoff report' and before '--' (", "report", self.folder, "--", "--all"),
            ("option '--all' has to stand behind 'runoff report' (", "--all", "report", self.folder),
            ("--workers: '1 ' is no number of workers", "run", "--workers", "1\n"),
            ("unknown backend 'se  rial'", "run", "--backends", "se\r\nrial"),
            ("--timeout: '1s ' is no time", "run", "--timeout", "1s\n"),
            ("--port", "serve", "--port", "1\n2"),
            ("--trace - and --json are both printed", "explain", self.folder, "--json", "--trace", "-"),
            ("--samples", "run", "--samples", "0"),
            ("--samples", "run", "--samples", "x"),
            ("--budget", "run", "--budget", "soon"),
            ("--timeout", "run", "--timeout", "0s"),
            ("--seed", "run", "--seed", "x"),
            ("--placement", "run", "--placement", "anywhere"),
            ("not BACKEND=COMMAND", "run", "--launcher", "srun"),
            ("not BACKEND=COMMAND", "run", "--launcher", "mpi= \t"),
            ("--launcher mpi=srun -n '{workers}: a quote or a backslash has no end", "run", "--launcher", "mpi=srun -n '{workers}"),
            ("there is no place {nworkers}; did you mean 'workers'?", "run", "--launcher", "mpi=srun -n {nworkers}"),
            ("there is no place {ranks}; known: workers, threads, shared_memory, hosts", "run", "--launcher", "mpi=srun -n {ranks}"),
            ("makes its workers by itself", "run", "--launcher", "serial=bash -c 'awk '{print}' ${file}'"),
            ("unknown backend 'mqi'; did you mean 'mpi'?", "run", "--launcher", "mqi=srun"),
            ("makes its workers by itself", "run", "--launcher", "serial=srun"),
            ("--resume needs --out", "run", "--resume"),
            ("there is no such file", "run", "--plugin", "/no/such/module.so"),
            ("it is a folder", "run", "--plugin", self.folder),
            ("it is no regular file", "run", "--plugin", "/dev/null"),
            ("'/etc/passwd' is not a folder", "run", "--export-json", "/etc/passwd/run.json"),
            ("there is no folder '/no/such'", "run", "--export-json", "/no/such/run.json"),
            ("is a folder", "report", self.folder, "--export-markdown", self.folder),
            ("list", "list", "everything"),
            ("DIR is missing: Folders of runs", "report"),
            ("a command is missing; known: backend, workload (see 'runoff new --help')", "new"),
            ("NAME is missing: Letters, digits", "new", "backend"),
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
        self.refused(3, "report", "/no\nsuch", says="no folder '/no such'")
        self.refused(3, "compare", "/no\nsuch", "/no\nsuch", says="no folder '/no such'")

    def test_sizes_that_no_machine_has(self):
        result = self.run_small("--set", "primes.grain=1", "--set", "primes.n=1000000000")
        if result.returncode == 0:
            self.skipTest("this machine has memory for it")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, r"primes.*needs? .*memory.*choose smaller")


if __name__ == "__main__":
    unittest.main(verbosity=1)
