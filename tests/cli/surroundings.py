"""What `runoff` says where its surroundings leave no room: libraries that are missing, limits on processes, threads and
address space, what MPI ranks leave. Usage: surroundings.py PREFIX."""

import contextlib
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
HANG_GUARD_SECONDS = 300
os.environ["RUNOFF_PYTHON"] = "/bin/true"  # no plots
SMALL = ["--workloads", "primes", "--set", "primes.n=1000", "--workers", "1", "--samples", "1"]
# Of no other process of this machine, so that a limit on its processes counts ours alone.
STRANGER = 54321


class Surroundings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o777)
        self.out = os.path.join(self.folder, "run")

    def run_all(self, *arguments, processes=None, limits=(), environment=()):
        def limit():
            for what, size in dict(limits).items():
                resource.setrlimit(what, (size, size))
            if processes:
                resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
                os.setgid(STRANGER)
                os.setuid(STRANGER)

        return subprocess.run([RUNOFF, "run", "--out", self.out, *arguments], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS, preexec_fn=limit, cwd=self.folder,
                              env={**os.environ, "TMPDIR": self.folder, "HOME": self.folder, **dict(environment)})

    def rows(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return list(csv.DictReader(stream))

    def reasons(self):
        with open(os.path.join(self.out, "environment.json")) as stream:
            return [one["sentence"] for one in json.load(stream).get("left_out", [])]


def is_built(kind, name):
    return os.path.exists(os.path.join(PREFIX, "lib", "runoff", kind, f"{name}.so"))


# They have threads of their own, reserve address space that no limit allows, and look with a pipe whether memory can
# be read.
not_sanitized = unittest.skipIf(os.environ.get("RUNOFF_SANITIZER"), "sanitizers do not run under such limits")


def needs_root(test):
    return not_sanitized(unittest.skipUnless(os.getuid() == 0, "only root can become a user without processes")(test))


class LeftOut(Surroundings):
    @unittest.skipUnless(is_built("backends", "tbb"), "there is no tbb")
    def test_a_backend_whose_library_cannot_be_read(self):
        with open(os.path.join(self.folder, "libtbb.so.12"), "w") as stream:
            stream.write("no library")
        done = self.run_all("--preset", "quick", *SMALL, environment={"LD_LIBRARY_PATH": self.folder})
        self.assertEqual(done.returncode, 0, done.stderr)
        for text in (" ".join(done.stderr.split()), " ".join(done.stdout.split())):
            self.assertRegex(text, r"left out: backends? [^:]*\btbb, not available here: .*libtbb\.so\.12: file too short")
        self.assertTrue(any("libtbb.so.12" in one for one in self.reasons()))
        self.assertNotIn("tbb", [row["backend"] for row in self.rows()])

    @unittest.skipUnless(is_built("backends", "tbb"), "there is no tbb")
    def test_what_was_not_meant_is_not_missed(self):
        with open(os.path.join(self.folder, "libtbb.so.12"), "w") as stream:
            stream.write("no library")
        done = self.run_all(*SMALL, "--backends", "serial,std-thread", environment={"LD_LIBRARY_PATH": self.folder})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("left out", done.stderr + done.stdout)
        self.assertEqual(self.reasons(), [])

    @unittest.skipUnless(is_built("backends", "mpi"), "there is no MPI")
    def test_a_backend_whose_launcher_is_not_there(self):
        environment = {"PATH": self.folder}
        done = self.run_all("--preset", "quick", *SMALL, environment=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        says = r"left out: backends? [^:]*\bmpi, not available here: its launcher '\S+' is not in PATH"
        for text in (" ".join(done.stderr.split()), " ".join(done.stdout.split())):
            self.assertRegex(text, says)
        self.assertNotIn("mpi", [row["backend"] for row in self.rows()])
        self.out += "-named"
        done = self.run_all(*SMALL, "--backends", "mpi", environment=environment)
        self.assertEqual(done.returncode, 2)
        self.assertIn("backend 'mpi' is not available: its launcher", done.stderr)
        with open(os.path.join(self.folder, "alone"), "w") as stream:  # of one rank, as none is there
            stream.write("#!/bin/sh\nshift\nexec \"$@\"\n")
        os.chmod(stream.name, 0o755)
        done = self.run_all(*SMALL, "--backends", "mpi", "--launcher", f"mpi={stream.name} {{workers}}",
                            environment=environment)
        self.assertEqual([row["backend"] for row in self.rows()], ["mpi"], done.stderr)

    def test_an_installation_of_one_workload_can_check_it(self):
        for program in ("runoff", "runoff-cell", "runoff-launcher"):  # which look beside themselves, where no link leads
            os.makedirs(os.path.join(self.folder, "bin"), exist_ok=True)
            shutil.copy(os.path.join(PREFIX, "bin", program), os.path.join(self.folder, "bin"))
        modules = os.path.join("lib", "runoff")
        for module in ("probes", "backends/serial.so", "workloads/primes.so"):
            link = os.path.join(self.folder, modules, module)
            os.makedirs(os.path.dirname(link), exist_ok=True)
            os.symlink(os.path.join(PREFIX, modules, module), link)
        done = subprocess.run([os.path.join(self.folder, "bin", "runoff"), "check", "serial", "primes"],
                              capture_output=True, text=True, timeout=HANG_GUARD_SECONDS)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.startswith("primes on serial\n  holds "), done.stdout)

    @not_sanitized
    def test_few_descriptors(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))

        done = subprocess.run([RUNOFF, "list"], capture_output=True, text=True, timeout=HANG_GUARD_SECONDS, preexec_fn=limit)
        if done.returncode != 0:
            self.assertEqual(done.returncode, 3)
            self.assertIn("Too many open files: 16 are allowed; 'ulimit -n 1024' allows more", done.stderr)

    @needs_root
    def test_few_processes_allowed(self):
        """Modules are asked fewer at a time, and none is lost."""
        def limit():
            resource.setrlimit(resource.RLIMIT_NPROC, (4, 4))
            os.setgid(STRANGER)
            os.setuid(STRANGER)

        def available(**options):
            listed = subprocess.run([RUNOFF, "list", "--json"], capture_output=True, text=True, check=True,
                                    timeout=HANG_GUARD_SECONDS, **options)
            return [one["name"] for one in json.loads(listed.stdout)["workloads"] if one["available"]]

        self.assertEqual(available(preexec_fn=limit), available())


