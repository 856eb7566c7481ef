"""Every executor of Python's runs a reader's own file with the workers asked for. Usage: executors.py PREFIX FOLDER_OF_CELL_PY."""

import os
import sys
import unittest

from own_files import EXECUTORS, MEETING, OF_PROCESSES, OwnFiles, PREFIX, WAITS, run


class Executors(OwnFiles):
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


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
