"""What `runoff` says where a container or a sandbox forbids what it needs, and that few descriptors lose nothing.
Usage: sandboxed.py PREFIX."""

import csv
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
WITHOUT_CALL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "without_call.py")
HANG_GUARD_SECONDS = 300
os.environ["RUNOFF_PYTHON"] = "/bin/true"  # no plots
SMALL = ["run", "--workloads", "primes", "--set", "primes.n=1000", "--workers", "2", "--samples", "2", "--quiet"]
POOLS = ["serial", "std-thread", "fork", "boost-process", "asio-pool", "tbb", "openmp", "eigen-pool", "glib-pool",
         "pthreadpool", "boost-fiber"]
not_sanitized = unittest.skipIf(os.environ.get("RUNOFF_SANITIZER"), "sanitizers need what is forbidden here")


def has_namespaces():
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "--fork", "--pid", "--mount-proc", "true"],
                                                  capture_output=True).returncode == 0


needs_namespaces = unittest.skipUnless(has_namespaces(), "PID namespaces cannot be made here")


class Sandboxed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.out = os.path.join(self.folder, "run")

    def do(self, *command, **options):
        environment = {**os.environ, "TMPDIR": self.folder, **options.pop("environment", {})}
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=HANG_GUARD_SECONDS,
                              cwd=self.folder, env=environment, **options)

    def statuses(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return [row["status"] for row in csv.DictReader(stream)]


@not_sanitized
@unittest.skipUnless(platform.machine() in ("x86_64", "aarch64"), "the numbers of system calls are not known here")
class Filtered(Sandboxed):
    def refused(self, error, calls, *arguments):
        return self.do(sys.executable, WITHOUT_CALL, error, calls, RUNOFF, *arguments)

    def hold_refused(self, done, said):
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_processes_that_cannot_be_watched(self):
        for error in ("ENOSYS", "EPERM"):
            for arguments in (["list"], [*SMALL, "--backends", "serial", "--out", self.out]):
                with self.subTest(error=error, arguments=arguments[0]):
                    self.hold_refused(self.refused(error, "pidfd_open", *arguments), "pidfd_open")

    def test_workers_that_cannot_be_placed(self):
        run = [*SMALL, "--backends", "serial,std-thread", "--out", self.out]
        self.hold_refused(self.refused("EPERM", "sched_setaffinity", *run), "--placement free")
        done = self.refused("EPERM", "sched_setaffinity", *run, "--placement", "free")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.statuses(), ["ok"] * 4)

    def test_processors_that_are_not_told(self):
        self.hold_refused(self.refused("EPERM", "sched_getaffinity", *SMALL, "--backends", "serial", "--out", self.out),
                          "cannot read which cores are allowed")


@needs_namespaces
class Namespaces(Sandboxed):
    def test_proc_of_another_namespace(self):
        done = self.do("unshare", "--fork", "--pid", RUNOFF, *SMALL, "--backends", "serial", "--out", self.out)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("unshare --mount-proc", done.stderr)
        self.assertFalse(os.path.exists(self.out))

    @not_sanitized
    def test_few_descriptors_harm_no_other_process(self):
        """In a namespace of its own: where a number of a process is -1, a signal goes to all."""
        pools = [name for name in POOLS if os.path.exists(os.path.join(PREFIX, "lib", "runoff", "backends", f"{name}.so"))]
        for descriptors in (12, 30, 33, 36):
            with self.subTest(descriptors=descriptors):
                shutil.rmtree(self.out, ignore_errors=True)
                run = " ".join([RUNOFF, *SMALL, "--timeout", "100s", "--backends", ",".join(pools), "--out", self.out])
                done = self.do("unshare", "--fork", "--pid", "--mount-proc", "bash", "-c",
                               f"sleep 3600 & (ulimit -n {descriptors}; exec {run}); kill -0 $! || exit 99; exec kill $!")
                self.assertEqual(done.returncode, 0, done.stderr)
                if descriptors >= 30:
                    self.assertEqual(self.statuses(), ["ok"] * 2 * len(pools))


@not_sanitized
class FewDescriptors(Sandboxed):
    def modules(self, **options):
        done = self.do(RUNOFF, "list", "--json", **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = json.loads(done.stdout)
        return {one["name"]: one for kind in ("backends", "workloads") for one in listed[kind]}

    def test_no_module_is_lost(self):
        usual = self.modules()
        for descriptors in range(8, 36, 3):
            with self.subTest(descriptors=descriptors):
                limits = (descriptors, descriptors)
                found = self.modules(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits))
                self.assertEqual(found.keys(), usual.keys())
                for name, module in found.items():
                    if not module["available"] and usual[name]["available"]:
                        self.assertIn("Too many open files", module["reason"])
                if descriptors >= 14:
                    self.assertEqual(found, usual)


class Names(Sandboxed):
    def test_a_temporary_folder_whose_name_is_no_utf8(self):
        temporary = os.path.join(os.fsencode(self.folder), b"\xfffolder")
        os.mkdir(temporary)
        done = self.do(RUNOFF, *SMALL, "--backends", "serial,std-thread,fork,boost-process", "--out", self.out,
                       environment={"TMPDIR": os.fsdecode(temporary)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.statuses(), ["ok"] * 8)
        self.assertEqual(os.listdir(temporary), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