class Workers(Surroundings):
    LIMIT, WORKERS = 40, "100"

    def statuses(self, *backends, **limits):
        done = self.run_all("--workloads", "sleep", "--set", "sleep.duration=1ms", "--backends", ",".join(backends),
                            "--workers", self.WORKERS, "--samples", "1", "--timeout", "100s", **(limits or {"processes": self.LIMIT}))
        self.assertEqual(done.returncode, 1, done.stderr)
        return {row["backend"]: row for row in self.rows()}

    @needs_root
    def test_workers_that_cannot_be_had_are_named(self):
        backends = [name for name in ("asio-pool", "boost-process", "fork", "std-thread", "eigen-pool")
                    if is_built("backends", name)]
        rows = self.statuses(*backends)
        for name in backends:
            with self.subTest(backend=name):
                self.assertEqual(rows[name]["status"], "failed", rows[name])
                self.assertRegex(rows[name]["detail"],
                                 r"cannot start (worker|process) \d+ of (99|100): Resource temporarily unavailable")

    @not_sanitized
    def test_workers_that_find_no_descriptors_are_named(self):
        backends = [name for name in ("boost-process", "fork") if is_built("backends", name)]
        for name, row in self.statuses(*backends, limits={resource.RLIMIT_NOFILE: 64}).items():
            with self.subTest(backend=name):
                self.assertEqual(row["status"], "failed", row)
                self.assertRegex(row["detail"],
                                 r"cannot start (worker|process) \d+ of (99|100): Too many open files")

    @needs_root
    def test_runtimes_that_end_the_process_are_quoted(self):
        said = {"openmp": "Thread creation failed", "openmp-llvm": "unable to allocate necessary resources",
                "tbb": "Resource temporarily unavailable",
                "pthreadpool": "of 100: Resource temporarily unavailable"}  # as its watch of the creation says
        backends = [name for name in said if is_built("backends", name)]
        rows = self.statuses(*backends, "std-thread")
        for name in backends:
            with self.subTest(backend=name):
                self.assertEqual(rows[name]["status"], "crashed", rows[name])
                self.assertIn(said[name], rows[name]["detail"])


