#!/usr/bin/env python3
"""What turns are good for: turns.py RUNOFF [PAIRS]. Measures four backends that are equally fast on a memory-bound loop, in
turns and one by one, by turns PAIRS times (2), and prints by how much the ratio of two of them scatters from round to round
(the standard deviation of its logarithm, the mean over all pairs), the median time of an execution, and how long it took."""

import csv
import itertools
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

WORK = ["--workloads", "stream", "--set", "stream.n=4194304", "--backends", "std-thread,fork,tbb,stdpar"]
ROUNDS = 12  # the first of them is one by one, either way


def rounds_of(folder):
    """Times by backend and round, and how long all samples took."""
    times, took = {}, 0
    with open(folder / "samples.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            took += float(row["observed_ns"]) * 1e-9
            if row["status"] == "ok" and int(row["sample"]) > 1:
                times.setdefault(row["backend"], {})[row["sample"]] = float(row["typical_ns"])
    return times, took


def scatter(times):
    pairs = []
    for one, other in itertools.combinations(times.values(), 2):
        pairs.append(statistics.pstdev(math.log(one[number] / other[number]) for number in one.keys() & other.keys()))
    return statistics.mean(pairs)


def main(runoff, pairs=2):
    print("              ratios scatter by  median execution  all samples took")
    for _ in range(int(pairs)):
        for name, options in (("in turns", []), ("one by one", ["--one-by-one"])):
            with tempfile.TemporaryDirectory() as folder:
                out = pathlib.Path(folder) / "run"
                command = [runoff, "run", *WORK, "--samples", str(ROUNDS), "--workers", "cores", "--quiet", "--out", out, *options]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                times, took = rounds_of(out)
            every = [time for rounds in times.values() for time in rounds.values()]
            print(f"{name:<12}  {scatter(times):17.1%}  {statistics.median(every) * 1e-6:13.2f} ms  {took:14.1f} s", flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
