"""A reader's own file goes wrong in every way that readers know. Usage: bad_files.py PREFIX FOLDER_OF_CELL_PY."""

import os
import signal
import subprocess
import sys
import time
import unittest
from unittest import mock

from own_files import BROKEN, Cell, EXECUTORS, OF_PROCESSES, OwnFiles, WAITS, run


class BadFiles(OwnFiles):
    def test_both_tell_of_a_worker_that_ends(self):
        outcome = self.run_file(WAITS + BROKEN, ["executor=both"], 2,
                                what="os.kill(os.getpid(), signal.SIGKILL)")
        self.assertEqual(outcome["status"], "crashed", outcome)
        self.assertIn("was killed by SIGKILL", outcome["detail"])

    def test_a_task_that_raises_is_named_with_its_line(self):
        for executor in EXECUTORS:
            if executor != "asyncio":
                with self.subTest(executor=executor):
                    outcome = self.run_file(BROKEN, [f"executor={executor}"], EXECUTORS[executor] and 1, what="x / 0")
                    self.assertEqual((outcome["status"], outcome["detail"]),
                                     ("failed", "task 5: ZeroDivisionError: division by zero (mine.py, line 7)"), outcome)

    def test_an_error_that_cannot_be_printed_is_told_all_the_same(self):
        for what, says in ((r'raise OSError(2, "gone", "no\udcffname")', "FileNotFoundError: [Errno 2] gone: 'no\\udcffname'"),
                           (r'raise ValueError("no\udcff")', "ValueError: no\\udcff"),
                           ('raise type("Odd", (Exception,), {"__str__": lambda self: 1 / 0})', "Odd")):
            for executor in ("thread-pool", "process-pool"):
                with self.subTest(executor=executor, what=what):
                    outcome = self.run_file(BROKEN, [f"executor={executor}"], what=what)
                    self.assertEqual((outcome["status"], outcome["detail"]),
                                     ("failed", f"task 5: {says} (mine.py, line 7)"), outcome)

    def test_a_worker_that_ends_is_told_of_and_no_hang(self):
        for executor in ("thread-pool", *OF_PROCESSES):
            for what, trace in (("os._exit(7)", "exited with code 7"),
                                ("os.kill(os.getpid(), signal.SIGKILL)", "was killed by SIGKILL")):
                with self.subTest(executor=executor, what=what):
                    outcome = self.run_file(BROKEN, [f"executor={executor}"], what=what)
                    self.assertEqual(outcome["status"], "crashed", outcome)
                    self.assertIn(trace, outcome["detail"])

    def test_a_worker_that_ends_while_tasks_are_handed_out_is_told_of(self):
        # The pool refuses what comes after that.
        for executor in ("process-pool", "both"):
            with self.subTest(executor=executor):
                outcome = self.run_file("""
                    import os
                    def tasks(): return range(30000)
                    def waits(x): return x == 1
                    def task(x):
                        if x == 0: os._exit(7)
                        return x
                    def check(results): return True
                    """, [f"executor={executor}"], 2)
                self.assertEqual(outcome["status"], "crashed", outcome)
                self.assertIn("exited with code 7", outcome["detail"])

    def test_a_worker_that_ends_without_a_code_is_told_of(self):
        for executor in OF_PROCESSES:
            with self.subTest(executor=executor):
                outcome = self.run_file(BROKEN, [f"executor={executor}"], what="os._exit(0)")
                self.assertEqual(outcome["status"], "crashed", outcome)
                self.assertIn("exited with code 0", outcome["detail"])

    def test_a_worker_that_cannot_begin_is_told_of_at_once(self):
        for what, status, trace in (
                ("raise ImportError('only once')", "failed",
                 "a worker process cannot load the file: ImportError: only once (mine.py, line 4)"),
                ("os._exit(3)", "crashed", "exited with code 3")):
            for executor in OF_PROCESSES:
                for start in ("forkserver", "spawn"):
                    with self.subTest(what=what, executor=executor, start=start):
                        outcome = self.run_file("""
                            import multiprocessing, os
                            if multiprocessing.parent_process():
                                {what}
                            def tasks(): return [1, 2]
                            def task(x): return x
                            """, [f"executor={executor}", f"start={start}"], what=what)
                        self.assertEqual(outcome["status"], status, outcome)
                        self.assertIn(trace, outcome["detail"])

    def test_a_child_that_comes_back_from_its_task_is_told_of(self):
        for executor in ("serial", "thread-pool", *OF_PROCESSES):
            with self.subTest(executor=executor):
                outcome = self.run_file("""
                    import os, time
                    def tasks(): return [1, 2]
                    def task(x):
                        if os.fork() != 0: time.sleep(0.2)
                        return x
                    """, [f"executor={executor}", *(["start=spawn"] if executor in OF_PROCESSES else [])],
                    1 if executor == "serial" else 2)
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertRegex(outcome["detail"], r"task [01] forks, and the child comes back from it: end the child with "
                                 r"os._exit\(\) \(mine.py, line 4\)")

    def test_a_task_may_fork(self):
        for executor in ("serial", "thread-pool", *OF_PROCESSES):
            with self.subTest(executor=executor):
                outcome = self.run_file("""
                    import os
                    def tasks(): return [1, 2]
                    def task(x):
                        child = os.fork()
                        if child == 0: os._exit(0)
                        return x + os.waitpid(child, 0)[1]
                    """, [f"executor={executor}"], 1 if executor == "serial" else 2)
                self.assertEqual((outcome["status"], outcome["detail"]), ("ok", ""), outcome)

    def test_whatever_the_file_is_called(self):
        text = "def tasks(): return [1, 2]\ndef task(x): return x\n"
        for name in ("mine", "a.b.py", "two words.py", "json.py", "__main__.py", "runoff_form.py", "1-2.py", "gr\u00fcn.py",
                     "a,b=c:d.py", "-x.py", "'\"$(true).py"):
            file = os.path.join(self.folder, name)
            with open(file, "w") as stream:
                stream.write(text)
            for variant in (["executor=process-pool"], ["executor=pool", "start=spawn"]):
                with self.subTest(name=name, variant=variant):
                    outcome = run(self.modules, "python", "cpython", [f"file={file}"], variant, 2)
                    self.assertEqual((outcome["status"], outcome["detail"]), ("ok", ""), outcome)
            os.remove(file)

    def test_what_is_printed_goes_to_standard_error(self):
        outcome = self.run_file("""
            print("hello from the file")
            def tasks(): return [1, 2]
            def task(x): print("hello from a task"); return x
            """, ["executor=process-pool"])
        self.assertEqual(outcome["status"], "ok", outcome)
        self.assertIn("hello from a task", outcome["output"])

    def test_what_never_ends_is_named_and_ended(self):
        file = """
            import atexit, threading, time
            def forever():
                while True: time.sleep(3600)
            def tasks(): return [1, 2]
            def task(x):
                if x == 1: {what}
                return x
            """
        for what, by in (("threading.Thread(target=forever, name='mine').start()", r"the thread 'mine', line 4( and \d+ more)?"),
                         ("atexit.register(forever)", "what is called at its end, line 4"),
                         ("threading.Thread(target=forever, daemon=True).start()", None)):
            with self.subTest(what=what):
                outcome = self.run_file(file, ["executor=thread-pool"], what=what)
                self.assertEqual(outcome["status"], "ok", outcome)
                said = f"mine.py keeps python3 from ending for more than 1 s after its tasks, by {by}; it is ended\n"
                self.assertRegex(outcome["output"], f"^{said}$" if by else "^$")

    def refused(self, text, variant=("executor=process-pool",)):
        outcome = self.run_file(text, variant)
        return outcome["status"], outcome["detail"] if outcome["status"] != "crashed" else outcome["output"]

    def test_what_cannot_go_to_a_process_says_what_to_change(self):
        status, detail = self.refused("""
            def tasks(): return [1, 2]
            task = lambda x: x
            """)
        self.assertEqual(status, "failed")
        self.assertIn("`task` cannot be pickled", detail)
        self.assertIn("with `def` at the top of the file", detail)
        status, detail = self.refused("""
            def tasks(): return [(x for x in "ab")]
            def task(x): return 1
            """)
        self.assertEqual(status, "failed")
        self.assertIn("what task 0 is called with cannot be pickled", detail)

    def test_what_cannot_be_compared_says_what_to_change(self):
        for returned, trace in (("lambda: 1", "which cannot be pickled"), ("float('nan')", "does not equal a copy"),
                                ("object()", "does not equal a copy")):
            with self.subTest(returned=returned):
                status, detail = self.refused(f"""
                    def tasks(): return [1]
                    def task(x): return {returned}
                    """)
                self.assertEqual(status, "failed")
                self.assertIn(trace, detail)

    def test_other_results_than_in_a_loop_are_wrong(self):
        status, detail = self.refused("""
            import os
            def tasks(): return [3, 4]
            def task(x): return os.getpid()
            """)
        self.assertEqual(status, "wrong")
        self.assertRegex(detail, r"task 0 returned \d+, and \d+ in a loop")
        status, detail = self.refused("""
            def tasks(): return [3, 4]
            def task(x): return x
            def check(results): return sum(results) == 8
            """)
        self.assertEqual((status, detail), ("wrong", "check(results) says False"))

    def test_a_file_that_cannot_be_measured_says_why(self):
        for text, trace in (("def tasks(:\n", "SyntaxError: invalid syntax (mine.py, line 1)"),
                            ("import no_such_package\n", "ModuleNotFoundError: No module named 'no_such_package' (mine.py, line 1)"),
                            ("def tasks(): return [1]\n", "mine.py has no function `task`"),
                            ("def task(x): return x\n", "mine.py has no function `tasks`"),
                            ("def tasks(): return 3\ndef task(x): return x\n", "`tasks()` gives a int"),
                            ("def tasks(): return []\ndef task(x): return x\n", "`tasks()` gives no task"),
                            ("import itertools\ndef tasks(): return itertools.repeat(1)\ndef task(x): return x\n",
                             "`tasks()` gives more than 10,000,000 tasks, or never ends"),
                            ("import os; os._exit(3)\n", "exited with code 3 while it ran the file"),
                            ("import time; time.sleep(600)\n", "it takes longer than 15 s to import the file"),
                            ("", "is empty")):
            with self.subTest(text=text):
                file = self.write(text)
                cell = run(self.modules, "python", "cpython", [f"file={file}"])
                self.assertEqual(cell["exit"], 2, cell)
                self.assertIn(trace, cell["output"])
        cell = run(self.modules, "python", "cpython", [f"file={self.folder}"])
        self.assertEqual(cell["exit"], 2, cell)
        self.assertIn("is a folder", cell["output"])
        self.assertEqual(os.listdir(self.folder), ["mine.py"])

    def test_settings_of_python_itself(self):
        file = self.write("def tasks(): return [1]\ndef task(x): return x\n")
        with mock.patch.dict(os.environ, PYTHONSAFEPATH="1"):
            cell = run(self.modules, "python", "cpython", [f"file={file}"])
        self.assertEqual(cell["status"], "ok", cell)
        with mock.patch.dict(os.environ, PYTHONHOME="/nope"):
            said = subprocess.run([self.modules.cell, "--describe", self.modules.find("backend", "cpython")[0]],
                                  capture_output=True, text=True, check=False)
        for words in ("is no Python 3 that works", "Fatal Python error", "PYTHONHOME=/nope"):
            self.assertIn(words, said.stdout + said.stderr)

    def test_nothing_outlives_a_cell_that_is_killed(self):
        file = self.write("""
            import time
            def tasks(): return [1, 2]
            def task(x): time.sleep(600)
            def check(results): return True
            """)
        for executor in ("thread-pool", *OF_PROCESSES):
            with self.subTest(executor=executor):
                with Cell(self.modules, "python", "cpython", [f"file={file}"], [f"executor={executor}"], 2) as cell:
                    wanted = 1 if executor == "thread-pool" else 3
                    self.assertTrue(soon(lambda: len(with_variable(cell.folder)) >= wanted + 2))  # cell and oracle too
                    os.kill(cell.process.pid, signal.SIGKILL)
                    self.assertTrue(soon(lambda: not with_variable(cell.folder)), with_variable(cell.folder))

    def test_an_interpreter_that_is_not_there_is_a_reason(self):
        backend, _ = self.modules.find("backend", "cpython")
        for python, reason in (("/no/such/python3", "is no program"), ("/bin/false", "is no Python 3 that works")):
            answer = subprocess.run([self.modules.cell, "--describe", backend], capture_output=True, text=True,
                                    env={**os.environ, "RUNOFF_PYTHON": python})
            self.assertIn(reason, answer.stdout)


def soon(true, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def with_variable(folder):
    """Living processes of a cell: those with its TMPDIR in their environment."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/environ", "rb") as environment, open(f"/proc/{process}/stat") as stat:
                if f"TMPDIR={folder}".encode() in environment.read() and stat.read().rsplit(")", 1)[1].split()[0] != "Z":
                    found.append(process)
        except OSError:
            pass
    return found


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
