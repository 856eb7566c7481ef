"""Backends that lie are caught: python3 liars.py PREFIX TEST_MODULES"""

import os
import subprocess
import sys
import unittest

from cell import Modules, run


class Liars(unittest.TestCase):
    modules = None

    def test_one_that_does_nothing(self):
        outcome = run(self.modules, "count", "lazy", ["tasks=100"], workers=2)
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
        self.assertIn("0 tasks ran in an execution of 100", outcome["detail"])

    def test_one_that_answers_wrong(self):
        outcome = run(self.modules, "count", "wrong", ["tasks=100"], workers=2)
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
        self.assertIn("task 0", outcome["detail"])

    def test_one_that_runs_some_tasks_twice_and_as_many_never_where_tasks_leave_nothing_to_look_at(self):
        for workload, tasks in (("region", 2), ("dispatch", 1001)):
            outcome = run(self.modules, workload, "forgetful", [f"tasks={tasks}"], workers=2)
            self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
            self.assertEqual(outcome["detail"], f"some of {tasks} tasks did not run, and others more than once")

    def test_one_that_works_on_a_single_worker_in_secret(self):
        outcome = run(self.modules, "meet", "secretly-serial", ["tasks=2", "patience=200ms", "file={folder}/meeting"],
                      workers=2)
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
        self.assertIn("1 of 2 tasks met", outcome["detail"])

    def test_the_secret_shows_in_the_row_even_where_nobody_waits(self):
        outcome = run(self.modules, "count", "secretly-serial", ["tasks=1000"], workers=2)
        self.assertEqual((outcome["status"], outcome["workers_seen"]), ("ok", 1), outcome)

    def test_one_that_runs_a_task_before_its_inputs_in_an_execution_whose_results_nobody_looks_at(self):
        outcome = run(self.modules, "graph", "disorderly", ["width=3", "steps=4", "grain=1"])
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
        self.assertEqual(outcome["detail"], "point 0 of step 1 found that its input, point 0 of step 0, had not run in "
                                            "this execution")

    def refused(self, workload, lie, parameters, says, workers=2, extra=()):
        """A cell of the backend that lies in this way is `wrong`, and says why; another that does not is `ok`."""
        for variant, expected in (([f"lie={lie}"], "wrong"), (["lie=none"], "ok")):
            with self.subTest(workload=workload, variant=variant):
                outcome = run(self.modules, workload, "liar", parameters, variant, workers, extra)
                self.assertEqual(outcome["status"], expected, outcome)
                if expected == "wrong":
                    self.assertIn(says, outcome["detail"])
                    self.assertEqual(outcome["exit"], 1)

    def test_one_that_repeats_what_it_reported_once(self):
        self.refused("count", "replay", ["tasks=100"], "reports tasks that ran elsewhere")
        self.refused("dispatch", "replay", ["tasks=1001"], "reports tasks that ran elsewhere")

    def test_one_that_uses_more_workers_than_it_was_given(self):
        self.refused("count", "crowd", ["tasks=1000"], "32 workers ran tasks in an execution, and 2 were asked for")
        self.refused("count", "processes", ["tasks=1000"], "3 workers ran tasks in an execution, and 2 were asked for")

    def test_one_that_works_where_nothing_is_counted(self):
        self.refused("count", "daemon", ["tasks=1000"], "in a process that is no descendant", workers=1)

    def test_one_that_works_before_the_clock_is_started(self):
        self.refused("region", "ahead", ["tasks=2", "pause=30ms"], "tasks ran before the clock of an execution")
        self.refused("count", "work-in-start", ["tasks=100"], "tasks ran while the backend was started")

    def test_one_that_works_after_the_last_execution(self):
        self.refused("count", "work-at-the-end", ["tasks=100"], "tasks ran after the last execution")

    def test_one_that_returns_when_all_tasks_have_begun(self):
        self.refused("sleep", "hasty", ["duration=50ms", "tasks=2"], "when all tasks had begun, and not all had ended")

    def test_one_that_swallows_what_a_task_throws(self):
        outcome = run(self.modules, "fault", "liar", ["kind=throw"], ["lie=swallow"], workers=2)
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)

    def test_one_that_runs_the_first_step_of_a_graph_over_and_over(self):
        self.refused("graph", "first-step", ["width=8", "steps=9", "grain=1", "pattern=trivial"],
                     "some of 72 tasks did not run, and others more than once")

    def test_one_that_remembers_the_answer_of_a_recursion(self):
        for lie, says in (("nothing", "not solved from its root"),
                          ("first-subtree", "not solved from its root"),
                          ("first-job", "returned from a fork before all of its jobs had run")):
            self.refused("fib", lie, ["n=18"], says)

    def test_one_that_solves_smaller_subtrees_than_it_joins(self):
        self.refused("fib", "other-cut", ["n=18"], "not solved from its root")

    def test_one_whose_workers_are_copies_that_the_harness_is_not_told_of(self):
        self.refused("count", "copies", ["tasks=100"], "4 workers ran tasks in an execution, and 2 were asked for")

    def test_one_that_has_all_tasks_write_one_slot_while_no_result_is_looked_at(self):
        self.refused("stream", "one-slot", ["n=100000", "grain=4096"], "slots that lie 0 bytes apart", workers=1)

    def test_one_that_runs_a_graph_out_of_order_while_no_result_is_looked_at(self):
        # Its tasks do not look at their inputs themselves, and the results of the execution before are right.
        self.refused("scan", "chains", ["n=10000", "grain=1000"], "before its input", workers=1)

    def test_one_that_rounds_in_its_own_way(self):
        self.refused("count", "rounds-up", ["tasks=100"], "floating-point mode", workers=1)
        self.refused("count", "rounds-up-in-thread", ["tasks=100"], "floating-point mode", workers=1)

    def test_one_whose_children_are_forgotten(self):
        self.refused("count", "forgets-children", ["tasks=100"], "ignores SIGCHLD", workers=1)

    def test_one_that_moves_to_other_cores_than_its_own(self):
        cores = sorted(os.sched_getaffinity(0))
        if cores[:2] != [0, 1]:
            self.skipTest("on one core there is nowhere to go")
        self.refused("count", "own-core", ["tasks=100"], "may run on cores 0 instead of 0,1", workers=1)
        self.refused("count", "every-core", ["tasks=100"], "instead of 1", workers=1, extra=["--cpus", "1", "--pin"])

    def test_one_that_changes_its_priority(self):
        self.refused("count", "own-priority", ["tasks=100"], "has nice level", workers=1)

    def test_one_that_takes_back_what_it_used(self):
        self.refused("count", "falls", ["tasks=100"], "used_elsewhere() says less than it said before")

    def test_tasks_that_write_beside_their_slots(self):
        for into, says in (("nothing", None), ("padding", "slot 0 was written beyond the 8 bytes of a result"),
                           ("before-the-first", "something was written before the first of 8 slots"),
                           ("behind-the-last", "slot 7 was written beyond the 8 bytes of a result"),
                           ("slots-there-are-none-of", "something was written behind the last of 8 slots")):
            for backend in ("serial", "fork"):
                with self.subTest(into=into, backend=backend):
                    outcome = run(self.modules, "trespass", backend, [f"into={into}"])
                    self.assertEqual(outcome["status"], "wrong" if says else "ok", outcome)
                    self.assertIn(says or "", outcome["detail"])

    @unittest.skipIf(os.environ.get("RUNOFF_SANITIZER"), "a sanitizer must be loaded first itself")
    def test_a_clock_that_was_tampered_with(self):
        preload = os.path.join(self.modules.folder, "slow_clock.so")
        command = [self.modules.cell, "--workload", self.modules.find("workload", "count")[0], "--backend",
                   self.modules.find("backend", "serial")[0]]
        for environment, expected in (({}, 0), ({"LD_PRELOAD": preload}, 1)):
            done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
            self.assertEqual(done.returncode, expected, done)
        self.assertIn("slow against the kernel's", done.stderr)

    def test_a_module_that_would_change_the_loader(self):
        done = subprocess.run([self.modules.cell, "--describe", self.modules.find("backend", "meddler")[0]],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 3, done)
        self.assertIn("backend 'meddler': it sets LD_PRELOAD", done.stderr)

    def test_the_workers_that_took_part_are_told_by_their_share(self):
        outcome = run(self.modules, "count", "liar", ["tasks=100"], ["lie=empty-ranges"], workers=4)
        self.assertEqual((outcome["status"], outcome["workers_seen"], outcome["workers_most"],
                          outcome["workers_shares"]), ("ok", 1, 1, "1=1"), outcome)


if __name__ == "__main__":
    Liars.modules = Modules(*sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
