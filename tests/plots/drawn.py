"""Made-up rows and runs for what draws them. PLOTS names the folder of plot.py."""

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

from run import Run

COLUMNS = ("workload,parameters,bound,shape,backend,variant,workers,n,median_ns,ci_low_ns,ci_high_ns,speedup,"
           "speedup_low,speedup_high,efficiency,verdict,rank,problem,label,contest,place,typical_ns,typical_low_ns,typical_high_ns").split(",")


def cell(backend, workers, median=None, base=None, verdict="slower", n=6, workload="primes", parameters="n=1000",
         variant="", bound="cpu", problem=None, label=None, place=None, contest=None):
    """A row of summary.csv. `place`: it stands for its backend in the contest of its problem."""
    row = dict.fromkeys(COLUMNS, "")
    row.update(workload=workload, parameters=parameters, bound=bound, shape="independent", backend=backend,
               variant=variant, workers=workers, n=n, verdict=verdict, problem=problem or workload,
               label=label or backend, place=place or "",
               contest=contest if contest is not None else verdict if place else "outdone")
    if median is not None:
        row.update(median_ns=2 * median, typical_ns=median)  # only the second is drawn
        if n >= 6:
            row.update(ci_low_ns=median, ci_high_ns=4 * median,
                       typical_low_ns=round(median * 0.97), typical_high_ns=round(median * 1.04))
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
