"""Backends that lie are caught: python3 liars.py PREFIX TEST_MODULES"""

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
        self.assertEqual((outcome["status"], outcome["exit"]), ("failed", 1), outcome)
        self.assertIn("1 of 2 tasks met", outcome["detail"])

    def test_the_secret_shows_in_the_row_even_where_nobody_waits(self):
        outcome = run(self.modules, "count", "secretly-serial", ["tasks=1000"], workers=2)
        self.assertEqual((outcome["status"], outcome["workers_seen"]), ("ok", 1), outcome)

    def test_one_that_runs_a_task_before_its_inputs_in_an_execution_whose_results_nobody_looks_at(self):
        outcome = run(self.modules, "graph", "disorderly", ["width=3", "steps=4", "grain=1"])
        self.assertEqual((outcome["status"], outcome["exit"]), ("wrong", 1), outcome)
        self.assertEqual(outcome["detail"], "point 0 of step 1 found that its input, point 0 of step 0, had not run in "
                                            "this execution")


if __name__ == "__main__":
    Liars.modules = Modules(*sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
