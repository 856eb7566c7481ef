#!/usr/bin/env python3
"""How close the backend `gil` comes to CPython: gil-beside-cpython.py [RUNOFF [SAMPLES]] measures, in one run for each case,
how long two threads that compute take beside one, and how late answers are beside one and two threads that compute; prints
both medians over the samples and their ratio. Wanted: within 20 %, on a machine that is quiet."""

import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile

MS = 1e-6
ECHO = ["--workloads", "echo", "--set", "echo.rounds=100"]
COMPUTE = ["--workloads", "primes", "--workers", "1,2"]


def rows(runoff, samples, arguments):
    """The samples of both, of a run that needs no longer than it must."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "run"
        subprocess.run([runoff, "run", *arguments, "--backends", "gil,cpython", "--samples", samples, "--timeout", "100s",
                        "--out", out], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(out / "samples.csv", newline="", encoding="utf-8") as file:
            return [row for row in csv.DictReader(file) if row["status"] == "ok"]


def of(found, backend, column, workers=None):
    return [float(row[column]) for row in found if row["backend"] == backend and workers in (None, row["workers"])]


def show(case, unit, gil, cpython, scale=1.0):
    g, c = (statistics.median(values) * scale for values in (gil, cpython))
    print(f"{case:44} {g:8.2f} {unit:2} {c:8.2f} {unit:2} {g / c:6.2f}   (samples {len(gil)}, CPython's from "
          f"{min(cpython) * scale:.2f} to {max(cpython) * scale:.2f})", flush=True)


def main(runoff="build/release/bin/runoff", samples="9"):
    print(f"{'':44} {'gil':>11} {'cpython':>11} {'ratio':>6}")
    found = rows(runoff, samples, COMPUTE)
    pairs = {backend: [two / one for one, two in zip(of(found, backend, "wall_ns", "1"), of(found, backend, "wall_ns", "2"))]
             for backend in ("gil", "cpython")}
    show("two threads that compute, in times of one", "x", pairs["gil"], pairs["cpython"])
    for beside in (1, 2):
        found = rows(runoff, samples, [*ECHO, "--set", f"echo.beside={beside}", "--workers", str(beside + 1)])
        for name in ("p50", "p99"):
            column = f"latency_{name}_ns"
            show(f"answer beside {beside} that compute, {name}", "ms", of(found, "gil", column), of(found, "cpython", column), MS)


if __name__ == "__main__":
    if len(sys.argv) > 3 or any(argument.startswith("-") for argument in sys.argv[1:]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
