"""Event loops where the system forbids io_uring, as containers do: python3 no_io_uring.py PREFIX CONTRACT_FOLDER"""

import ctypes
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest

prefix, contract = sys.argv.pop(1), sys.argv.pop(1)
sys.path.insert(0, contract)
from cell import Modules  # noqa: E402
from endpoint import Endpoint  # noqa: E402

PATIENCE_SECONDS = 240
IO_URING_SETUP = 425  # on every architecture


def forbid_io_uring():
    """In a child between fork and exec: a filter of system calls (seccomp(2)) that answers io_uring_setup by EPERM."""
    program = b"".join(struct.pack("HBBI", *instruction) for instruction in [
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 0, 1, IO_URING_SETUP),  # skip one where it is another
        (0x06, 0, 0, 0x00050001),  # SECCOMP_RET_ERRNO, EPERM
        (0x06, 0, 0, 0x7FFF0000),  # SECCOMP_RET_ALLOW
    ])
    instructions = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    libc = ctypes.CDLL(None)
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS
    assert libc.prctl(22, 2, filter_) == 0  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


class NoIoUring(unittest.TestCase):
    def run_cell(self, workload, *arguments, backend="event-loop", **environment):
        modules = Modules(prefix, "")
        with tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
            result = os.path.join(folder, "result.json")
            command = [modules.cell, "--workers", "2", "--minimum-time", "1ms", "--result", result]
            module, _ = modules.find("backend", backend)
            file, reason = modules.workload_for(workload, module)
            if file is None:
                self.skipTest(f"{workload} is left out: {reason}")
            command += ["--backend", module, "--workload", file]
            subprocess.run([*command, *arguments], env={**os.environ, "TMPDIR": folder, **environment}, check=False,
                           timeout=PATIENCE_SECONDS, preexec_fn=forbid_io_uring)
            self.assertEqual(os.listdir(folder), ["result.json"])
            with open(result) as stream:
                return json.load(stream)

    def test_workloads_that_are_all_files_say_so(self):
        for workload in ("file-write", "file-read"):
            with self.subTest(workload=workload):
                outcome = self.run_cell(workload)
                self.assertEqual(outcome["status"], "unsupported", outcome)
                self.assertRegex(outcome["detail"], "^no io_uring: ")

    def test_letters_are_written_all_the_same(self):
        with Endpoint(prefix) as endpoint:
            outcome = self.run_cell("fetch-letters", "--set", "latency=1ms", **endpoint.environment())
        self.assertEqual((outcome["status"], outcome["tasks"], outcome["tasks_failed"]), ("ok", 26, 0), outcome)

    def test_a_backend_that_is_on_it_is_not_there(self):
        """The catalogue says so; a cell that is run all the same fails, and says it too."""
        modules = Modules(prefix, "")
        backend, reason = modules.find("backend", "event-loop-uring")
        if backend is None:
            self.skipTest(f"event-loop-uring is left out: {reason}")
        list_ = subprocess.run([os.path.join(prefix, "bin", "runoff"), "list", "--json"], check=True, capture_output=True,
                               text=True, timeout=PATIENCE_SECONDS, preexec_fn=forbid_io_uring)
        found = {one["name"]: one for one in json.loads(list_.stdout)["backends"]}
        self.assertFalse(found["event-loop-uring"]["available"])
        self.assertRegex(found["event-loop-uring"]["reason"], "^no io_uring: .*Operation not permitted")
        self.assertTrue(found["event-loop"]["available"])
        outcome = self.run_cell("sleep", "--set", "duration=1ms", backend="event-loop-uring")
        self.assertEqual(outcome["status"], "failed", outcome)
        self.assertIn("io_uring", outcome["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
