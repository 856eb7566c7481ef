"""Letters that cannot be written, on a disk that is full and one that is read-only: disks.py PREFIX.

The disks are small file systems in memory, mounted where only the test sees them."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from forms import FetchTest
from server import Server

FetchTest.prefix = os.path.abspath(sys.argv.pop(1))
SKIPPED = 77
PRIVATE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]


class Disks(FetchTest):
    def fetch_letters(self, mount_options, before, backend):
        """The outcome where TMPDIR is a mount of its own, and what lies there afterwards."""
        module, _ = self.modules.find("backend", backend)
        workload, _ = self.modules.workload_for("fetch-letters", module)
        with Server() as server, tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
            disk, result = os.path.join(folder, "disk"), os.path.join(folder, "result.json")
            os.mkdir(disk)
            script = (f"mount -t tmpfs -o {mount_options} none '{disk}' && {before.format(disk=disk)} && "
                      f"TMPDIR='{disk}' \"$@\"; find '{disk}' -type f")
            cell = [self.modules.cell, "--workload", workload, "--backend", module, "--workers", "3", "--result", result]
            done = subprocess.run([*PRIVATE, "sh", "-c", script, "sh", *cell], capture_output=True, text=True,
                                  env={**os.environ, "RUNOFF_ENDPOINT": server.url})
            with open(result) as stream:
                return json.load(stream), done.stdout.split()

    def test_full(self):
        for backend in self.backends():
            with self.subTest(backend=backend):
                # Room for a few of 26 files of 16 KiB.
                outcome, left = self.fetch_letters("size=100k", "true", backend)
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertRegex(outcome["detail"], r"write [a-z]\.txt: No space left on device")
                self.assertGreaterEqual(outcome["tasks_failed"], 26 - 100 // 16)
                self.assertEqual(left, [])

    def test_read_only(self):
        outcome, left = self.fetch_letters("size=1m", "mount -o remount,ro none '{disk}'", "serial")
        self.assertEqual(outcome["status"], "failed", outcome)
        self.assertRegex(outcome["detail"], r"cannot make the folder '.*': Read-only file system")
        self.assertEqual(left, [])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as probe:
        if subprocess.run([*PRIVATE, "mount", "-t", "tmpfs", "none", probe], capture_output=True).returncode != 0:
            print("this user may not mount anything")
            sys.exit(SKIPPED)
    unittest.main()
