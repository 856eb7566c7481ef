"""Workloads that end badly by design, or depend on luck, say what happened: python3 harm.py PREFIX TEST_MODULES"""

import re
import sys
import unittest

from cell import Modules, run


class Harm(unittest.TestCase):
    modules = None

    def outcome(self, workload, parameters, backend, variant=(), workers=2):
        for kind, name in (("workload", workload), ("backend", backend)):
            file, reason = self.modules.find(kind, name)
            if file is None:
                self.skipTest(reason)
        return run(self.modules, workload, backend, parameters, variant, workers)

    def test_a_deadlock_is_ended_and_names_both_workers_and_locks(self):
        for backend, variant in (("std-thread", ()), ("fork", ()), ("boost-process", ()),
                                 ("cpython", ["executor=thread-pool"]), ("cpython", ["executor=process-pool"])):
            with self.subTest(backend=backend, variant=variant):
                outcome = self.outcome("deadlock", ["patience=50ms"], backend, variant)
                self.assertEqual(outcome["status"], "timeout", outcome)
                found = re.fullmatch(r"deadlock: worker (\d+) holds lock ([01]) and waits for lock ([01]), worker (\d+) holds "
                                     r"lock \3 and waits for lock \2; ended after 50 ms", outcome["detail"])
                self.assertTrue(found, outcome["detail"])
                self.assertNotEqual(found[1], found[4])
                self.assertNotEqual(found[2], found[3])

    def test_one_worker_or_the_same_order_have_no_deadlock(self):
        for parameters, workers in ((["order=same"], 2), (["patience=1ms"], 1)):
            self.assertEqual(self.outcome("deadlock", parameters, "std-thread", (), workers)["status"], "ok")

    def test_threads_lose_to_an_overwriting_task_what_processes_keep(self):
        everything, nothing = 7, 0  # of 8 tasks, of which one does the harm
        for backend, variant, lost in (("std-thread", ["mode=spawn"], everything), ("fork", ["mode=spawn"], nothing),
                                       ("cpython", ["executor=threads"], everything),
                                       ("cpython", ["executor=processes"], nothing)):
            with self.subTest(backend=backend):
                outcome = self.outcome("isolation", ["fault=overwrite"], backend, variant, 8)
                self.assertEqual((outcome["status"], outcome["lost"]), ("ok", lost), outcome)

    def test_a_task_that_is_killed_takes_its_process_with_it_and_no_other(self):
        for fault, signal in (("crash", 11), ("kill", 9)):
            with self.subTest(fault=fault):
                self.assertEqual(self.outcome("isolation", [f"fault={fault}"], "std-thread")["exit"], -signal)
                outcome = self.outcome("isolation", [f"fault={fault}"], "fork", ["mode=spawn"])
                self.assertEqual(outcome["status"], "crashed", outcome)
                self.assertTrue(1 <= outcome["lost"] < 8, outcome)

    def test_python_loses_what_its_executor_cannot_tell_of(self):
        for executor, least, most in (("threads", 8, 8), ("process-pool", 8, 8), ("processes", 1, 7)):
            for fault in ("crash", "kill"):
                with self.subTest(executor=executor, fault=fault):
                    outcome = self.outcome("isolation", [f"fault={fault}"], "cpython", [f"executor={executor}"])
                    self.assertEqual(outcome["status"], "crashed", outcome)
                    self.assertIn("was killed by SIG" + ("SEGV" if fault == "crash" else "KILL"), outcome["detail"])
                    self.assertTrue(least <= outcome["lost"] <= most, outcome)

    def test_a_race_loses_what_a_lock_keeps(self):
        # It takes luck that both workers add at the same time, on a machine that is busy.
        lost = [self.outcome("shared-counter", ["method=unlocked", "adds=1000000"], "std-thread")["lost"]
                for _ in range(10)]
        self.assertGreater(max(lost), 0)
        self.assertEqual(self.outcome("shared-counter", ["method=locked", "adds=2000"], "std-thread")["lost"], 0)

    def test_a_block_is_freed_by_another_worker_where_that_is_asked_for(self):
        parameters = ["tasks=8", "blocks=50000", "handed-on=100"]
        detail = self.outcome("allocate", parameters, "serial", workers=1)["detail"]
        self.assertEqual(detail, "0 of 400000 blocks were freed by another worker")
        for _ in range(10):  # it takes luck that both workers are at work at the same time, on a machine that is busy
            others = int(self.outcome("allocate", parameters, "std-thread")["detail"].split(" of ")[0])
            if others > 0:
                return
        self.fail("no block was freed by another worker")


if __name__ == "__main__":
    Harm.modules = Modules(*sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
