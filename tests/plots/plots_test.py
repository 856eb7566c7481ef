"""Draws made-up runs and looks at what is in the figures. PLOTS names the folder of plot.py."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PLOTS = pathlib.Path(os.environ["PLOTS"])
sys.path[:0] = [str(PLOTS), str(pathlib.Path(__file__).parent)]

import matplotlib

matplotlib.use("Agg")
import numpy

import efficiency
import latency
import lines
import prices
import scaling
import speedup
import style
import sweep
from run import Run, RunError, best_at_each, kept_out, number_of, time_text

COLUMNS = ("workload,parameters,bound,shape,backend,variant,workers,n,median_ns,ci_low_ns,ci_high_ns,speedup,"
           "speedup_low,speedup_high,efficiency,verdict,rank").split(",")


def cell(backend, workers, median=None, base=None, verdict="slower", n=6, workload="primes", parameters="n=1000",
         variant="", bound="cpu"):
    row = dict.fromkeys(COLUMNS, "")
    row.update(workload=workload, parameters=parameters, bound=bound, shape="independent", backend=backend,
               variant=variant, workers=workers, n=n, verdict=verdict)
    if median is not None:
        row.update(median_ns=median)
        if n >= 6:
            row.update(ci_low_ns=round(median * 0.97), ci_high_ns=round(median * 1.04))
        if base is not None:
            row.update(speedup=base / median, efficiency=base / median / workers)
            if n >= 6:
                row.update(speedup_low=base / median * 0.96, speedup_high=base / median * 1.03)
    return row


BASE = 40_000_000
USUAL = [
    cell("serial", 1, BASE, BASE),
    cell("tbb", 1, 41_000_000, BASE),
    cell("tbb", 2, 21_000_000, BASE, "fastest"),
    cell("fork", 2, 23_000_000, BASE),
    cell("mpi", 1, verdict="crashed"),
    cell("mpi", 2, verdict="crashed"),
    cell("fork", 8, verdict="timeout"),
]


class Drawn(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def write(self, rows):
        with open(self.folder / "summary.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)

    def run_of(self, rows):
        self.write(rows)
        return Run(self.folder)

    def plot(self, *arguments, **environment):
        return subprocess.run([sys.executable, PLOTS / "plot.py", *arguments], capture_output=True, text=True,
                              env={**os.environ, **environment}, check=False)


def words(figure):
    """All text of a figure."""
    found = []
    for text in figure.findobj(matplotlib.text.Text):
        if text.get_visible() and text.get_text():
            found.append(text.get_text())
    return "\n".join(found)


class Program(Drawn):
    def test_pictures_and_vector_graphics(self):
        self.write(USUAL)
        done = self.plot(self.folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        for name in ("speedup", "scaling"):
            self.assertTrue((self.folder / "plots" / f"{name}.png").read_bytes().startswith(b"\x89PNG"))
            self.assertIn("tbb", (self.folder / "plots" / f"{name}.svg").read_text(encoding="utf-8"))

    def test_same_summary_same_vector_graphics(self):
        self.write(USUAL)
        self.plot(self.folder)
        first = (self.folder / "plots/scaling.svg").read_bytes()
        self.plot(self.folder)
        self.assertEqual(first, (self.folder / "plots/scaling.svg").read_bytes())

    def test_command_line(self):
        self.assertEqual(self.plot().returncode, 2)

    def test_folder_without_summary(self):
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr, f"plot.py: there is no {self.folder}/summary.csv; runoff report makes it\n")

    def test_damaged_summary(self):
        (self.folder / "summary.csv").write_text("workload,backend\nprimes,tbb\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("summary.csv", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_missing_package_is_told_by_status(self):
        (self.folder / "pandas.py").write_text("raise ImportError('none here')\n")
        self.assertEqual(self.plot(self.folder, PYTHONPATH=str(self.folder)).returncode, 4)


class Summary(Drawn):
    def test_unknown_is_no_number(self):
        run = self.run_of(USUAL)
        self.assertTrue(numpy.isnan(run.cells.median_ns[4]))
        self.assertEqual(run.cells.verdict[4], "crashed")

    def test_names_like_no_value_stay_names(self):
        self.assertEqual(self.run_of([cell("null", 1, 5), cell("NA", 1, 6)]).cells.label.tolist(), ["null", "NA"])

    def test_variants_are_told_where_there_are_several(self):
        run = self.run_of([cell("tbb", 2, 5, variant="p=a"), cell("tbb", 2, 5, variant="p=b"),
                           cell("openmp", 2, 5, variant="s=x")])
        self.assertEqual(run.cells.label.tolist(), ["tbb p=a", "tbb p=b", "openmp"])
        self.assertEqual(run.cells["style"].tolist(), [0, 1, 0])

    def test_titles_tell_the_parameters_that_vary(self):
        run = self.run_of([cell("tbb", 2, 5, parameters="n=1;g=2"), cell("tbb", 2, 5, parameters="n=2;g=2"),
                           cell("tbb", 2, 5, workload="sleep", parameters="d=1ms")])
        self.assertEqual([title for title, _ in run.problems()], ["primes n=1", "primes n=2", "sleep"])

    def test_kept_out_in_words(self):
        run = self.run_of(USUAL)
        self.assertEqual(kept_out(run.cells), ["fork: timeout with 8 workers", "mpi: crashed with 1, 2 workers"])

    def test_samples_in_words(self):
        self.assertEqual(self.run_of(USUAL).samples(), "Medians of 6 processes each, with 95 % bootstrap intervals")
        self.assertEqual(self.run_of([cell("tbb", 1, 5, n=1, verdict="too-few")]).samples(),
                         "Medians of 1 process each, too few for intervals")
        self.assertEqual(self.run_of([cell("tbb", 1, verdict="wrong")]).samples(), "Nothing was measured right")

    def test_times(self):
        self.assertEqual([time_text(ns) for ns in (7, 1234, 38.2e6, 382e6, 9.999e6, 2e9)],
                         ["7.00 ns", "1.23 µs", "38.2 ms", "382 ms", "10.0 ms", "2.00 s"])


PRICES = "price,backend,variant,workers,unit,value,low,high,n,workload,parameters,verdict"


class Prices(Drawn):
    def run_with(self, *rows):
        (self.folder / "prices.csv").write_text("\n".join([PRICES, *rows]) + "\n", encoding="utf-8")
        return self.run_of([cell(backend, workers, 500, 500, workload="region", parameters="tasks=2", bound="runtime")
                            for backend, workers in (("serial", 1), ("tbb", 1), ("tbb", 2), ("fork", 2), ("mpi", 2))])

    def example(self):
        return self.run_with("empty region,serial,,1,ns,44,43,45,6,region,tasks=2,fastest",
                             "empty region,tbb,,1,ns,60,59,61,6,region,tasks=2,slower",
                             "empty region,fork,,2,ns,200,190,210,6,region,tasks=2,fastest",
                             "empty region,tbb,,2,ns,300,290,310,6,region,tasks=2,slower",
                             "empty region,mpi,,2,ns,,,,0,region,tasks=2,crashed",
                             "start-up,tbb,,2,ns,9000000,,,2,region,tasks=2,too-few",
                             "memory,fork,,2,bytes,1048576,1e6,1.1e6,6,region,tasks=2,fastest")

    def test_a_row_for_each_price_and_number_of_workers(self):
        run = self.example()
        self.assertEqual([name for name, _ in prices.rows_of(run.prices[run.prices.unit == "ns"])],
                         ["empty region, 1 worker", "empty region, 2 workers", "start-up"])
        said = words(prices.draw(run))
        for needed in ("empty region, 2 workers", "start-up", "memory", "fork", "serial", "nothing is subtracted"):
            self.assertIn(needed, said)
        self.assertEqual([prices.tick_text(value, prices.UNITS["ns"][0]) for value in (0.01, 100, 1e4, 1e9)],
                         ["0.01 ns", "100 ns", "10 µs", "1 s"])
        self.assertEqual(prices.tick_text(2**21, prices.UNITS["bytes"][0]), "2 MiB")

    def test_serial_stands_beside_every_number_of_workers(self):
        run = self.example()
        for name, rows in prices.rows_of(run.prices[run.prices.price == "empty region"]):
            self.assertIn("serial", set(rows.backend), name)

    def test_what_is_a_price_is_no_contest(self):
        run = self.example()
        self.assertTrue(run.cells.empty)
        done = self.plot(self.folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual({file.name for file in (self.folder / "plots").iterdir()}, {"prices.png", "prices.svg"})

    def test_no_prices_no_figure(self):
        self.assertIsNone(prices.draw(self.run_of(USUAL)))

    def test_damaged_prices(self):
        with self.assertRaisesRegex(RunError, "prices.csv is damaged"):
            self.run_with("empty region,tbb,,2,ns,much,,,6,region,tasks=2,fastest")


class Figures(Drawn):
    def test_speedup_says_what_a_reader_must_know(self):
        (self.folder / "environment.json").write_text(
            '{"processor": {"model": "Example"}, "cores_used_as_all": 2}')
        said = words(speedup.draw(self.run_of(USUAL)))
        for needed in ("Example, 2 cores", "6 processes", "serial 40.0 ms", "95 %", "1.90", "21.0 ms",
                       "kept out: crashed", "kept out: fork: timeout with 8 workers", "speed-up against serial (×)"):
            self.assertIn(needed, said)

    def test_scaling_says_what_a_reader_must_know(self):
        said = words(scaling.draw(self.run_of(USUAL)))
        for needed in ("ideal", "serial 40.0 ms", "workers", "time", "Machine unknown", "logarithmic",
                       "kept out: mpi: crashed with 1, 2 workers"):
            self.assertIn(needed, said)

    def test_points_intervals_and_ideal_are_where_they_belong(self):
        figure = scaling.draw(self.run_of(USUAL))
        axes = figure.axes[0]
        ideal = next(line for line in axes.lines if line.get_linestyle() == "--")
        numpy.testing.assert_allclose(ideal.get_xdata() * ideal.get_ydata(), BASE)
        tbb = next(bars for bars in axes.containers if len(bars.lines[0].get_xdata()) == 2)
        numpy.testing.assert_allclose(tbb.lines[0].get_ydata(), [41e6, 21e6])
        numpy.testing.assert_allclose(tbb.lines[0].get_xdata(), [1, 2], rtol=0.03)
        low, high = sorted(tbb.lines[2][0].get_segments()[1][:, 1])
        numpy.testing.assert_allclose([low, high], [21e6 * 0.97, 21e6 * 1.04])

    def test_speedups_intervals_are_where_they_belong(self):
        axes = speedup.draw(self.run_of(USUAL)).axes[0]
        self.assertEqual([tick.get_text() for tick in axes.get_yticklabels()], ["tbb", "fork", "serial", "mpi"])
        spans = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2 and line.get_color() == style.INK]
        expected = [BASE / 21e6 * 0.96, BASE / 21e6 * 1.03]
        self.assertTrue(any(numpy.allclose(span, expected) for span in spans))

    def test_a_backend_looks_the_same_in_every_run(self):
        self.assertEqual(len({colour for colour, _ in style.KNOWN.values()}), len(style.KNOWN))
        self.assertEqual(len({marker for _, marker in style.KNOWN.values()}), len(style.KNOWN))
        self.assertEqual(style.look("somebody-elses"), style.look("somebody-elses"))

    def test_runs_of_every_kind_can_be_drawn(self):
        runs = {
            "all kept out": [cell("serial", 1, verdict="wrong"), cell("tbb", 2, verdict="crashed")],
            "no serial": [cell("tbb", 1, 5e6), cell("tbb", 2, 4e6)],
            "one cell": [cell("serial", 1, 5e6, 5e6)],
            "few samples": [cell("serial", 1, 5e6, 5e6, n=2), cell("tbb", 2, 4e6, 5e6, n=2)],
            "far apart": [cell("serial", 1, 5e6, 5e6), cell("tbb", 2, 4e6, 5e6), cell("mpi", 1000, 9e9, 5e6)],
            "many problems": [cell(name, 1, 5e6, 5e6, parameters=f"n={n}") for n in range(7)
                              for name in ("serial", "tbb")],
            "variants": [cell("tbb", w, 5e6, variant=f"grain={g}") for g in range(9) for w in (1, 2)],
        }
        for name, rows in runs.items():
            with self.subTest(name):
                run = self.run_of(rows)
                for draw in (speedup.draw, scaling.draw):
                    figure = draw(run)
                    figure.savefig(self.folder / "picture.png", dpi=40)
                    self.assertEqual(len(figure.axes), len(list(run.problems())))

    def test_direct_labels_do_not_overlap(self):
        rows = [cell("serial", 1, BASE, BASE)] + [cell(f"b{i}", w, BASE / w * (1 + i / 1000), BASE)
                                                  for i in range(9) for w in (1, 2, 4)]
        figure = scaling.draw(self.run_of(rows))
        figure.canvas.draw()
        text_alone = matplotlib.text.Text.get_window_extent  # an annotation's own extent has its line in it
        boxes = sorted((text_alone(label) for label in figure.axes[0].texts), key=lambda box: box.y0)
        for below, above in zip(boxes, boxes[1:]):
            self.assertLessEqual(below.y0 + 0.8 * below.height, above.y0)

    def test_spread_keeps_what_is_apart_and_parts_what_is_not(self):
        self.assertEqual(lines.spread([0, 50, 100], 10), [0, 50, 100])
        self.assertEqual(lines.spread([10, 10, 10], 10), [0, 10, 20])
        self.assertEqual(lines.spread([], 10), [])
        self.assertEqual(lines.spread([1, 30, 30, 30], 10, 32), [1, 12, 22, 32])


def waiting(backend, workers, median, latency="10ms", in_flight=None):
    return cell(backend, workers, median, workload="fetch", parameters=f"latency={latency};n=26", bound="io",
                variant="" if in_flight is None else f"in-flight={in_flight}")


class Sweeps(Drawn):
    ROWS = [
        waiting("std-thread", 1, 260e6), waiting("std-thread", 26, 12e6), waiting("event-loop", 1, 11e6, in_flight=26),
        waiting("event-loop", 2, 10e6, in_flight=1000), waiting("fork", 26, 15e6), waiting("fork", 1, 270e6),
        waiting("fork", 2000, 35e6),
        waiting("std-thread", 26, 2e6, latency="1ms"), waiting("event-loop", 1, 3e6, latency="1ms", in_flight=26),
        waiting("fork", 26, 4e6, latency="1ms"),
    ]

    def swept(self, rows):
        return {(title, axis): cells for title, axis, cells in self.run_of(rows).sweeps()}

    def test_values_are_numbers_in_their_units_base(self):
        self.assertEqual([number_of(text) for text in ("10", "1.5ms", "64KiB", "2s", "triad", "", "5 apples")],
                         [10, 1.5e6, 65536, 2e9, None, None, None])

    def test_a_parameter_that_varies_alone_is_swept(self):
        found = self.swept(self.ROWS)
        self.assertIn(("fetch by latency", "latency"), found)
        self.assertNotIn(("fetch by n", "n"), found)
        cells = found["fetch by latency", "latency"]
        best = cells[cells.label == "std-thread"]
        self.assertEqual(list(zip(best.x, best.value, best.median_ns)), [(1e6, "1ms", 2e6), (10e6, "10ms", 12e6)])

    def test_two_parameters_that_vary_together_are_no_sweep(self):
        self.assertEqual(self.swept([cell("tbb", 1, 5, parameters="a=1;b=1"), cell("tbb", 1, 5, parameters="a=2;b=2")]),
                         {})

    def test_concurrency_is_workers_times_in_flight(self):
        cells = self.swept(self.ROWS)["fetch latency=10ms by concurrency", "concurrency"]
        loop = cells[cells.label == "event-loop"]
        self.assertEqual(list(zip(loop.x, loop.median_ns)), [(26, 11e6), (2000, 10e6)])
        self.assertEqual(sorted(cells[cells.label == "std-thread"].x), [1, 26])
        self.assertEqual(sorted(cells[cells.label == "fork"].x), [1, 26, 2000])

    def test_concurrency_is_no_more_than_there_are_tasks(self):
        columns = ["workload", "parameters", "backend", "variant", "workers", "tasks"]
        with open(self.folder / "samples.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**row, "tasks": 26} for row in self.ROWS)
            writer.writerow({**self.ROWS[0], "tasks": ""})  # a sample that failed
        cells = self.swept(self.ROWS)["fetch latency=10ms by concurrency", "concurrency"]
        self.assertEqual(sorted(cells[cells.label == "event-loop"].x), [26])
        self.assertEqual(sorted(cells[cells.label == "fork"].x), [1, 26])

    def test_values_that_only_one_backend_has_are_left_out(self):
        rows = [waiting("tbb", 1, 5e6), waiting("fork", 1, 6e6), waiting("tbb", 2, 5e6), waiting("tbb", 3, 5e6),
                waiting("fork", 3, 6e6)]
        cells = self.swept(rows)["fetch by concurrency", "concurrency"]
        self.assertEqual(sorted(cells.x), [1, 1, 3, 3])

    def test_where_nobody_stands_twice_nothing_was_varied(self):
        self.assertEqual(self.swept([waiting("serial", 1, 260e6), waiting("tbb", 26, 12e6),
                                     waiting("event-loop", 1, 11e6, in_flight=1000)]), {})

    def test_work_that_computes_has_no_sweep_of_concurrency(self):
        self.assertEqual(self.swept([cell("tbb", workers, 5) for workers in (1, 2, 4)]), {})

    def test_the_figure_tells_who_is_best_where(self):
        figure = sweep.draw(self.run_of(self.ROWS))
        axes = next(axes for axes in figure.axes if axes.get_title(loc="left") == "fetch by latency")
        above = [text.get_text() for text in axes.texts if text.get_position()[1] == 1.06]
        self.assertEqual(above, ["std-thread", "event-loop\nin-flight=1000"])
        self.assertIsNone(sweep.draw(self.run_of(USUAL)))

    def test_bests_where_nothing_was_measured_is_nothing(self):
        run = self.run_of([waiting("tbb", 1, None), waiting("tbb", 2, None), waiting("fork", 1, None)])
        self.assertEqual(len(best_at_each(run.cells.assign(x=1))), 2)


class Latencies(Drawn):
    def latencies(self, rows):
        with open(self.folder / "latencies.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow("run,order,workload,parameters,backend,variant,workers,sample,quantile,latency_ns".split(","))
            writer.writerows(rows)

    def test_each_point_is_the_median_over_processes(self):
        rows = [["r", sample, "fetch", "latency=10ms;n=26", "std-thread", "", 26, sample, share, latency * factor]
                for sample, factor in enumerate((1, 3, 2))
                for share, latency in ((0.25, 10e6), (0.5, 11e6), (0.75, 12e6), (1, 30e6))]
        self.latencies(rows)
        run = self.run_of([waiting("std-thread", 26, 12e6)])
        self.assertEqual(run.latencies().latency_ns.tolist(), [20e6, 22e6, 24e6, 60e6])
        axes = latency.draw(run).axes[0]
        numpy.testing.assert_allclose(axes.lines[0].get_xdata(), [20e6, 22e6, 24e6, 60e6])
        numpy.testing.assert_allclose(axes.lines[0].get_ydata()[:3], [0.1249387, 0.30103, 0.60206], rtol=1e-5)
        self.assertIn("std-thread, 26 workers: 60.0 ms", words(axes.figure))

    def test_processes_that_tell_other_shares_are_compared_at_the_same_ones(self):
        told = [{0.5: 10e6, 1: 40e6}, {0.25: 5e6, 0.5: 6e6, 0.75: 7e6, 1: 8e6}, {1: 30e6}]
        self.latencies([["r", order, "fetch", "latency=10ms;n=26", "std-thread", "", 26, order, share, ns]
                        for order, shares in enumerate(told) for share, ns in shares.items()])
        rows = self.run_of([waiting("std-thread", 26, 12e6)]).latencies().sort_values("quantile")
        self.assertEqual(rows["quantile"].tolist(), [0.25, 0.5, 0.75, 1])
        self.assertEqual(rows.latency_ns.tolist(), [10e6, 10e6, 30e6, 30e6])

    def test_each_backend_stands_at_its_best_number_of_workers(self):
        self.latencies([["r", workers, "fetch", "latency=10ms;n=26", "std-thread", "", workers, 0, 1, 5e6]
                        for workers in (1, 26)])
        said = words(latency.draw(self.run_of([waiting("std-thread", 1, 260e6), waiting("std-thread", 26, 12e6)])))
        self.assertIn("26 workers", said)
        self.assertNotIn("std-thread, 1 worker", said)

    def test_without_records_there_is_no_figure(self):
        self.assertIsNone(latency.draw(self.run_of(USUAL)))

    def test_old_pictures_go(self):
        self.write(USUAL)
        (self.folder / "plots").mkdir()
        (self.folder / "plots" / "latency.png").write_bytes(b"of another run")
        self.assertEqual(self.plot(self.folder).returncode, 0)
        self.assertFalse((self.folder / "plots" / "latency.png").exists())

    def test_a_damaged_file_is_named(self):
        self.write(USUAL)
        (self.folder / "latencies.csv").write_text("what,is\nthis,then\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("latencies.csv is damaged", done.stderr)


class Efficiencies(Drawn):
    CELL = ["graph", "kernel=compute;width=8"]

    def write_table(self, name, header, rows):
        with open(self.folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["workload", "parameters", "backend", "variant", "workers", *header], *rows])

    def write_curves(self, crossing=(212.5, 200, 240), points=((4096, 9000.0, 0.99), (64, 400.0, 0.6), (1, 180.0, 0.1))):
        self.write_table("efficiency.csv", ["grain", "granularity_ns", "efficiency"],
                         [[*self.CELL, "tbb", "", 2, *point] for point in points]
                         + [[*self.CELL, "mpi", "", 2, 4096, 12000.0, 0.4], [*self.CELL, "mpi", "", 2, 1, 900.0, 0.01]])
        self.write_table("metg.csv", ["peak", "metg_ns", "metg_low_ns", "metg_high_ns"],
                         [[*self.CELL, "tbb", "", 2, 1e9, *crossing], [*self.CELL, "mpi", "", 2, 1e9, "", "", ""]])
        return self.run_of([cell(name, 2, 5e6, workload="graph", parameters=f"grain={grain};{self.CELL[1]}")
                            for name in ("tbb", "mpi") for grain in (1, 64, 4096)])

    def test_points_and_the_crossing_are_where_they_belong(self):
        axes = efficiency.draw(self.write_curves()).axes[0]
        self.assertEqual(axes.get_xscale(), "log")
        drawn = [(line.get_xdata(), line.get_ydata()) for line in axes.lines if len(line.get_xdata()) == 3]
        numpy.testing.assert_allclose(drawn[0], [[180, 400, 9000], [0.1, 0.6, 0.99]])
        marked = [list(line.get_xdata()) for line in axes.lines if list(line.get_ydata()) == [0.5]]
        self.assertEqual(marked, [[212.5]])
        bars = [list(line.get_xdata()) for line in axes.lines if list(line.get_ydata()) == [0.5, 0.5]]
        self.assertIn([200, 240], bars)

    def test_a_curve_goes_from_grain_to_grain(self):
        axes = efficiency.draw(self.write_curves(points=((64, 400.0, 0.6), (1, 190.0, 0.1), (4, 180.0, 0.3)))).axes[0]
        drawn = [list(line.get_ydata()) for line in axes.lines if len(line.get_xdata()) == 3]
        self.assertEqual(drawn[0], [0.1, 0.3, 0.6])

    def test_it_says_what_a_reader_must_know(self):
        said = words(efficiency.draw(self.write_curves()))
        for needed in ("graph, 2 workers", "kernel=compute", "tbb  212 ns", "mpi", "METG(50 %)", "efficiency",
                       "task granularity: time × workers ÷ tasks", "6 processes"):
            self.assertIn(needed, said)

    def test_without_an_interval_there_is_the_crossing_alone(self):
        axes = efficiency.draw(self.write_curves(crossing=(212.5, 200, ""))).axes[0]
        self.assertFalse([line for line in axes.lines if list(line.get_xdata()) == [200, 240]])
        self.assertTrue([line for line in axes.lines if list(line.get_xdata()) == [212.5]])

    def test_without_sizes_there_is_no_figure(self):
        self.assertIsNone(efficiency.draw(self.run_of(USUAL)))

    def test_a_damaged_file_is_named(self):
        self.write(USUAL)
        (self.folder / "efficiency.csv").write_text("what,is\nthis,then\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("efficiency.csv is damaged", done.stderr)


if __name__ == "__main__":
    unittest.main()
