"""What the backend cpython promises beside right results: python3 cpython.py PREFIX FOLDER_OF_CELL_PY

A reader's own file goes wrong in every way that readers know, and drivers that lie are caught.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from unittest import mock

PREFIX = sys.argv[1]
sys.path.insert(0, sys.argv[2])
from cell import Cell, Modules, run  # noqa: E402

EXECUTORS = {"thread-pool": 8, "process-pool": 8, "threads": 8, "processes": 8, "pool": 8, "serial": 1, "asyncio": 1}
OF_PROCESSES = ("process-pool", "processes", "pool")

# As many tasks as workers, each of which waits until all are there: they meet in a folder.
MEETING = """
    import os, time
    def tasks():
        return range({count})
    def task(x):
        folder = os.environ["TMPDIR"]
        rounds = len([name for name in os.listdir(folder) if name.startswith(f"{{x}}.")])
        open(os.path.join(folder, f"{{x}}.{{rounds}}"), "w").close()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if all(os.path.exists(os.path.join(folder, f"{{y}}.{{rounds}}")) for y in range({count})):
                return x
            time.sleep(0.002)
        return "alone"
    def check(results):
        return results == list(range({count}))
"""

WAITS = """
    def waits(x):
        return x % 2 == 0
"""

BROKEN = """
    import os, signal
    def tasks():
        return range(9)
    def task(x):
        if x == 5:
            {what}
        return x
    def check(results):
        return results == list(range(9))
