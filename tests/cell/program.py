"""runoff-cell as a program: python3 program.py PREFIX TEST_MODULES"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from cell import Modules, run  # noqa: E402


class Program(unittest.TestCase):
    modules = None

    def cell(self, *arguments):
        return subprocess.run([self.modules.cell, *arguments], capture_output=True, text=True)

    def file(self, kind, name):
        return self.modules.find(kind, name)[0]

    def test_an_ok_outcome_holds_what_it_must(self):
        for attempts_left in reversed(range(20)):
            outcome = run(self.modules, "primes", "serial", ["n=100000"], extra=["--minimum-time", "50ms"])
            self.assertEqual(outcome["status"], "ok")
            # Fewer executions are enough for a machine that was busy just when their number was found.
            if outcome["wall_ns"] * outcome["iterations"] >= 50e6 * 0.5 or attempts_left == 0:
                break
        self.assertGreaterEqual(outcome["wall_ns"] * outcome["iterations"], 50e6 * 0.5)
        self.assertEqual(outcome["tasks"], 100)
        self.assertGreater(outcome["peak_memory_bytes"], 500_000)
        self.assertGreater(outcome["cold_ns"], 0)
        self.assertGreater(outcome["startup_ns"], 0)
        # One busy worker: its processor time is its wall time, but for what the machine takes away, which may be
        # nearly all. 100,000 numbers take longer than 10 microseconds on any processor.
        self.assertLess(outcome["cpu_ns"], outcome["wall_ns"] * 1.1)
        self.assertGreater(outcome["cpu_ns"], 10_000)

    def test_checking_is_no_part_of_the_processor_time(self):
        # Checking stream takes longer than an execution does, and is done once however many there are.
        # Of one execution the least of some: alone it may have been put off, or have found its data in no cache.
        def outcome(iterations):
            return run(self.modules, "stream", "serial", ["n=4000000"], extra=["--iterations", iterations])
        ones, many = [outcome("1") for _ in range(3)], outcome("20")
        self.assertEqual({one["status"] for one in (*ones, many)}, {"ok"})
        self.assertLess(min(one["cpu_ns"] for one in ones), many["cpu_ns"] * 2)

    def test_concurrency_is_what_the_backend_can_have_of_the_tasks_that_there_are(self):
        for backend, variant, workers, tasks, expected in (
            ("serial", [], 1, 5, 1),
            ("std-thread", [], 4, 5, 4),
            ("std-thread", [], 4, 3, 3),
            ("event-loop", ["in-flight=3"], 2, 20, 6),
            ("event-loop", ["in-flight=3"], 2, 5, 5),
        ):
            with self.subTest(backend=backend, workers=workers, tasks=tasks):
                outcome = run(self.modules, "sleep", backend, [f"tasks={tasks}", "duration=1ms"], variant, workers)
                self.assertEqual((outcome["status"], outcome["concurrency"]), ("ok", expected))
        # A recursion does not say how many tasks it has.
        outcome = run(self.modules, "fib", "std-thread", ["n=10"], workers=2)
        self.assertEqual((outcome["status"], outcome["concurrency"]), ("ok", 2))
        outcome = run(self.modules, "fib", "event-loop", ["n=10"], ["in-flight=3"], workers=2)
        self.assertEqual((outcome["status"], outcome.get("concurrency")), ("unsupported", None))

    def test_builds_that_must_not_meet_do_not(self):
        usual, uring = self.file("workload", "sleep"), self.file("backend", "event-loop-uring")
        if uring is None:
            self.skipTest("event-loop-uring is left out")
        other = os.path.join(os.path.dirname(usual), "uring", "sleep.so")
        for workload, backend, build in ((usual, uring, "uring"), (other, self.file("backend", "event-loop"), ""),
                                         (other, self.file("backend", "serial"), "")):
            with self.subTest(workload=workload, backend=backend), tempfile.TemporaryDirectory() as folder:
                result = os.path.join(folder, "result.json")
                self.cell("--workload", workload, "--backend", backend, "--result", result)
                with open(result) as stream:
                    outcome = json.load(stream)
                self.assertEqual(outcome["status"], "unsupported", outcome)
                self.assertIn(f"this workload has no build '{build}'", outcome["detail"])

    def test_prices_are_in_the_outcome_whatever_becomes_of_it(self):
        outcome = run(self.modules, "dispatch", "serial", ["tasks=1000"])
        self.assertEqual((outcome["status"], outcome["prices"]), ("ok", "empty task in a loop=wall/1000"))
        outcome = run(self.modules, "ping-pong", "serial", ["rounds=5", "patience=10ms"])
        self.assertEqual(outcome["status"], "unsupported")
        self.assertEqual(outcome["prices"], "hand-over between workers, spinning, on two cores=wall/10")
        self.assertEqual(run(self.modules, "primes", "serial", ["n=1000"])["prices"], "")

    def test_pauses_are_not_timed_but_take_their_part_of_the_minimum_time(self):
        outcome = run(self.modules, "region", "serial", ["pause=50ms"], extra=["--minimum-time", "60ms"])
        self.assertEqual((outcome["status"], outcome["iterations"]), ("ok", 2))
        hot = run(self.modules, "region", "serial", [], extra=["--minimum-time", "60ms"])
        self.assertGreater(hot["iterations"], 2)
        self.assertEqual(outcome["prices"], "empty region after 50ms idle=wall;"
                         "CPU time of a second, idle for 50ms at a time=cpu/0.05")

    def test_what_a_check_remarks_is_told(self):
        outcome = run(self.modules, "shared-counter", "serial", ["method=unlocked", "tasks=3", "adds=7"],
                      extra=["--iterations", "2"])
        # One worker alone loses no addition: there are 21 in the cold execution and in each of two warm ones.
        self.assertEqual((outcome["status"], outcome["detail"]), ("ok", "0 of 63 additions lost"))

    def test_latencies_are_those_of_the_records(self):
        outcome = run(self.modules, "records", "std-thread", ["n=1000"], workers=3, extra=["--iterations", "4"])
        self.assertEqual((outcome["status"], outcome["tasks_failed"]), ("ok", 0))
        self.assertEqual([outcome[f"latency_{name}_ns"] for name in ("p50", "p95", "p99", "max")],
                         [500_000, 950_000, 990_000, 1_000_000])
        # The nearest rank of 1, 2 ... 1000, each four times.
        for share, latency in outcome["latency_quantiles"]:
            self.assertEqual(latency, -(-round(share * 4000) // 4) * 1000, share)
        self.assertEqual(outcome["latency_quantiles"][-1], [1, 1_000_000])
        self.assertIn(0.999, [share for share, _ in outcome["latency_quantiles"]])

    def test_few_tasks_give_each_its_own_quantile(self):
        outcome = run(self.modules, "records", "serial", ["n=5"], extra=["--iterations", "1"])
        self.assertEqual(outcome["latency_quantiles"],
                         [[0.2, 1000], [0.4, 2000], [0.6, 3000], [0.8, 4000], [1.0, 5000]])
        self.assertEqual((outcome["latency_p50_ns"], outcome["latency_p95_ns"]), (3000, 5000))

    def test_failed_tasks_are_counted_and_named(self):
        outcome = run(self.modules, "records", "fork", ["n=100", "failures=7"], workers=2,
                      extra=["--iterations", "2"])
        self.assertEqual(outcome["status"], "failed")
        # The executions that find the number of iterations are left out where that is given: cold and two.
        self.assertEqual(outcome["tasks_failed"], 3 * 7)
        self.assertEqual(outcome["detail"], "21 of 300 tasks failed: 12 x frequent; 9 x rare")
        self.assertGreater(outcome["wall_ns"], 0)
        # Those that failed have no latency: 93 tasks, the fastest of which took what its own number says.
        self.assertEqual(outcome["latency_max_ns"], 100_000)
        self.assertEqual(len(outcome["latency_quantiles"]), 100)

    def test_where_all_tasks_fail_nothing_more_is_measured(self):
        outcome = run(self.modules, "records", "serial", ["n=10", "failures=10"])
        self.assertEqual((outcome["status"], outcome["tasks_failed"]), ("failed", 10))
        self.assertEqual(outcome["detail"], "10 of 10 tasks failed: 6 x frequent; 4 x rare")
        self.assertNotIn("wall_ns", outcome)
        self.assertNotIn("latency_max_ns", outcome)

    def test_without_records_there_are_no_latencies(self):
        outcome = run(self.modules, "primes", "serial", ["n=1000"])
        self.assertNotIn("tasks_failed", outcome)
        self.assertNotIn("latency_p50_ns", outcome)

    def test_google_benchmark_flags_work(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out.json")
            done = self.cell("--workload", self.file("workload", "primes"), "--set", "n=1000", "--backend",
                             self.file("backend", "serial"), "--iterations", "3", f"--benchmark_out={out}",
                             "--benchmark_out_format=json")
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(out) as stream:
                benchmark, = json.load(stream)["benchmarks"]
        self.assertTrue(benchmark["name"].startswith("primes/serial/workers:1"), benchmark["name"])
        self.assertEqual(benchmark["iterations"], 3)

    def test_mistakes_are_one_line_and_a_status(self):
        primes, serial = self.file("workload", "primes"), self.file("backend", "serial")
        for arguments, status, words in (
            (["--nonsense"], 2, "nonsense"),
            (["--benchmark_nonsense"], 2, ""),
            (["--workload", primes], 2, "--backend"),
            (["--workload", primes, "--backend", serial, "--set", "n=x"], 2, "'n' cannot be 'x'"),
            (["--workload", primes, "--backend", serial, "--set", "nn=1"], 2, "no parameter 'nn'"),
            (["--workload", primes, "--backend", serial, "--set", "n"], 2, "NAME=VALUE"),
            (["--workload", primes, "--backend", serial, "--workers", "0"], 2, "--workers"),
            (["--workload", primes, "--backend", serial, "--minimum-time", "fast"], 2, "50ms"),
            (["--workload", primes, "--backend", serial, "--variant", "x=1"], 2, "no parameter 'x'"),
            (["--workload", "/nowhere.so", "--backend", serial], 3, "/nowhere.so"),
            (["--workload", serial, "--backend", serial], 3, "holds no workload"),
            (["--describe", __file__], 3, "cannot load module"),
        ):
            with self.subTest(arguments=arguments):
                done = self.cell(*arguments)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertIn(words, done.stderr)

    def test_an_option_says_whether_it_only_sets_how_many_tasks_are_under_way(self):
        flagged = {}
        for backend in ("event-loop", "std-thread"):
            done = self.cell("--describe", self.file("backend", backend))
            options = json.loads(done.stdout)["options"]
            flagged[backend] = [option["name"] for option in options if option.get("concurrency")]
        self.assertEqual(flagged, {"event-loop": ["in-flight"], "std-thread": []})

    def test_a_probe_tells_the_memory_before_it_is_touched(self):
        done = self.cell("--probe", "--workload", self.file("workload", "primes"), "--set", "grain=1")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual(found["tasks"], 1_000_000)
        # A cache line for each result.
        self.assertGreaterEqual(found["memory_bytes"], 64_000_000)

    def test_it_loads_no_library_but_the_clock_of_the_warm_batch(self):
        # Every sample would have to load it.
        loaded = subprocess.run(["ldd", self.modules.cell], capture_output=True, text=True, check=True).stdout
        names = {line.split()[0].split(".so")[0] for line in loaded.splitlines() if ".so" in line}
        sanitizers = {name for name in names if name.endswith("san")}
        ours = {name for name in names if not name.startswith(("linux-vdso", "/lib", "ld-linux"))}
        self.assertLessEqual(ours - sanitizers, {"libbenchmark", "libstdc++", "libm", "libgcc_s", "libc", "libdl",
                                                 "libpthread", "librt"})

    def test_help_and_version(self):
        self.assertIn("--workload", self.cell("--help").stdout)
        self.assertRegex(self.cell("--version").stdout, r"^\d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    Program.modules = Modules(*sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
