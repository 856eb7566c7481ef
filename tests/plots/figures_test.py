"""Speed-ups and scaling."""

import json

from drawn import BASE, Drawn, MANY_WORKERS, USUAL, cell, words

import matplotlib
import numpy

import heatmap
import lines
import profile
import resources
import scaling
import speedup
import style

SCALING = ("workload,parameters,backend,variant,amdahl_rate,amdahl_serial,usl_rate,usl_contention,usl_coherence,problem,label,"
           "amdahl_misses,usl_misses")


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

    def test_boundaries_stand_along_their_lines_where_no_curve_is(self):
        (self.folder / "environment.json").write_text(json.dumps({"placement": {"boundaries": [
            {"workers": 4, "name": "one socket"}, {"workers": 8, "name": "all cores"}, {"workers": 64, "name": "all processors"}]},
            "hosts_by_workers": [{"workers": 2, "hosts": {"a": 2}}, {"workers": 8, "hosts": {"a": 8}},
                                 {"workers": 64, "hosts": {"a": 32, "b": 32}}]}))
        slower = [cell("serial", 1, BASE, BASE, place=2)] + [cell("tbb", n, BASE * n, BASE) for n in (1, 2, 4, 8)]
        for rows, stands in ((MANY_WORKERS, "top"), (slower, "bottom")):
            axes = scaling.draw(self.run_of(rows)).axes[0]
            names = {text.get_text(): text for text in axes.texts if text.get_rotation() == 90}
            self.assertEqual({name: text.xy[0] for name, text in names.items()}, {"one socket": 4, "all cores, one host": 8})
            self.assertEqual({text.get_va() for text in names.values()}, {stands})
            lines = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":" and len(set(line.get_xdata())) == 1]
            self.assertEqual(lines, [4, 8])

    def test_a_law_that_is_longer_than_the_margin_is_told_without_its_backend(self):
        self.write_table("scaling.csv", SCALING, [["primes", "n=1000", "tbb", "", 25, 0.1, 25, 0.05, 0.001, "primes", "tbb", "", ""]])
        said = words(scaling.draw(self.run_of(MANY_WORKERS))).splitlines()
        self.assertIn("Amdahl, tbb", said)
        self.assertIn("Universal Scalability", said)
        self.assertNotIn("Universal Scalability, tbb", said)

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


class Laws(Drawn):
    def test_a_law_is_drawn_where_it_describes_the_medians(self):
        self.write_table("scaling.csv", SCALING, [
            ["primes", "n=1000", "tbb", "", 2e-8, 0.1, 3e-8, 0.2, 0.01, "primes", "tbb", "", 0.4],
            ["primes", "n=1000", "fork", "", "", "", "", "", "", "primes", "fork", "", ""]])
        run = self.run_of(MANY_WORKERS)
        self.assertEqual(scaling.laws(run.scaling, "primes"), [("tbb", "Amdahl", 0.1, 0, 2e-8)])
        scaling.draw(run).savefig(self.folder / "picture.png", dpi=40)
