"""What every backend promises beside right results: python3 behaviour.py PREFIX TEST_MODULES BACKEND

As many true workers as asked for, errors that arrive as errors, any number of tasks; and nothing left behind.
"""

import sys
import unittest

from cell import Modules, run, variants

SKIPPED = 77


class Behaviour(unittest.TestCase):
    modules = None
    backend = None
    description = None

    def cells(self, workers, shape="independent"):
        """(variant, workers) for every variant, within what the backend can do."""
        most = self.description["most_workers"] or max(workers)
        for variant in variants(self.description, shape):
            for count in workers:
                if count <= most:
                    yield variant, count

    def run_cell(self, workload, parameters, variant, workers):
        return run(self.modules, workload, self.backend, parameters, variant, workers)

    def test_any_number_of_tasks_each_exactly_once(self):
        for variant, workers in self.cells((1, 2, 8)):
            for tasks in (0, 1, 3, 7, 10_007):
                with self.subTest(variant=variant, workers=workers, tasks=tasks):
                    outcome = self.run_cell("count", [f"tasks={tasks}"], variant, workers)
                    self.assertEqual(outcome["status"], "ok", outcome)
                    self.assertEqual(outcome["tasks"], tasks)
                    self.assertLessEqual(outcome["workers_seen"], min(workers, tasks))

    def test_workers_asked_for_all_take_part(self):
        # As many tasks as workers that wait for each other: 8 workers on 2 cores included.
        for variant, workers in self.cells((1, 2, 8)):
            with self.subTest(variant=variant, workers=workers):
                parameters = [f"tasks={workers}", "file={folder}/meeting"]
                outcome = self.run_cell("meet", parameters, variant, workers)
                self.assertEqual(outcome["status"], "ok", outcome)
                self.assertEqual(outcome["workers_seen"], workers)

    def test_inputs_that_workers_write_are_written_once(self):
        if self.description["asynchronous"]:
            self.skipTest("such a workload has no asynchronous form")
        for variant, workers in self.cells((1, 2, 8)):
            for tasks in (0, 1, 5, 1009):
                with self.subTest(variant=variant, workers=workers, tasks=tasks):
                    outcome = self.run_cell("filled", [f"tasks={tasks}"], variant, workers)
                    self.assertEqual(outcome["status"], "ok", outcome)
                    self.assertEqual(outcome["tasks"], tasks)

    def test_inputs_are_written_by_all_workers(self):
        if self.description["asynchronous"] or not self.description["shares_memory"]:
            self.skipTest("no loop for such a workload, or each worker writes all inputs for itself")
        for variant, workers in self.cells((2, 8)):
            with self.subTest(variant=variant, workers=workers):
                outcome = self.run_cell("filled", [f"tasks={workers}", "together=yes"], variant, workers)
                self.assertEqual(outcome["status"], "ok", outcome)

    def test_an_exception_in_a_task_arrives_as_an_error(self):
        for variant, workers in self.cells((1, 2)):
            with self.subTest(variant=variant, workers=workers):
                outcome = self.run_cell("fault", ["kind=throw"], variant, workers)
                self.assertEqual((outcome["status"], outcome["exit"]), ("failed", 1), outcome)
                self.assertIn("task 123 threw", outcome["detail"])

    def test_an_exception_in_a_task_of_a_graph_arrives_as_what_it_is(self):
        for kind, expected in (("throw", ("failed", "point 6 of step 17 threw")),
                               ("wrong", ("wrong", "point 6 of step 17 has a wrong input"))):
            for variant, workers in self.cells((1, 2, 3), "dependent"):
                with self.subTest(kind=kind, variant=variant, workers=workers):
                    outcome = self.run_cell("fault-graph", [f"kind={kind}"], variant, workers)
                    if outcome["status"] == "unsupported" and outcome["detail"]:
                        continue  # no natural way to run graphs
                    self.assertEqual((outcome["status"], outcome["detail"]), expected, outcome)
                    self.assertEqual(outcome["exit"], 1)

    def test_an_exception_in_a_node_of_a_recursion_arrives_as_what_it_is(self):
        for kind, expected in (("throw", ("failed", "a leaf threw")),
                               ("wrong", ("wrong", "a leaf has a wrong input")),
                               ("unsupported", ("unsupported", "a leaf cannot be had"))):
            for variant, workers in self.cells((1, 2, 3), "recursive"):
                with self.subTest(kind=kind, variant=variant, workers=workers):
                    outcome = self.run_cell("fault-recursion", [f"kind={kind}"], variant, workers)
                    if outcome["status"] == "unsupported" and "a leaf" not in outcome["detail"]:
                        continue  # no fork-join
                    self.assertEqual((outcome["status"], outcome["detail"]), expected, outcome)

    def test_something_thrown_that_is_no_exception_arrives_as_an_error(self):
        for variant, workers in self.cells((2,)):
            with self.subTest(variant=variant):
                outcome = self.run_cell("fault", ["kind=throw-odd"], variant, workers)
                self.assertEqual((outcome["status"], outcome["exit"]), ("failed", 1), outcome)
                self.assertNotEqual(outcome["detail"], "")

    def test_a_killed_or_ended_worker_process_is_named_and_no_hang(self):
        for kind, trace in (("kill", "SIGKILL"), ("exit", "7")):
            for variant, workers in self.cells((2, 4)):
                with self.subTest(kind=kind, variant=variant, workers=workers):
                    self.expect_loss(self.run_cell("fault", [f"kind={kind}"], variant, workers), variant, workers, trace)

    def test_so_it_is_in_the_middle_of_a_graph(self):
        for variant, workers in self.cells((2, 4), "dependent"):
            with self.subTest(variant=variant, workers=workers):
                outcome = self.run_cell("fault-graph", ["kind=kill"], variant, workers)
                if outcome["status"] == "unsupported" and outcome["detail"]:
                    continue  # no natural way to run graphs
                self.expect_loss(outcome, variant, workers, "SIGKILL")

    def expect_loss(self, outcome, variant, workers, trace):
        if outcome["status"] == "ok":
            # Workers that are threads have no other process.
            alone = "threads=3" in variant and workers <= 3
            self.assertTrue(alone or self.backend not in ("fork", "boost-process", "mpi"), outcome)
            return
        self.assertEqual(outcome["status"], "crashed", outcome)
        if self.backend == "mpi":  # mpirun ends all ranks, and says why
            self.assertIn({"SIGKILL": "signal 9"}.get(trace, f"Exit code:    {trace}"), outcome["output"])
        else:
            self.assertIn(trace, outcome["detail"])

    def test_no_slot_of_a_graph_looks_as_if_it_was_written_before_its_time(self):
        for variant, workers in self.cells((1, 2, 3), "dependent"):
            with self.subTest(variant=variant, workers=workers):
                outcome = self.run_cell("fault-graph", ["kind=stale"], variant, workers)
                if outcome["status"] != "unsupported" or not outcome["detail"]:
                    self.assertEqual(outcome["status"], "ok", outcome)


if __name__ == "__main__":
    prefix, test_modules, backend = sys.argv[1:4]
    Behaviour.modules = Modules(prefix, test_modules)
    file, reason = Behaviour.modules.find("backend", backend)
    if file is None:
        print(f"backend {backend} is left out: {reason}")
        sys.exit(SKIPPED)
    Behaviour.backend = backend
    Behaviour.description = Behaviour.modules.describe(file)
    unittest.main(argv=sys.argv[:1], verbosity=2)
