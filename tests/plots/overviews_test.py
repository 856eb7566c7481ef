"""What shows all workloads at a glance: the map, the profile, resources, maps over two things."""

from drawn import Drawn, USUAL, cell, words

import matplotlib
import numpy

import crossover
import heatmap
import profile
import resources
import scaling
import speedup
import style
from run import MOST

CROSSOVERS = ("map,across,across_value,across_number,up,up_value,up_number,label,backend,verdict,settled,open,median_ns")


class LongNames(Drawn):
    LONG = [f"words file=/home/{'a' * 140}/{name}/{'b' * 140}.txt" for name in ("one", "two", "six")]

    def rows(self):
        return [cell(backend, workers, median, 9e6, verdict, problem=problem, parameters=problem[6:], workload="words", place=place)
                for problem in self.LONG for backend, workers, median, verdict, place in
                (("serial", 1, 9e6, "slower", 2), ("tbb", 2, 6e6, "fastest", 1))]

    def test_names_of_panels_end_before_the_next_ones_and_within_the_paper(self):
        for draw in (speedup.draw, scaling.draw):
            figure = draw(self.run_of(self.rows()))
            figure.canvas.draw()
            shown = [axes._left_title for axes in figure.axes]
            self.assertEqual(len(shown), 3)
            for one in shown:
                self.assertRegex(one.get_text(), r"^words file=/home/a+…b+\.txt$")
            ends = [one.get_window_extent() for one in shown]
            for one, other in zip(ends, ends[1:]):
                self.assertLess(one.x1, other.x0)
            self.assertLess(ends[-1].x1, figure.bbox.width)

    def test_names_of_rows_leave_room_for_the_map(self):
        figure = heatmap.draw(self.run_of(self.rows()))
        self.assertLess(figure.get_size_inches()[0], 20)
        for label in figure.axes[0].get_yticklabels():
            self.assertRegex(label.get_text(), r"^words file=/home/a+…b+\.txt$")


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

    def test_ticks_of_a_wide_range_of_memory_are_powers_of_two(self):
        self.write_table("resources.csv", "workload,parameters,backend,variant,workers,n,cpu_ns,peak_memory_bytes,problem,label",
                         [["primes", "n=1000", "tbb", "", 2, 6, 42e6, 750 * 2**20, "primes", "tbb"],
                          ["primes", "n=1000", "fork", "", 2, 6, 45e6, 3 * 2**20, "primes", "fork"]])
        figure = resources.draw(self.run_of(USUAL))
        figure.canvas.draw()
        low, high = figure.axes[1].get_xlim()
        shown = [text.get_text() for tick, text in zip(figure.axes[1].get_xticks(), figure.axes[1].get_xticklabels()) if low <= tick <= high]
        self.assertGreaterEqual(len(shown), 2)
        for text in shown:
            self.assertRegex(text, r"^(1|2|4|8|16|32|64|128|256|512) [KMG]iB$")

    def test_of_too_many_panels_a_note_tells(self):
        rows = [cell(name, 1, 5e6, 5e6, parameters=f"n={n}", problem=f"primes n={n}", place=place) for n in range(MOST + 3)
                for place, name in enumerate(("serial", "tbb"), 1)]
        figure = speedup.draw(self.run_of(rows))
        self.assertEqual(len(figure.axes), MOST)
        self.assertIn(f"The first {MOST} of {MOST + 3}; report.html has all.", words(figure))


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
