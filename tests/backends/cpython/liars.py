"""Drivers that lie are caught. Usage: liars.py PREFIX FOLDER_OF_CELL_PY."""

import os
import shutil
import sys
import tempfile
import textwrap
import unittest

from own_files import Modules, PREFIX, run


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
