"""What a global lock is: one computes at a time, and others do while one waits: python3 gil.py PREFIX FOLDER_OF_CELL_PY"""

import os
import sys
import unittest

PREFIX = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from cell import Modules, run  # noqa: E402
from endpoint import Endpoint  # noqa: E402


class Lock(unittest.TestCase):
    modules = Modules(PREFIX, "")

    def test_one_computes_at_a_time(self):
        # A few long tasks, so that the lock changes hands within them.
        outcome = run(self.modules, "primes", "gil", ["n=1000000", "grain=100000"], ["interval=1ms"], 2)
        self.assertEqual((outcome["status"], outcome["workers_seen"]), ("ok", 2), outcome)
        self.assertLess(outcome["cpu_ns"], 1.3 * outcome["wall_ns"], outcome)
        self.assertGreaterEqual(outcome["voluntary_switches"], 5, outcome)  # of about 40, where nothing else runs

    def test_others_go_on_while_one_waits(self):
        outcome = run(self.modules, "sleep", "gil", ["tasks=8", "duration=100ms"], [], 8)
        self.assertEqual(outcome["status"], "ok", outcome)
        self.assertLess(outcome["wall_ns"], 7 * 100_000_000, "eight waits one after the other would take 800 ms")

    def test_a_waiter_asks_only_after_its_interval(self):
        short, long = (run(self.modules, "primes", "gil", ["n=1000000", "grain=100000"], [f"interval={interval}"], 2)
                       for interval in ("1ms", "10s"))
        self.assertEqual((short["status"], long["status"]), ("ok", "ok"))
        # Nothing is taken from a holder that works less than the interval.
        self.assertGreater(short["voluntary_switches"], 2 * long["voluntary_switches"], (short, long))

    def test_a_waiter_gets_the_lock_only_after_the_interval_of_the_one_that_computes(self):
        with Endpoint(PREFIX) as endpoint:
            os.environ.update(endpoint.environment())
            for interval, least in (("30ms", 30_000_000), ("2ms", 2_000_000)):
                with self.subTest(interval=interval):
                    # While an answer is under way the other has time to take the lock, on a busy machine too.
                    outcome = run(self.modules, "echo", "gil",
                                  ["rounds=20", "latency=10ms", "timeout=60s", "patience=60s"],
                                  [f"interval={interval}"], 2)
                    self.assertEqual((outcome["status"], outcome["tasks"]), ("ok", 21), outcome)
                    slowest = dict(map(tuple, outcome["latency_quantiles"]))[1]
                    self.assertGreater(slowest, 10_000_000 + least, outcome)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