@not_sanitized
class AddressSpace(Surroundings):
    def test_less_will_do(self):
        done = self.run_all(*SMALL, "--backends", "serial,std-thread", limits={resource.RLIMIT_AS: 3 << 30})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([row["status"] for row in self.rows()], ["ok", "ok"])

    def test_no_room_on_the_stack_is_told(self):
        done = self.run_all(*SMALL, "--backends", "serial", limits={resource.RLIMIT_STACK: 16 << 10})
        self.assertEqual((done.returncode, done.stderr), (3, "runoff: a stack may have 16.0 KiB here, and 128 KiB is the least; "
                                                             "'ulimit -s 8192' allows more\n"))
        done = self.run_all(*SMALL, "--backends", "serial", limits={resource.RLIMIT_STACK: 128 << 10})
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_no_memory_left_is_told_with_the_limit(self):
        done = self.run_all(*SMALL, "--backends", "serial", limits={resource.RLIMIT_DATA: 1000 << 10})
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"(?m)^runoff: there is no memory left \('ulimit -d' allows \d+ KiB\)$")

    def test_others_that_keep_the_cores_busy_are_named(self):
        """Those of now: a build that has just ended is in the load average of a minute, and in no sample's way."""
        for _ in os.sched_getaffinity(0):
            busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            self.addCleanup(busy.wait)
            self.addCleanup(busy.kill)
        done = self.run_all(*SMALL, "--backends", "serial")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"(?m)^warning: load: others use \d+\.\d\d of \d+ cores? now, most of all .*python")
        with open(os.path.join(self.out, "environment.json")) as stream:
            self.assertEqual(json.load(stream)["doctor"]["load"]["level"], "bad")

    def test_a_limit_of_the_size_of_files_is_told(self):
        """What no workload is to blame for."""
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))  # noqa: E731
        done = subprocess.run([RUNOFF, "run", *SMALL, "--dry-run"], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS, preexec_fn=limit, cwd=self.folder)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"workload 'primes' \(.*\) cannot be made on this machine: .*\(ulimit -f is 0\.5 KiB\)")

    def test_what_does_not_fit_is_told_with_size_and_limit(self):
        done = self.run_all("--workloads", "stream", "--set", "stream.n=200000000", "--workers", "1",
                            "--backends", "serial", "--samples", "1", limits={resource.RLIMIT_AS: 3 << 30})
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"needs at least \d\.\d GiB of memory .*ulimit -v is 3\.0 GiB")
        done = self.run_all("--workloads", "stream", "--set", "stream.n=10000000", "--workers", "1",
                            "--backends", "serial", "--samples", "1", limits={resource.RLIMIT_AS: 64 << 20})
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"needs at least \d\d+\.\d MiB of memory and \d+\.\d MiB .*ulimit -v is 64\.0 MiB")


@unittest.skipUnless(is_built("backends", "mpi") and shutil.which("mpirun"), "there is no MPI")
class Ranks(Surroundings):
    @staticmethod
    def without_owner():
        """Files of named shared memory that no process of this machine has mapped."""
        names, maps = set(os.listdir("/dev/shm")), []
        for process in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError), open(f"/proc/{process}/maps") as stream:
                maps.append(stream.read())
        return {name for name in names if not any(f"/dev/shm/{name}" in one for one in maps)}

    def test_what_killed_ranks_leave_goes_with_them(self):
        mine = os.path.join("/dev/shm", f"runoff-test-{os.getpid()}")
        with open(mine, "w") as stream:
            stream.write("of another program")
        self.addCleanup(os.remove, mine)
        before = self.without_owner()
        described = subprocess.run([os.path.join(PREFIX, "bin", "runoff-cell"), "--describe",
                                    os.path.join(PREFIX, "lib", "runoff", "backends", "mpi.so")],
                                   capture_output=True, text=True, check=True)
        # mpirun itself is killed, and so removes nothing.
        launcher = f"mpi=timeout -s KILL 1 {json.loads(described.stdout)['launcher']}"
        self.run_all("--workloads", "sleep", "--set", "sleep.duration=60s", "--backends", "mpi", "--workers", "8",
                     "--samples", "1", "--launcher", launcher)
        self.assertEqual([row["status"] for row in self.rows()], ["crashed"])
        self.assertTrue(os.path.exists(mine))
        left = {name for name in self.without_owner() - before if name.startswith(("vader_segment", "open_mpi", "osc_sm"))}
        self.assertEqual(left, set())

    def test_a_launcher_that_fails_is_quoted_from_its_first_words_on(self):
        self.run_all(*SMALL, "--backends", "mpi", "--launcher", "mpi=mpirun --hostfile /nope -n {workers}")
        self.assertIn("/nope", self.rows()[0]["detail"])


if __name__ == "__main__":
    unittest.main()
