"""runoff's own HTTP server, for tests whose work needs one."""

import ctypes
import os
import signal
import subprocess

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def dies_with_us():
    """In a child between fork and exec: however the test ends, the child ends with it."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Endpoint:
    """A server on a free port of the loopback, while it is entered; PREFIX is the build folder."""

    def __init__(self, prefix, *options):
        self._command = [os.path.join(prefix, "bin", "runoff-endpoint"), *options]

    def __enter__(self):
        self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=dies_with_us)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"no endpoint: it ended with status {self.process.wait()}")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def environment(self):
        """What a cell is told of it."""
        return {"RUNOFF_ENDPOINT": self.url, "RUNOFF_ENDPOINT_BUILT_IN": "1"}
