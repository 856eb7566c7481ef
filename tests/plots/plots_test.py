"""Draws made-up runs and looks at what is in the figures. PLOTS names the folder of plot.py."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings

PLOTS = pathlib.Path(os.environ["PLOTS"])
sys.path[:0] = [str(PLOTS), str(pathlib.Path(__file__).parent)]

import matplotlib

matplotlib.use("Agg")
import numpy

import crossover
import efficiency
import heatmap
import latency
import lines
import prices
import profile
import resources
import scaling
import speedup
import style
import sweep
import units
from run import MOST, Run, kept_out, samples
from tables import RunError

COLUMNS = ("workload,parameters,bound,shape,backend,variant,workers,n,median_ns,ci_low_ns,ci_high_ns,speedup,"
           "speedup_low,speedup_high,efficiency,verdict,rank,problem,label,contest,place").split(",")


def cell(backend, workers, median=None, base=None, verdict="slower", n=6, workload="primes", parameters="n=1000",
         variant="", bound="cpu", problem=None, label=None, place=None, contest=None):
    """A row of summary.csv. `place`: it stands for its backend in the contest of its problem."""
    row = dict.fromkeys(COLUMNS, "")
    row.update(workload=workload, parameters=parameters, bound=bound, shape="independent", backend=backend,
               variant=variant, workers=workers, n=n, verdict=verdict, problem=problem or workload,
               label=label or backend, place=place or "",
               contest=contest if contest is not None else verdict if place else "outdone")
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
    cell("serial", 1, BASE, BASE, place=3),
    cell("tbb", 1, 41_000_000, BASE),
    cell("tbb", 2, 21_000_000, BASE, "fastest", place=1),
    cell("fork", 2, 23_000_000, BASE, place=2),
    cell("mpi", 1, verdict="crashed"),
    cell("mpi", 2, verdict="crashed", place=4),
    cell("fork", 8, verdict="timeout"),
]
MANY_WORKERS = [*USUAL, cell("tbb", 4, 11_000_000, BASE), cell("tbb", 8, 11_000_000, BASE)]


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

    def write_table(self, name, columns, rows):
        with open(self.folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns.split(","), *rows])

    def run_of(self, rows):
        self.write(rows)
        return Run(self.folder)

    def plot(self, *arguments, at=None, **environment):
        """`at`: the current folder."""
        return subprocess.run([sys.executable, PLOTS / "plot.py", *arguments], capture_output=True, text=True,
                              env={**os.environ, **environment}, cwd=at, check=False)


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
        for name in ("speedup", "scaling", "heatmap"):
            self.assertTrue((self.folder / "plots" / f"{name}.png").read_bytes().startswith(b"\x89PNG"))
            self.assertIn("tbb", (self.folder / "plots" / f"{name}.svg").read_text(encoding="utf-8"))

    def pictures(self, folder=None, **environment):
        done = self.plot(folder or self.folder, **environment)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        return {file.name: file.read_bytes() for file in (self.folder / "plots").iterdir()}

    def test_the_same_files_give_the_same_pictures(self):
        self.write(USUAL)
        first = self.pictures()
        self.assertEqual(set(first), {f"{name}.{suffix}" for name in ("speedup", "scaling", "heatmap") for suffix in ("png", "svg")})
        self.assertEqual(first, self.pictures())

    def test_a_users_own_settings_change_nothing(self):
        self.write(USUAL)
        first = self.pictures()
        settings = self.folder / "matplotlibrc"
        settings.write_text("axes.facecolor: pink\nfont.size: 30\nlines.dashed_pattern: 1, 1\nno.such.setting: 1\n")
        self.assertEqual(first, self.pictures(MATPLOTLIBRC=str(settings)))
        (self.folder / "home").mkdir()
        settings.rename(self.folder / "home" / "matplotlibrc")
        self.assertEqual(first, self.pictures(MPLCONFIGDIR=str(self.folder / "home")))
        (self.folder / "home" / "matplotlibrc").rename(settings)
        self.assertEqual(first, self.pictures(".", at=self.folder, MPLBACKEND="no such backend"))

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

    def test_names_are_those_of_the_report(self):
        run = self.run_of([cell("tbb", 2, 5, parameters="n=1", problem="primes with n=1", label="Threading Blocks"),
                           cell("tbb", 2, 5, parameters="n=2", problem="primes with n=2", label="Threading Blocks")])
        self.assertEqual([title for title, _ in run.problems()], ["primes with n=1", "primes with n=2"])
        self.assertIn("Threading Blocks", words(scaling.draw(run)))

    def test_what_is_in_no_contest_is_not_drawn(self):
        run = self.run_of([*USUAL, cell("tbb", 4, 9, contest=""), cell("tbb", 1, 9, workload="region", contest="")])
        self.assertEqual(len(run.cells), len(USUAL))
        self.assertEqual([title for title, _ in run.problems()], ["primes"])

    def test_variants_share_their_backends_colour_and_marker(self):
        looks = style.Looks(self.run_of([cell("tbb", 2, 5, label="tbb p=a"), cell("tbb", 2, 5, label="tbb p=b"),
                                         cell("openmp", 2, 5)]).cells)
        first, second, other = (looks(row) for row in self.run_of(
            [cell("tbb", 2, 5, label="tbb p=a"), cell("tbb", 2, 5, label="tbb p=b"), cell("openmp", 2, 5)]).cells.itertuples())
        self.assertEqual((first["color"], first["marker"]), (second["color"], second["marker"]))
        self.assertNotEqual(first["linestyle"], second["linestyle"])
        self.assertNotEqual(first["markerfacecolor"], second["markerfacecolor"])
        self.assertEqual(other["linestyle"], first["linestyle"])
        self.assertNotEqual(other["color"], first["color"])

    def test_kept_out_in_words(self):
        run = self.run_of(USUAL)
        self.assertEqual(kept_out(run.cells), ["fork: timeout with 8 workers", "mpi: crashed with 1, 2 workers"])

    def test_samples_in_words(self):
        def said(rows):
            return samples(self.run_of(rows).cells)
        self.assertEqual(said(USUAL), "Medians of 6 processes each, with 95 % bootstrap intervals")
        self.assertEqual(said([cell("tbb", 1, 5, n=1, verdict="too-few")]),
                         "Medians of 1 process each, too few for intervals")
        self.assertEqual(said([cell("tbb", 1, verdict="wrong")]), "Nothing was measured right")

    def test_numbers_in_units(self):
        self.assertEqual([units.time_text(ns) for ns in (7, 1234, 38.2e6, 382e6, 2e9, 3600e9)],
                         ["7 ns", "1.23 µs", "38.2 ms", "382 ms", "2.00 s", "3600 s"])
        self.assertEqual([units.ratio_text(ratio) for ratio in (1 / 650, 0.83, 1.948, 9.996, 104.2)],
                         ["0.00154 ×", "0.830 ×", "1.95 ×", "10.0 ×", "104 ×"])
        self.assertEqual([units.tick_text(ns) for ns in (0.01, 100, 1e4, 1e9, 1.5e6)],
                         ["0.01 ns", "100 ns", "10 µs", "1 s", "1.5 ms"])
        self.assertEqual([units.tick_text(count, units.BYTES) for count in (12, 2**21, 2**41)],
                         ["12 B", "2 MiB", "2 TiB"])


PRICES = "price,backend,variant,workers,unit,value,low,high,n,workload,parameters,verdict,label"


class Prices(Drawn):
    def run_with(self, *rows):
        (self.folder / "prices.csv").write_text("\n".join([PRICES, *rows]) + "\n", encoding="utf-8")
        return self.run_of([cell(backend, workers, 500, 500, workload="region", parameters="tasks=2", bound="runtime", contest="")
                            for backend, workers in (("serial", 1), ("tbb", 1), ("tbb", 2), ("fork", 2), ("mpi", 2))])

    def example(self):
        return self.run_with("empty region,serial,,1,ns,44,43,45,6,region,tasks=2,fastest,serial",
                             "empty region,tbb,,1,ns,60,59,61,6,region,tasks=2,slower,tbb",
                             "empty region,fork,,2,ns,200,190,210,6,region,tasks=2,fastest,fork",
                             "empty region,tbb,,2,ns,300,290,310,6,region,tasks=2,slower,tbb",
                             "empty region,mpi,,2,ns,,,,0,region,tasks=2,crashed,mpi",
                             "start-up,tbb,,2,ns,9000000,,,2,region,tasks=2,too-few,tbb",
                             "memory,fork,,2,bytes,1048576,1e6,1.1e6,6,region,tasks=2,fastest,fork")

    def test_a_row_for_each_price_and_number_of_workers(self):
        run = self.example()
        self.assertEqual([name for name, _ in prices.rows_of(run.prices[run.prices.unit == "ns"])],
                         ["empty region, 1 worker", "empty region, 2 workers", "start-up"])
        said = words(prices.draw(run))
        for needed in ("empty region, 2 workers", "start-up", "memory", "fork", "serial", "nothing is subtracted"):
            self.assertIn(needed, said)

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
            self.run_with("empty region,tbb,,2,ns,much,,,6,region,tasks=2,fastest,tbb")


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
        figure = scaling.draw(self.run_of(MANY_WORKERS))
        axes = figure.axes[0]
        ideal = next(line for line in axes.lines if line.get_linestyle() == "--")
        numpy.testing.assert_allclose(ideal.get_xdata() * ideal.get_ydata(), BASE)
        tbb = next(bars for bars in axes.containers if len(bars.lines[0].get_xdata()) == 4)
        numpy.testing.assert_allclose(tbb.lines[0].get_ydata(), [41e6, 21e6, 11e6, 11e6])
        numpy.testing.assert_allclose(tbb.lines[0].get_xdata(), [1, 2, 4, 8], rtol=0.03)
        low, high = sorted(tbb.lines[2][0].get_segments()[1][:, 1])
        numpy.testing.assert_allclose([low, high], [21e6 * 0.97, 21e6 * 1.04])

    def test_few_numbers_of_workers_stand_in_rows_beside_their_ideal(self):
        axes = scaling.draw(self.run_of(USUAL)).axes[0]
        self.assertEqual([tick.get_text() for tick in axes.get_yticklabels()], ["tbb", "fork"])
        points = sorted((line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines if line.get_marker() == "o")
        numpy.testing.assert_allclose(points, [(BASE / 41e6, 0), (BASE / 23e6, 1), (BASE / 21e6, 0)])
        ideal = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == "--"]
        self.assertEqual(ideal, [1, 2])
        spans = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "|"]
        self.assertTrue(any(numpy.allclose(span, [BASE / 21e6 * 0.96, BASE / 21e6 * 1.03]) for span in spans))

    def test_speedups_intervals_are_where_they_belong(self):
        axes = speedup.draw(self.run_of(USUAL)).axes[0]
        self.assertEqual([tick.get_text() for tick in axes.get_yticklabels()], ["tbb", "fork", "serial", "mpi"])
        spans = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2 and line.get_color() == style.INK]
        expected = [BASE / 21e6 * 0.96, BASE / 21e6 * 1.03]
        self.assertTrue(any(numpy.allclose(span, expected) for span in spans))

    def test_speedups_have_three_digits_however_small(self):
        said = words(speedup.draw(self.run_of([*USUAL, cell("openmp", 2, BASE / 0.00575, BASE, place=5)])))
        self.assertIn("0.00575", said)

    def test_problems_without_serial_have_no_panel_of_speedups_where_others_have_one(self):
        figure = speedup.draw(self.run_of([*USUAL, cell("tbb", 2, 5e6, workload="graph", place=1)]))
        self.assertEqual([axes.get_title(loc="left") for axes in figure.axes], ["primes"])

    def test_problems_with_one_number_of_workers_have_no_panel_of_scaling_where_others_have_several(self):
        figure = scaling.draw(self.run_of([*USUAL, cell("tbb", 2, 5e6, workload="graph", place=1)]))
        self.assertEqual([axes.get_title(loc="left") for axes in figure.axes], ["primes"])

    def test_the_order_of_a_contest_is_the_reports(self):
        rows = [cell("tbb", 2, 9e6, BASE, "inconclusive", place=2), cell("fork", 2, 8e6, BASE, place=3),
                cell("mpi", 2, 10e6, BASE, "fastest", place=1)]
        axes = speedup.draw(self.run_of(rows)).axes[0]
        self.assertEqual([tick.get_text() for tick in axes.get_yticklabels()], ["mpi", "tbb", "fork"])
        bold = [text.get_text() for text in axes.texts if text.get_fontweight() == "bold"]
        self.assertEqual(bold, ["4.00", "10.0 ms", "2"])

    def test_a_backend_looks_the_same_in_every_run(self):
        known = style.LOOKS["known"].values()
        for what in ("colour", "marker", "light", "dark"):
            self.assertEqual(len({one[what] for one in known}), len(known), what)
        self.assertEqual(style.look("of-a-plugin"), style.look("of-a-plugin"))

    def test_runs_of_every_kind_can_be_drawn(self):
        runs = {
            "all kept out": [cell("serial", 1, verdict="wrong", place=1), cell("tbb", 2, verdict="crashed", place=2)],
            "no serial": [cell("tbb", 1, 5e6), cell("tbb", 2, 4e6, place=1)],
            "edited by hand": [cell("serial", 1, 5e6, 5e6, place=2), {**cell("tbb", 2, 0, place=1), "speedup": "inf"}],
            "one cell": [cell("serial", 1, 5e6, 5e6, place=1)],
            "few samples": [cell("serial", 1, 5e6, 5e6, n=2, place=2), cell("tbb", 2, 4e6, 5e6, n=2, place=1)],
            "far apart": [cell("serial", 1, 5e6, 5e6, place=2), cell("tbb", 2, 4e6, 5e6, place=1),
                          cell("mpi", 1000, 9e9, 5e6, place=3)],
            "many problems": [cell(name, 1, 5e6, 5e6, parameters=f"n={n}", place=place) for n in range(7)
                              for place, name in enumerate(("serial", "tbb"), 1)],
            "variants": [cell("tbb", w, 5e6, variant=f"grain={g}", label=f"tbb grain={g}", place=g + 1 if w == 2 else None)
                         for g in range(9) for w in (1, 2)],
        }
        for name, rows in runs.items():
            with self.subTest(name):
                run = self.run_of(rows)
                for draw in (speedup.draw, scaling.draw):
                    figure = draw(run)
                    figure.savefig(self.folder / "picture.png", dpi=40)
                    self.assertEqual(len(figure.axes), len(run.problems()))
                for draw in (heatmap.draw, profile.draw, resources.draw):
                    figure = draw(run)
                    if figure is not None:
                        figure.savefig(self.folder / "picture.png", dpi=40)

    def test_direct_labels_do_not_overlap(self):
        rows = [cell("serial", 1, BASE, BASE)] + [cell(f"b{i}", w, BASE / w * (1 + i / 1000), BASE)
                                                  for i in range(9) for w in (1, 2, 4, 8)]
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


class Overviews(Drawn):
    def rows(self):
        return [cell("serial", 1, 9e6, 9e6, place=2), cell("tbb", 2, 6e6, 9e6, "fastest", place=1),
                cell("serial", 1, 5e6, 5e6, "inconclusive", workload="fib", place=2),
                cell("tbb", 2, 4e6, 5e6, "fastest", workload="fib", place=1),
                cell("mpi", 2, verdict="crashed", workload="fib", place=3),
                cell("serial", 1, 8e6, 8e6, "fastest", workload="a$b$_{", place=1),
                cell("tbb", 2, 80e6, 8e6, workload="a$b$_{", place=2)]

    def test_the_map_has_a_figure_or_a_word_for_each(self):
        figure = heatmap.draw(self.run_of(self.rows()))
        figure.savefig(self.folder / "picture.png", dpi=40)
        axes, = figure.axes
        placed = {(text.get_position()[0], text.get_position()[1]): text.get_text() for text in axes.texts}
        labels = ["mpi", "serial", "tbb"]
        at = lambda row, label: placed.get((labels.index(label) + 0.5, row + 0.5))
        self.assertEqual([at(0, label) for label in labels], [None, "1.50 ×", "1.00 ×"])
        self.assertEqual([at(1, label) for label in labels], ["crashed", "1.25 ×", "1.00 ×"])
        self.assertEqual([at(2, label) for label in labels], [None, "1.00 ×", "10.0 ×"])
        hatched = [(patch.get_x(), patch.get_y()) for patch in axes.patches if patch.get_hatch() and patch.get_y() < 3]
        numpy.testing.assert_allclose(hatched, [(1.02, 1.05)])

    def test_a_map_needs_something_to_compare(self):
        self.assertIsNone(heatmap.draw(self.run_of([cell("serial", 1, 5e6, 5e6, place=1)])))

    def test_the_profile_counts_workloads_within_a_factor(self):
        axes, = profile.draw(self.run_of(self.rows())).axes
        steps = {line.get_color(): (line.get_xdata(), line.get_ydata()) for line in axes.lines}
        within = lambda backend, factor: max(y for x, y in zip(*steps[style.look(backend)[0]]) if x <= factor)
        for backend, factor, share in (("serial", 1, 1 / 3), ("serial", 1.26, 2 / 3), ("serial", 1.5, 1), ("tbb", 9, 2 / 3),
                                       ("tbb", 10, 1)):
            self.assertAlmostEqual(within(backend, factor), share, msg=(backend, factor))
        self.assertNotIn(style.look("mpi")[0], steps)  # it was never right
        self.assertIsNone(profile.draw(self.run_of(USUAL)))

    def test_resources_are_those_of_the_report(self):
        self.write_table("resources.csv", "workload,parameters,backend,variant,workers,n,cpu_ns,peak_memory_bytes,problem,label",
                         [["primes", "n=1000", "tbb", "", 2, 6, 42e6, 3 * 2**20, "primes", "tbb"],
                          ["primes", "n=1000", "tbb", "", 1, 6, 1, 1, "primes", "tbb"],
                          ["primes", "n=1000", "fork", "", 2, 6, 45e6, "", "primes", "fork"]])
        processor, memory = resources.draw(self.run_of(USUAL)).axes
        self.assertEqual([tick.get_text() for tick in processor.get_yticklabels()], ["tbb", "fork"])
        points = lambda axes: [line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 1]
        self.assertEqual(points(processor), [42e6, 45e6])
        self.assertEqual(points(memory), [3 * 2**20])
        self.assertIsNone(resources.draw(self.run_of(USUAL[:1])))

    def test_of_too_many_panels_a_note_tells(self):
        rows = [cell(name, 1, 5e6, 5e6, parameters=f"n={n}", problem=f"primes n={n}", place=place) for n in range(MOST + 3)
                for place, name in enumerate(("serial", "tbb"), 1)]
        figure = speedup.draw(self.run_of(rows))
        self.assertEqual(len(figure.axes), MOST)
        self.assertIn(f"The first {MOST} of {MOST + 3}; report.html has all.", words(figure))


SWEEPS = ("workload,parameters,axis,value,number,backend,variant,workers,concurrency,n,median_ns,ci_low_ns,ci_high_ns,"
          "verdict,rank,reign,reigns,sweep,label")


def stop(value, number, backend, median, verdict, reign="", reigns="", label=None, sweep="fetch by latency"):
    """A row of sweeps.csv."""
    interval = ("", "") if median == "" else (median * 0.97, median * 1.04)
    return ["fetch", "n=26", sweep.rpartition(" ")[2], value, number, backend, "", 26, 26, 6, median, *interval, verdict, "",
            reign, reigns, sweep, label or backend]


SCALING = ("workload,parameters,backend,variant,amdahl_rate,amdahl_serial,usl_rate,usl_contention,usl_coherence,problem,label,"
           "amdahl_misses,usl_misses")


class Laws(Drawn):
    def test_a_law_is_drawn_where_it_describes_the_medians(self):
        self.write_table("scaling.csv", SCALING, [
            ["primes", "n=1000", "tbb", "", 2e-8, 0.1, 3e-8, 0.2, 0.01, "primes", "tbb", "", 0.4],
            ["primes", "n=1000", "fork", "", "", "", "", "", "", "primes", "fork", "", ""]])
        run = self.run_of(MANY_WORKERS)
        self.assertEqual(scaling.laws(run.scaling, "primes"), [("tbb", "Amdahl", 0.1, 0, 2e-8)])
        scaling.draw(run).savefig(self.folder / "picture.png", dpi=40)


CROSSOVERS = ("map,across,across_value,across_number,up,up_value,up_number,label,backend,verdict,settled,open,median_ns")


class Crossovers(Drawn):
    ROWS = [["m", "latency", "1ms", 1e6, "size", "1KiB", 1024, "tbb", "tbb", "fastest", "yes", "", 2e6],
            ["m", "latency", "10ms", 1e7, "size", "1KiB", 1024, "fork", "fork", "inconclusive", "no", "tbb;mpi", 3e6],
            ["m", "latency", "1ms", 1e6, "size", "64B", 64, "mpi", "mpi", "tied", "yes", "tbb", 4e6],
            ["m", "latency", "10ms", 1e7, "size", "64B", 64, "tbb", "tbb", "crashed", "no", "", ""]]

    def test_each_point_has_the_colour_of_its_best_and_is_hatched_where_open(self):
        self.write_table("crossovers.csv", CROSSOVERS, self.ROWS)
        figure = crossover.draw(self.run_of(USUAL))
        figure.savefig(self.folder / "picture.png", dpi=40)
        axes, = figure.axes
        self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()], ["1ms", "10ms"])
        self.assertEqual([tick.get_text() for tick in axes.get_yticklabels()], ["64B", "1KiB"])
        words = {text.get_position(): text.get_text() for text in axes.texts}
        self.assertEqual(words, {(0.5, 1.5): "tbb\n2.00 ms", (1.5, 1.5): "fork +2\n3.00 ms", (0.5, 0.5): "mpi +1\n4.00 ms",
                                 (1.5, 0.5): "crashed"})
        looks = {(int(patch.get_x()), int(patch.get_y())): (matplotlib.colors.to_hex(patch.get_facecolor()), bool(patch.get_hatch()))
                 for patch in axes.patches}
        shade = lambda backend: style.lighter(style.look(backend)[0], 0.55)
        self.assertEqual(looks, {(0, 1): (shade("tbb"), False), (1, 1): (shade("fork"), True), (0, 0): (shade("mpi"), False),
                                 (1, 0): (style.FAINT, True)})

    def test_without_crossovers_there_is_no_map(self):
        self.assertIsNone(crossover.draw(self.run_of(USUAL)))

    def test_the_same_file_gives_the_same_picture(self):
        self.write(USUAL)
        self.write_table("crossovers.csv", CROSSOVERS, self.ROWS)
        pictures = []
        for _ in range(2):
            self.assertEqual(self.plot(self.folder).returncode, 0)
            pictures.append([(self.folder / "plots" / f"crossover.{suffix}").read_bytes() for suffix in ("png", "svg")])
        self.assertEqual(*pictures)


class Sweeps(Drawn):
    # tbb has the least median at 10ms, but fork is not surely slower there: the report lets fork reign throughout.
    ROWS = [
        stop("1ms", 1e6, "fork", 2e6, "fastest", 1, "yes"), stop("1ms", 1e6, "tbb", 3e6, "slower", 1, "no"),
        stop("10ms", 10e6, "tbb", 11e6, "fastest", 1, "no"), stop("10ms", 10e6, "fork", 12e6, "inconclusive", 1, "yes"),
        stop("100ms", 100e6, "fork", 101e6, "fastest", 1, "yes"), stop("100ms", 100e6, "tbb", 120e6, "slower", 1, "no"),
    ]

    def drawn(self, rows):
        self.write_table("sweeps.csv", SWEEPS, rows)
        return sweep.draw(self.run_of(USUAL))

    def named(self, axes):
        """What the strip above the panel says: (name, where from, where to)."""
        bars = [line for line in axes.lines if (line.get_gid() or "").startswith("sweep-")]
        return [line.get_gid() for line in bars], [tuple(line.get_xdata()) for line in bars]

    def above(self, axes):
        return [text.get_text() for text in axes.texts if text.get_va() == "bottom" and text.get_ha() == "center"]

    def test_points_and_intervals_are_those_of_the_report(self):
        axes = self.drawn(self.ROWS).axes[0]
        self.assertEqual(axes.get_title(loc="left"), "fetch by latency")
        self.assertEqual(axes.get_xlabel(), "latency")
        tbb = next(bars for bars in axes.containers if bars.lines[0].get_ydata()[0] == 3e6)
        numpy.testing.assert_allclose(tbb.lines[0].get_xdata(), [1e6, 10e6, 100e6])
        numpy.testing.assert_allclose(tbb.lines[0].get_ydata(), [3e6, 11e6, 120e6])
        low, high = sorted(tbb.lines[2][0].get_segments()[1][:, 1])
        numpy.testing.assert_allclose([low, high], [11e6 * 0.97, 11e6 * 1.04])
        self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()], ["1ms", "10ms", "100ms"])

    def test_the_strip_says_what_reigns_not_what_has_the_least_median(self):
        axes = self.drawn(self.ROWS).axes[0]
        self.assertEqual(self.named(axes), (["sweep-1-reign-1"], [axes.get_xlim()]))
        self.assertEqual(self.above(axes), ["fork"])

    def test_a_change_of_hands_lies_between_the_values(self):
        rows = [stop("1ms", 1e6, "fork", 2e6, "fastest", 1, "yes"), stop("1ms", 1e6, "tbb", 2e6, "tied", 1, "yes"),
                stop("100ms", 1e8, "mpi", 5e7, "fastest", 2, "yes"), stop("100ms", 1e8, "tbb", 1e8, "slower", 2, "no")]
        axes = self.drawn(rows).axes[0]
        names, reaches = self.named(axes)
        self.assertEqual(names, ["sweep-1-reign-1", "sweep-1-reign-2"])
        numpy.testing.assert_allclose([reaches[0][1], reaches[1][0]], 1e7)
        self.assertEqual(self.above(axes), ["fork\nor tbb", "mpi"])

    def test_where_nothing_could_be_judged_there_is_no_strip(self):
        rows = [stop(value, number, backend, 2e6, "too-few") for value, number in (("1ms", 1e6), ("2ms", 2e6))
                for backend in ("fork", "tbb")]
        axes = self.drawn(rows).axes[0]
        self.assertEqual(self.named(axes), ([], []))
        self.assertEqual(self.above(axes), [])

    def test_each_sweep_has_a_panel(self):
        figure = self.drawn([*self.ROWS, *(stop(str(n), n, name, 5e6, "tied", 1, "yes", sweep="fetch by concurrency")
                                          for n in (1, 26) for name in ("tbb", "event-loop"))])
        self.assertEqual([axes.get_title(loc="left") for axes in figure.axes], ["fetch by latency", "fetch by concurrency"])
        figure.savefig(self.folder / "picture.png", dpi=40)

    def test_zero_stands_below_the_others_which_stay_where_they_are(self):
        rows = [stop(str(n), n, "tbb", 5 + n, "fastest", 1, "yes") for n in (0, 5, 10)]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = self.drawn(rows)
            figure.savefig(self.folder / "picture.png", dpi=40)
        axes = figure.axes[0]
        places = axes.containers[0].lines[0].get_xdata()
        numpy.testing.assert_allclose(places, [0.5, 5, 10])
        across = axes.transData.transform([(x, 5) for x in places])[:, 0]
        self.assertGreater(min(numpy.diff(across)), 10)  # pixels
        self.assertIn("0 has no place", words(figure))
        # Nothing of it is beyond the paper's edge.
        self.assertLessEqual(max(text.get_window_extent().x1 for text in figure.texts), figure.bbox.width)

    def test_kinds_of_sweeps_that_can_be_drawn(self):
        for name, rows in {
            "nothing measured": [stop("1", 1, "tbb", "", "crashed"), stop("2", 2, "tbb", "", "crashed")],
            "from zero": [stop("0", 0, "tbb", 5, "fastest", 1, "yes"), stop("1", 1, "tbb", 6, "fastest", 1, "yes")],
            "many choices": [stop(str(n), n, f"b{i}", 5e6, "tied", 1, "yes") for n in (1, 2) for i in range(9)],
        }.items():
            with self.subTest(name):
                figure = self.drawn(rows)
                if figure is not None:
                    figure.savefig(self.folder / "picture.png", dpi=40)

    def test_without_sweeps_there_is_no_figure(self):
        self.assertIsNone(sweep.draw(self.run_of(USUAL)))

    def test_a_damaged_file_is_named(self):
        self.write(USUAL)
        (self.folder / "sweeps.csv").write_text("what,is\nthis,then\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("sweeps.csv is damaged: it lacks axis, backend", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)


class Latencies(Drawn):
    def latencies(self, rows):
        self.write_table("latency_curves.csv", "workload,parameters,backend,variant,workers,quantile,latency_ns,label",
                         [["fetch", "n=26", backend, "", workers, *point, backend] for backend, workers, point in rows])

    def fetching(self, *cells):
        return self.run_of([cell(backend, workers, 12e6, workload="fetch", parameters="n=26", bound="io", place=place)
                            for backend, workers, place in cells])

    def test_points_are_those_of_the_report(self):
        self.latencies([("std-thread", 26, point)
                        for point in ((0.25, 20e6), (0.5, 22e6), (0.75, 24e6), (1, 60e6))])
        axes = latency.draw(self.fetching(("std-thread", 26, 1))).axes[0]
        numpy.testing.assert_allclose(axes.lines[0].get_xdata(), [20e6, 22e6, 24e6, 60e6])
        numpy.testing.assert_allclose(axes.lines[0].get_ydata()[:3], [0.1249387, 0.30103, 0.60206], rtol=1e-5)
        self.assertEqual(axes.get_title(loc="left"), "fetch")
        self.assertIn("std-thread, 26 workers: 60.0 ms", words(axes.figure))

    def test_each_backend_stands_where_the_contest_has_it(self):
        self.latencies([("std-thread", workers, (1, 5e6)) for workers in (1, 26)])
        said = words(latency.draw(self.fetching(("std-thread", 1, None), ("std-thread", 26, 1))))
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
        (self.folder / "latency_curves.csv").write_text("what,is\nthis,then\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("latency_curves.csv is damaged", done.stderr)


class Efficiencies(Drawn):
    CELL = ["graph", "kernel=compute;width=8"]

    def write_curves(self, crossing=(212.5, 200, 240), points=((4096, 9000.0, 0.99), (64, 400.0, 0.6), (1, 180.0, 0.1))):
        cells = "workload,parameters,backend,variant,workers"
        rows = [("tbb", point) for point in points] + [("mpi", (4096, 12000.0, 0.4)), ("mpi", (1, 900.0, 0.01))]
        self.write_table("efficiency.csv", cells + ",grain,granularity_ns,efficiency,problem,label",
                         [[*self.CELL, name, "", 2, *point, "graph", name] for name, point in rows])
        self.write_table("metg.csv", cells + ",peak,metg_ns,metg_low_ns,metg_high_ns,problem,label",
                         [[*self.CELL, "tbb", "", 2, 1e9, *crossing, "graph", "tbb"],
                          [*self.CELL, "mpi", "", 2, 1e9, "", "", "", "graph", "mpi"]])
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
                       "task granularity: time × workers ÷ tasks", "over processes"):
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
