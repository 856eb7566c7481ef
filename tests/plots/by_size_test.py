"""Latencies by share, and efficiencies by the size of tasks."""

from drawn import Drawn, USUAL, cell, words

import numpy

import efficiency
import latency


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
