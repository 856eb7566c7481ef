"""Rows say what a backend copied, and what it could not: python3 copied.py PREFIX TEST_MODULES"""

import sys
import unittest

from cell import Modules, run

ARRAY = ["n=100000", "grain=4096"]  # 25 slots of 32 KiB
PREFIX_SUM = ["n=40000", "grain=10000"]  # 4 blocks, slots of 80000 bytes


class Copied(unittest.TestCase):
    modules = None

    def copied(self, workload, parameters, backend, variant=(), workers=2):
        for kind, name in (("workload", workload), ("backend", backend)):
            file, reason = self.modules.find(kind, name)
            if file is None:
                self.skipTest(reason)
        outcome = run(self.modules, workload, backend, parameters, variant, workers)
        self.assertEqual(outcome["status"], "ok", outcome)
        return outcome["bytes_copied"]

    def test_nothing_in_shared_memory(self):
        for backend in ("serial", "std-thread", "fork"):
            self.assertEqual(self.copied("stream", ARRAY, backend, workers=1 if backend == "serial" else 2), 0)
        self.assertEqual(self.copied("stream", ARRAY, "boost-process", ["results=shared"]), 0)
        for backend in ("std-thread", "fork"):  # one fills the arrays, and all read them
            self.assertEqual(self.copied("stream", ARRAY + ["filled-by=one"], backend), 0)

    def test_every_result_through_pipes(self):
        self.assertEqual(self.copied("stream", ARRAY, "boost-process", ["results=pipe"]), 25 * 32768)
        self.assertEqual(self.copied("stream", ARRAY + ["kernel=dot"], "boost-process", ["results=pipe"]), 25 * 8)

    def test_ranks_send_what_they_wrote(self):
        self.assertEqual(self.copied("stream", ARRAY, "mpi", workers=1), 0)
        copied = self.copied("stream", ARRAY, "mpi")
        self.assertEqual(copied % 32768, 0)
        self.assertLessEqual(copied, 25 * 32768)

    def test_ranks_send_the_messages_of_a_graph_and_what_they_wrote(self):
        # Rank 1 owns two blocks and the single task of step 1: it gets two sums, sends the starts, and at the end the
        # slots of its five tasks.
        self.assertEqual(self.copied("scan", PREFIX_SUM, "mpi"), (2 + 1 + 5) * 80000)

    def test_what_no_message_can_hold_is_refused_before_anything_is_measured(self):
        file, reason = self.modules.find("backend", "mpi")
        if file is None:
            self.skipTest(reason)
        for workload, parameters in (("graph", ["payload=2GiB", "width=2", "steps=2"]),
                                     ("payload", ["size=2GiB", "tasks=2"])):
            for workers in (1, 2):
                outcome = run(self.modules, workload, "mpi", parameters, (), workers)
                self.assertEqual((outcome["status"], outcome["detail"]), (
                    "unsupported", "MPI cannot send a result of 2 GiB or more; choose a smaller payload"), outcome)
                self.assertNotIn("cold_ns", outcome)
                self.assertNotIn("runoff-cell:", outcome["output"])


if __name__ == "__main__":
    Copied.modules = Modules(*sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
