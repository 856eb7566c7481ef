"""Open and closed loops: pace.py PREFIX. Only lower bounds on times: the machine may be as slow as it likes."""

import os
import sys
import unittest

from forms import BACKENDS, FetchTest
from server import Server

FetchTest.prefix = os.path.abspath(sys.argv.pop(1))
MILLISECOND = 1_000_000


class Loops(FetchTest):
    def setUp(self):
        self.server = Server()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def test_nobody_sends_before_a_request_is_due(self):
        """Every execution begins anew, in whatever process: each takes as long as its last request waits."""
        backends = {**BACKENDS, "boost-process": 2, "mpi": 2}
        if os.environ.get("RUNOFF_SANITIZER") != "tsan":  # GNU's OpenMP is not instrumented
            backends["openmp"] = 3
        for backend in self.backends(backends):
            workers = backends[backend]
            with self.subTest(backend=backend):
                outcome = self.fetch("fetch-many", self.server.url, ("requests=41", "rate=200"), backend, workers,
                                     extra=("--iterations", "3"))
                self.assertEqual((outcome["status"], outcome["tasks"]), ("ok", 41), outcome)
                self.assertEqual(outcome["workers_seen"], workers, outcome)
                for time in (outcome["cold_ns"], outcome["wall_ns"]):
                    self.assertGreaterEqual(time, 200 * MILLISECOND, outcome)

    def test_latencies_count_from_when_a_request_was_due(self):
        """One worker, a server that takes 20 ms, a request due each millisecond: the last of 20 was due at 19 ms and
        is answered after 400 ms at the earliest. A closed loop would not notice."""
        self.server.latency = 0.02
        outcome = self.fetch("fetch-many", self.server.url, ("requests=20", "rate=1000"))
        self.assertEqual(outcome["status"], "ok", outcome)
        self.assertGreaterEqual(outcome["latency_max_ns"], 381 * MILLISECOND)
        self.assertGreaterEqual(outcome["latency_p50_ns"], (10 * 20 - 9) * MILLISECOND)

    def test_latencies_of_a_closed_loop_are_those_of_its_requests(self):
        self.server.latency = 0.02
        outcome = self.fetch("fetch-many", self.server.url, ("requests=20",), extra=("--iterations", "1"))
        self.assertGreaterEqual(outcome["latency_p50_ns"], 20 * MILLISECOND)
        # A worker has one request at a time, so all latencies fit into the time of the execution.
        latencies = [latency for _, latency in outcome["latency_quantiles"]]
        self.assertEqual(len(latencies), 20)
        self.assertLessEqual(sum(latencies), outcome["wall_ns"])

    def test_many_paths_of_a_server_that_has_letters_only(self):
        self.fetch("fetch-many", self.server.url, ("requests=60",))
        self.assertEqual(set(self.server.requests), {f"/{letter}.txt" for letter in "abcdefghijklmnopqrstuvwxyz"})


if __name__ == "__main__":
    unittest.main()