"""


class OwnFiles(unittest.TestCase):
    def setUp(self):
        self.modules = Modules(PREFIX, "")
        self.folder = tempfile.mkdtemp(prefix="runoff-test-python-")
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, text, **values):
        file = os.path.join(self.folder, "mine.py")
        with open(file, "w") as stream:
            stream.write(textwrap.dedent(text).format(**values) if values else textwrap.dedent(text))
        return file

    def run_file(self, text, variant, workers=2, modules=None, **values):
        return run(modules or self.modules, "python", "cpython", [f"file={self.write(text, **values)}"], variant, workers)


class Python(OwnFiles):
    def test_all_workers_asked_for_take_part(self):
        for executor, most in EXECUTORS.items():
            for workers in {1, 2, 8} if executor == "thread-pool" else {1, most}:
                with self.subTest(executor=executor, workers=workers):
                    outcome = self.run_file(MEETING, [f"executor={executor}"], workers, count=workers)
                    if executor == "asyncio":
                        self.assertEqual(outcome["status"], "unsupported", outcome)
                        self.assertIn("no coroutine", outcome["detail"])
                        continue
                    self.assertEqual((outcome["status"], outcome.get("workers_seen")), ("ok", workers), outcome)

    def test_both_executors_at_once(self):
        text = WAITS + MEETING
        outcome = self.run_file(text, ["executor=both"], 4, count=4)
        processes = min(2, len(os.sched_getaffinity(0)))
        if processes == 2:  # one process would meet only itself
            self.assertEqual((outcome["status"], outcome.get("workers_seen")), ("ok", 4), outcome)
        self.assertEqual(self.run_file(text, ["executor=both"], 1, count=1)["status"], "unsupported")
        refused = self.run_file(MEETING, ["executor=both"], 2, count=2)
        self.assertEqual(refused["status"], "unsupported")
        self.assertIn("def waits(x)", refused["detail"])

    def test_both_tell_of_a_worker_that_ends(self):
        outcome = self.run_file(WAITS + BROKEN, ["executor=both"], 2,
                                what="os.kill(os.getpid(), signal.SIGKILL)")
        self.assertEqual(outcome["status"], "crashed", outcome)
        self.assertIn("was killed by SIGKILL", outcome["detail"])

    def test_however_processes_are_started(self):
        for executor in OF_PROCESSES:
            for start in ("forkserver", "spawn"):
                with self.subTest(executor=executor, start=start):
                    outcome = self.run_file(MEETING, [f"executor={executor}", f"start={start}"], 2, count=2)
                    self.assertEqual((outcome["status"], outcome.get("workers_seen")), ("ok", 2), outcome)

    def test_chunks(self):
        for executor in set(EXECUTORS) - {"serial", "asyncio"}:
            with self.subTest(executor=executor):
                outcome = self.run_file("""
                    def tasks(): return range(10)
                    def task(x): return -x
                    """, [f"executor={executor}", "chunk=4"], 2)
                self.assertEqual((outcome["status"], outcome.get("tasks")), ("ok", 10), outcome)

    def test_coroutines(self):
        file = """
            import asyncio
            def tasks(): return range(5)
            async def task(x):
                await asyncio.sleep(0.001)
                return 2 * x
            """
        for executor, expected in (("asyncio", "ok"), ("serial", "ok"), ("thread-pool", "unsupported")):
            with self.subTest(executor=executor):
                outcome = self.run_file(file, [f"executor={executor}"], 1)
                self.assertEqual(outcome["status"], expected, outcome)

    def test_a_task_that_raises_is_named_with_its_line(self):
        for executor in EXECUTORS:
            if executor != "asyncio":
                with self.subTest(executor=executor):
                    outcome = self.run_file(BROKEN, [f"executor={executor}"], EXECUTORS[executor] and 1, what="x / 0")
                    self.assertEqual((outcome["status"], outcome["detail"]),
                                     ("failed", "task 5: ZeroDivisionError: division by zero (mine.py, line 7)"), outcome)

    def test_a_worker_that_ends_is_told_of_and_no_hang(self):
        for executor in ("thread-pool", *OF_PROCESSES):
            for what, trace in (("os._exit(7)", "exited with code 7"),
                                ("os.kill(os.getpid(), signal.SIGKILL)", "was killed by SIGKILL")):
                with self.subTest(executor=executor, what=what):
                    outcome = self.run_file(BROKEN, [f"executor={executor}"], what=what)
                    self.assertEqual(outcome["status"], "crashed", outcome)
                    self.assertIn(trace, outcome["detail"])

    def test_what_is_printed_goes_to_standard_error(self):
        outcome = self.run_file("""
            print("hello from the file")
            def tasks(): return [1, 2]
            def task(x): print("hello from a task"); return x
            """, ["executor=process-pool"])
        self.assertEqual(outcome["status"], "ok", outcome)
        self.assertIn("hello from a task", outcome["output"])

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
        os.rename(file, file[:-3] + ".txt")  # a name that Python knows nothing of
        with mock.patch.dict(os.environ, PYTHONSAFEPATH="1"):
            cell = run(self.modules, "python", "cpython", [f"file={file[:-3]}.txt"])
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


    def test_large_results_come_in_shared_memory(self):
        sys.path.insert(0, os.path.join(PREFIX, "lib", "runoff", "backends"))
        import runoff_blocks
        runoff_blocks.require()
        for value, least, shared in ((b"12345", 5, True), (bytearray(range(7)), 1, True), (b"12345", 6, False), (12345, 1, False)):
            with self.subTest(value=value, least=least):
                made = runoff_blocks.run(lambda item: (*item, 0, value, ""), least, (3, 4))
                self.assertEqual(isinstance(made[3], runoff_blocks.Block), shared)
                if shared:
                    self.assertTrue(os.path.exists("/dev/shm/" + made[3].name.lstrip("/")))
                self.assertEqual(runoff_blocks.fetched([made]), [(3, 4, 0, value, "")])
                if shared:
                    self.assertFalse(os.path.exists("/dev/shm/" + made[3].name.lstrip("/")))
        for executor in OF_PROCESSES:
            for start in ("fork", "spawn"):
                with self.subTest(executor=executor, start=start):
                    outcome = run(self.modules, "payload", "cpython", ["tasks=5", "size=70001B"],
                                  [f"executor={executor}", f"start={start}", "shared-from=70001"], 2)
                    self.assertEqual((outcome["status"], outcome["output"]), ("ok", ""), outcome)


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


# Executors that lie, put into the place of the pool of threads.
LIARS = {
    "of a thread that it never had": ("""
        answers = Honest.execute(self)
        return [(number, 4_000_000 + number, *rest) for number, _, *rest in answers]
        """, "wrong", "tasks are said to have run on thread 4000000, which this cell has not had"),
    "of a thread of another program": ("""
        return [(number, os.getppid() if number else os.getpid(), *rest) for number, _, *rest in Honest.execute(self)]
        """, "wrong", "which this cell has not had"),
    "and leaves out a task": ("""
        return Honest.execute(self)[1:]
        """, "wrong", "6 tasks ran in an execution of 7"),
    "and runs one twice in the place of another": ("""
        answers = Honest.execute(self)
        return answers[1:] + answers[1:2]
        """, "wrong", "some of 7 tasks did not run, and others more than once"),
    "and mixes results up": ("""
        numbers, *columns = zip(*Honest.execute(self))
        return list(zip(numbers[::-1], *columns))
        """, "wrong", "the primes from"),
    "of a task that there is not": ("""
        return [(number + 1, *rest) for number, *rest in Honest.execute(self)]
        """, "wrong", "python3 says that it ran task 7 of 7"),
    "on one worker in secret": ("""
        return [self.work.run(item) for item in self.work.items]
        """, "ok", ""),
}


# The same of a recursion, whose subtrees are its tasks; the sum is right each time.
ABOUT_SUBTREES = {
    "of a thread that it never had": (LIARS["of a thread that it never had"][0], "wrong", "which this cell has not had"),
    "and names one subtree twice and another never": ("""
        answers = Honest.execute(self)
        return [(max(number, 1), *rest) for number, *rest in answers]
        """, "wrong", "the recursion was not solved from its root, with each subtree once"),
    "of a subtree that there is not": ("""
        return [(number + 1, *rest) for number, *rest in Honest.execute(self)]
        """, "wrong", "python3 says that it ran task 8 of 8"),
    "and forgets one": ("""
        return Honest.execute(self)[1:] + [(7, 0, 0, 8, "")]
        """, "wrong", "which this cell has not had"),
    "and mixes results up": ("""
        return [(number, thread, time, value + 1, "") for number, thread, time, value, _ in Honest.execute(self)]
        """, "wrong", "the leaves' numbers sum up to"),
}


class Liars(unittest.TestCase):
    def test_each_is_caught(self):
        for lie, (body, status, detail) in LIARS.items():
            self.catch(lie, body, status, detail, "primes", ["n=2003", "grain=300"])

    def test_each_that_lies_about_a_recursion_is_caught(self):
        for lie, (body, status, detail) in ABOUT_SUBTREES.items():
            self.catch(lie, body, status, detail, "fork-join", ["depth=3"])

    def catch(self, lie, body, status, detail, workload, parameters):
        with self.subTest(lie=lie), tempfile.TemporaryDirectory(prefix="runoff-test-liar-") as folder:
            for kind in ("backends", "workloads"):
                os.makedirs(os.path.join(folder, "lib", "runoff", kind))
            for name in ("backends/cpython.so", f"workloads/{workload}.so", f"workloads/{workload}.py"):
                shutil.copy(os.path.join(PREFIX, "lib", "runoff", name), os.path.join(folder, "lib", "runoff", name))
            backends = os.path.join(PREFIX, "lib", "runoff", "backends")
            for name in os.listdir(backends):
                if name.endswith(".py"):
                    shutil.copy(os.path.join(backends, name), os.path.join(folder, "lib", "runoff", "backends", name))
            with open(os.path.join(folder, "lib", "runoff", "backends", "runoff_executors.py"), "a") as stream:
                stream.write("\n\nimport os\nHonest = ThreadPool\n\n\nclass Liar(ThreadPool):\n    def execute(self):\n")
                stream.write(textwrap.indent(textwrap.dedent(body).strip(), "        "))
                stream.write('\n\n\nBY_NAME["thread-pool"] = Liar\n')
            modules = Modules(folder, "")
            modules.cell = os.path.join(PREFIX, "bin", "runoff-cell")
            outcome = run(modules, workload, "cpython", parameters, [], 2)
            self.assertEqual(outcome["status"], status, outcome)
            self.assertIn(detail, outcome["detail"])
            if status == "ok":  # the row shows it
                self.assertEqual(outcome["workers_seen"], 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
