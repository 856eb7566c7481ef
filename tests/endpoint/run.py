"""How `runoff run` starts, watches and ends its endpoint, or uses another: python3 run.py PREFIX TEST_MODULES"""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
from unittest import mock

from endpoint import Endpoint
from said import without_waits

TEST_MODULES = os.path.abspath(sys.argv.pop(2))
PREFIX = os.path.abspath(sys.argv.pop(1))
RUNOFF = os.path.join(PREFIX, "bin", "runoff")
HANG_GUARD_SECONDS = 300
os.environ["RUNOFF_PYTHON"] = "/bin/true"  # no plots
VISIT = ["run", "--plugin", os.path.join(TEST_MODULES, "workloads", "visit.so"), "--workloads", "visit", "--workers", "1"]


def children(process):
    """Numbers and commands of the children of a process."""
    found = {}
    try:
        with open(f"/proc/{process}/task/{process}/children") as stream:
            numbers = stream.read().split()
        for number in numbers:
            with open(f"/proc/{number}/comm") as stream:
                found[int(number)] = stream.read().strip()
    except OSError:  # one has ended meanwhile
        pass
    return found


def is_alive(process):
    try:
        with open(f"/proc/{process}/stat") as stream:
            return stream.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def port_of(server):
    """Where a process listens: the line of /proc/net/tcp with one of its sockets."""
    inodes = set()
    for entry in os.listdir(f"/proc/{server}/fd"):
        target = os.readlink(f"/proc/{server}/fd/{entry}")
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    with open("/proc/net/tcp") as stream:
        for line in list(stream)[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                return int(fields[1].split(":")[1], 16)
    return None


class Run(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(self._folder.cleanup)
        self.out = os.path.join(self._folder.name, "run")

    def run_visits(self, *arguments):
        return subprocess.run([RUNOFF, *VISIT, "--out", self.out, *arguments], capture_output=True, text=True,
                              timeout=HANG_GUARD_SECONDS)

    def rows(self):
        with open(os.path.join(self.out, "samples.csv"), newline="") as stream:
            return list(csv.DictReader(stream))

    def environment(self):
        with open(os.path.join(self.out, "environment.json")) as stream:
            return json.load(stream)

    def wait_for(self, condition, what):
        deadline = time.monotonic() + HANG_GUARD_SECONDS
        while not (found := condition()):
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.01)
        return found

    def start_long_run(self, *arguments):
        """runoff and its server, while a cell waits for it."""
        command = [RUNOFF, *VISIT, "--backends", "serial", "--set", "visit.tasks=1", "--out", self.out, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)

        def visited():
            if process.poll() is not None:
                self.fail(f"runoff ended before a cell was seen: {process.communicate()}")
            family = children(process.pid)
            servers = [number for number, name in family.items() if name.startswith("runoff-endpoin")]
            launchers = [number for number, name in family.items() if name.startswith("runoff-launch")]
            return servers and launchers and children(launchers[0]) and servers[0]

        server = self.wait_for(visited, "a cell and a server")
        return process, server, self.wait_for(lambda: port_of(server), "its port")

    def assertGone(self, server, port):
        self.wait_for(lambda: not os.path.exists(f"/proc/{server}"), "the end of the server")
        self.assertRaises(ConnectionRefusedError, socket.create_connection, ("127.0.0.1", port))

    def test_cells_find_the_server_whatever_their_workers_are(self):
        available = subprocess.run([RUNOFF, "list", "backends", "--json"], capture_output=True, text=True, check=True)
        names = [one["name"] for one in json.loads(available.stdout)["backends"] if one["available"]]
        backends = [name for name in ["serial", "std-thread", "fork", "boost-process", "mpi"] if name in names]
        result = self.run_visits("--backends", ",".join(backends), "--workers", "2", "--samples", "1", "--timeout", "200s")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual({row["backend"] for row in self.rows()}, set(backends))
        self.assertEqual({row["status"] for row in self.rows()}, {"ok"})
        self.assertIs(self.environment()["endpoint"]["built_in"], True)

    def test_it_ends_with_runoff_however_that_ends(self):
        for number, status in [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)]:
            with self.subTest(signal=number):
                self.setUp()
                process, server, port = self.start_long_run("--set", "visit.query=latency=60s", "--timeout", "200s")
                process.send_signal(number)
                self.assertEqual(process.wait(HANG_GUARD_SECONDS), status)
                self.assertGone(server, port)

    def test_nothing_stays_behind_whatever_is_killed(self):
        for name in ("runoff", "launcher"):
            with self.subTest(killed=name):
                self.setUp()
                temporary = os.path.join(self._folder.name, "temporary")
                os.mkdir(temporary)
                with mock.patch.dict(os.environ, {"TMPDIR": temporary}):
                    process, server, port = self.start_long_run("--set", "visit.query=latency=60s", "--timeout", "200s")
                self.assertNotEqual(os.listdir(temporary), [])
                launcher = next(number for number, name in children(process.pid).items() if name.startswith("runoff-launch"))
                victim = process.pid if name == "runoff" else launcher
                cells = list(children(launcher))
                os.kill(victim, signal.SIGKILL)
                status = process.wait(HANG_GUARD_SECONDS)
                if name == "launcher":
                    self.assertEqual(status, 3)
                    self.assertIn("the launcher is gone", process.stderr.read())
                self.assertGone(server, port)
                self.wait_for(lambda: not any(is_alive(cell) for cell in cells), "the end of the cell")
                self.wait_for(lambda: os.listdir(temporary) == [], "the end of its temporary files")

    def test_it_ends_after_cells_that_fail(self):
        result = self.run_visits("--backends", "serial", "--set", "visit.query=failure=1", "--samples", "2")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual([row["status"] for row in self.rows()], ["failed", "failed"])
        self.assertNotIn("endpoint", self.rows()[0]["detail"])

    def test_a_server_that_died_is_named_and_started_anew(self):
        process, server, port = self.start_long_run("--set", "visit.query=latency=2s&size=10B", "--samples", "2",
                                                    "--timeout", "200s")
        os.kill(server, signal.SIGKILL)
        _, errors = process.communicate(timeout=HANG_GUARD_SECONDS)
        self.assertEqual(process.returncode, 1, errors)
        first, second = self.rows()
        self.assertEqual((first["status"], second["status"]), ("failed", "ok"), (first, second))
        self.assertIn("the endpoint was killed by SIGKILL", first["detail"])

    def test_another_server_is_used_instead(self):
        with Endpoint(PREFIX) as other:
            named = ["--backends", "serial", "--samples", "1", "--endpoint", other.url + "/"]
            result = self.run_visits(*named)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual([row["status"] for row in self.rows()], ["ok"])
            described = self.environment()["endpoint"]
            self.assertEqual((described["built_in"], described["url"]), (False, other.url))
            self.assertEqual(self.run_visits(*named, "--resume").returncode, 0)
            # Samples against two servers are no one run.
            result = self.run_visits(*named[:-2], "--resume")
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn("another plan", result.stderr)

    def test_servers_that_cannot_be_used_are_refused_before_anything_is_measured(self):
        with Endpoint(PREFIX) as other:
            free = urllib.parse.urlsplit(other.url).port
        for status, url, says in [(2, "ftp://localhost", "http://"), (2, "http://", "no host"), (2, "http://a b", "blank"),
                                  (2, "http://localhost:0", "port"), (2, "http://localhost:x", "port"),
                                  (2, "http://me@localhost", "user name"), (2, "http://localhost/?a=b", "query"),
                                  (2, "http://[::1", "']'"), (3, f"http://127.0.0.1:{free}", "cannot connect")]:
            with self.subTest(url=url):
                result = self.run_visits("--backends", "serial", "--endpoint", url)
                self.assertEqual(result.returncode, status, result.stderr)
                self.assertEqual(len(without_waits(result.stderr).splitlines()), 1, result.stderr)
                self.assertIn(says, result.stderr)
                self.assertFalse(os.path.exists(self.out))

    def test_an_endpoint_that_nobody_uses_is_refused(self):
        result = subprocess.run([RUNOFF, "run", "--workloads", "primes", "--backends", "serial", "--out", self.out,
                                 "--endpoint", "http://127.0.0.1:9"], capture_output=True, text=True,
                                timeout=HANG_GUARD_SECONDS)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("--endpoint: no workload of this run", result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
