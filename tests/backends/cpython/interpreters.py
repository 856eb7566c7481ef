"""What executor=interpreters promises. Usage: interpreters.py PREFIX FOLDER_OF_CELL_PY."""

import os
import sys
import unittest

from own_files import BROKEN, MEETING, OwnFiles, run


class Interpreters(OwnFiles):
    """InterpreterPoolExecutor, for which stand true interpreters of CPython 3.11; of 3.14, where that runs the test."""

    def setUp(self):
        super().setUp()
        if sys.version_info < (3, 14):
            if sys.version_info[:2] != (3, 11):
                self.skipTest("what stands for Python 3.14 is made for 3.11")
            os.environ["PYTHONPATH"] = os.path.join(os.path.dirname(os.path.abspath(__file__)), "standin")
            self.addCleanup(os.environ.pop, "PYTHONPATH")

    def test_before_3_14_there_is_a_reason(self):
        if sys.version_info < (3, 14):
            del os.environ["PYTHONPATH"]
            outcome = self.run_file(MEETING, ["executor=interpreters"], 1, count=1)
            os.environ["PYTHONPATH"] = ""
            self.assertEqual(outcome["status"], "unsupported", outcome)
            self.assertRegex(outcome["detail"], r"executor=interpreters is there from Python 3.14 on, and this is 3\.\d+\.\d+")

    def test_all_take_part_and_have_modules_of_their_own(self):
        for workers in (1, 2, 8):
            with self.subTest(workers=workers):
                outcome = self.run_file(MEETING, ["executor=interpreters"], workers, count=workers)
                self.assertEqual((outcome["status"], outcome.get("workers_seen")), ("ok", workers), outcome)
        outcome = self.run_file(MEETING.replace("return x", "return os.getpid(), id(mine)")
                                .replace("return results ==", "return len({{one[0] for one in results}}) == 1 and "
                                         "len({{one[1] for one in results}}) == len(results) and [0, 1] ==")
                                + "    mine = []\n", ["executor=interpreters"], 2, count=2)
        self.assertEqual((outcome["status"], outcome["detail"]), ("ok", ""), outcome)

    def test_what_a_task_raises_is_named_with_its_line(self):
        outcome = self.run_file(BROKEN, ["executor=interpreters"], 2, what="x / 0")
        self.assertEqual((outcome["status"], outcome["detail"]),
                         ("failed", "task 5: ZeroDivisionError: division by zero (mine.py, line 7)"), outcome)

    def test_a_file_that_only_the_main_interpreter_can_load_is_a_reason(self):
        outcome = self.run_file("""
            try:
                import _xxsubinterpreters as interpreters
            except ImportError:
                from concurrent import interpreters
            if interpreters.get_current() != interpreters.get_main():
                raise ImportError("module numbers does not support loading in subinterpreters")
            def tasks(): return [1, 2]
            def task(x): return x
            """, ["executor=interpreters"], 2)
        self.assertEqual(outcome["status"], "unsupported", outcome)
        self.assertIn("an interpreter of its own cannot run this file (ImportError: module numbers does not support",
                      outcome["detail"])

    def test_a_form_whose_workers_share_locks_is_refused(self):
        outcome = run(self.modules, "shared-counter", "cpython", ["method=locked"], ["executor=interpreters"], 2)
        self.assertEqual(outcome["status"], "unsupported", outcome)
        self.assertIn("interpreters share no locks", outcome["detail"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
