"""Time by what a run varies."""

import warnings

from drawn import Drawn, USUAL, words

import numpy

import sweep

SWEEPS = ("workload,parameters,axis,value,number,backend,variant,workers,concurrency,n,median_ns,ci_low_ns,ci_high_ns,"
          "verdict,rank,reign,reigns,sweep,label")


def stop(value, number, backend, median, verdict, reign="", reigns="", label=None, sweep="fetch by latency"):
    """A row of sweeps.csv."""
    interval = ("", "") if median == "" else (median * 0.97, median * 1.04)
    return ["fetch", "n=26", sweep.rpartition(" ")[2], value, number, backend, "", 26, 26, 6, median, *interval, verdict, "",
            reign, reigns, sweep, label or backend]


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

    def test_long_values_do_not_run_into_each_other(self):
        values = [100 * 2 ** place for place in range(9)]
        figure = self.drawn([stop(str(value), value, name, value * 1e3, "slower", 1, "no") for value in values for name in ("fork", "tbb")])
        figure.canvas.draw()
        labels = [text.get_window_extent() for text in figure.axes[0].get_xticklabels()]
        self.assertGreaterEqual(len(labels), 4)
        for one, next_one in zip(labels, labels[1:]):
            self.assertLess(one.x1, next_one.x0)

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

    def test_values_below_zero_stand_in_even_steps(self):
        for values in ((-5, 0, 5), (-300, -2, -1)):
            rows = [stop(str(n), n, backend, 5e6 + n, "tied", 1, "yes") for n in values for backend in ("tbb", "fork")]
            figure = self.drawn(rows)
            axes = figure.axes[0]
            across = axes.transData.transform([(x, 5e6) for x in axes.containers[0].lines[0].get_xdata()])[:, 0]
            numpy.testing.assert_allclose(across[1] - across[0], across[2] - across[1])
            self.assertGreater(across[1] - across[0], 50)  # pixels
            self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()], [str(n) for n in values])
            self.assertIn("even steps", words(figure))
            self.assertNotIn("0 has no place", words(figure))
        self.assertNotIn("even steps", words(self.drawn(self.ROWS)))

    def test_what_stands_beside_zero_has_its_label(self):
        values = [("0", 0), *((f"{10 ** place}us", 1e3 * 10 ** place) for place in range(8))]
        for far in (2, len(values)):
            axes = self.drawn([stop(value, number, "tbb", 5e6, "tied", 1, "yes") for value, number in values[:far]]).axes[0]
            self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()][:2], ["0", "1us"])

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
