"""What becomes of I/O workloads on a disk that is full or read-only: python3 disks.py PREFIX CONTRACT_FOLDER

Runs itself in a mount namespace of its own, where it mounts small disks; skipped where the system does not allow that.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import unittest

SKIPPED = 77
PATIENCE_SECONDS = 240
INSIDE = "RUNOFF_TEST_INSIDE_NAMESPACE"
BACKENDS = ("serial", "std-thread", "fork", "event-loop")


@contextlib.contextmanager
def disk(size, *, read_only=False):
    """A folder on a tmpfs of `size`."""
    with tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
        options = f"size={size}" + (",ro" if read_only else "")
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "runoff-test", folder], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


class Disks(unittest.TestCase):
    modules = None

    def run_cell(self, workload, backend, temporary, **parameters):
        """The outcome of a cell whose TMPDIR is `temporary`; what it left there is an error."""
        workload_file, reason = self.modules.find("workload", workload)
        if workload_file is None:
            self.skipTest(f"{workload} is left out: {reason}")
        backend_file, _ = self.modules.find("backend", backend)
        with tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
            result = os.path.join(folder, "result.json")
            command = [self.modules.cell, "--workload", workload_file, "--backend", backend_file, "--workers", "2",
                       "--minimum-time", "1ms", "--result", result]
            if backend == "serial":
                command[command.index("2")] = "1"
            for name, value in parameters.items():
                command += ["--set", f"{name.replace('_', '-')}={value}"]
            subprocess.run(command, env={**os.environ, "TMPDIR": temporary}, timeout=PATIENCE_SECONDS,
                           stdin=subprocess.DEVNULL, check=False)
            with open(result) as stream:
                outcome = json.load(stream)
        self.assertEqual(os.listdir(temporary), [], "something stayed behind")
        return outcome

    def test_writing_to_a_full_disk_fails_the_tasks_that_found_no_room(self):
        for backend in BACKENDS:
            with self.subTest(backend=backend), disk("300k") as folder:
                outcome = self.run_cell("file-write", backend, folder, files=20, size="64KiB")
                if outcome["detail"].startswith("no io_uring: "):
                    continue
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertRegex(outcome["detail"], r"write 000\d\d\.dat: No space left on device")
                self.assertGreater(outcome["tasks_failed"], 0)

    def test_files_to_read_that_do_not_fit_are_an_error_at_the_beginning(self):
        with disk("300k") as folder:
            outcome = self.run_cell("file-read", "std-thread", folder, files=20, size="64KiB")
            self.assertEqual(outcome["status"], "failed", outcome)
            self.assertRegex(outcome["detail"], r"^write 000\d\d\.dat: No space left on device$")

    def test_a_database_that_does_not_fit_is_an_error_at_the_beginning(self):
        with disk("300k") as folder:
            outcome = self.run_cell("sqlite", "std-thread", folder, rows=1000, size="1KiB")
            self.assertEqual(outcome["status"], "failed", outcome)
            self.assertRegex(outcome["detail"], "cannot (make|fill) the database: database or disk is full")

    def test_a_database_that_outgrows_its_disk_fails_the_tasks_that_write(self):
        # It takes 1.2 MB, twice that while it is filled, and 4 MB more for its log.
        for backend in ("std-thread", "fork"):
            with self.subTest(backend=backend), disk("4m") as folder:
                outcome = self.run_cell("sqlite", backend, folder, rows=1000, size="1KiB", tasks=1000, writes=100)
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertIn("write: database or disk is full", outcome["detail"])

    def test_a_read_only_folder_is_an_error_that_names_it(self):
        for workload in ("file-write", "file-read", "sqlite"):
            with self.subTest(workload=workload), disk("1m", read_only=True) as folder:
                outcome = self.run_cell(workload, "fork", folder)
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertEqual(outcome["detail"],
                                 f"cannot make the folder '{folder}/runoff-{workload}': Read-only file system")

    def test_what_is_in_memory_cannot_be_read_from_a_disk(self):
        with disk("1m") as folder:
            outcome = self.run_cell("file-read", "std-thread", folder, files=2, cache="cold")
            self.assertEqual(outcome["status"], "unsupported", outcome)
            self.assertIn("keeps its files in memory", outcome["detail"])


def enter_namespace():
    """Replaces this process by itself with mounts of its own, or says why not."""
    unshare = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    try:
        subprocess.run(unshare + ["mount", "-t", "tmpfs", "runoff-test", "/mnt"], check=True, capture_output=True,
                       text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no disk can be mounted here: {getattr(error, 'stderr', '') or error}")
        sys.exit(SKIPPED)
    os.environ[INSIDE] = "1"
    os.execvp(unshare[0], unshare + [sys.executable] + sys.argv)


if __name__ == "__main__":
    if INSIDE not in os.environ:
        enter_namespace()
    prefix, contract = sys.argv[1:3]
    sys.path.insert(0, contract)
    from cell import Modules
    Disks.modules = Modules(prefix, "")
    unittest.main(argv=sys.argv[:1], verbosity=2)
