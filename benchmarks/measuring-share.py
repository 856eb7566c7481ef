#!/usr/bin/env python3
"""How much of a run's time was spent measuring: measuring-share.py RUN... prints, for each run, its wall time, the share of
it that samples took, and the share of these that went into executing the work: all, and without backends whose workers are
started by a launcher. The rest of a sample starts processes and runtimes, makes inputs and checks answers."""

import csv
import datetime
import json
import math
import pathlib
import sys

NS = 1e-9
LONG_COLD = 25e6  # harness/cell/calibrate.cpp: beyond, the cold execution says how long one takes
TO_SEE_HOW_LONG = 2e6
TO_WARM_UP = 0.5e6  # at the beginning of a turn


def executing(row):
    """Seconds of a sample that went into executions: the cold one, those that show how long one takes, and the warm ones, those that
    begin a turn included."""
    if row["status"] != "ok":
        return 0
    wall, cold = float(row["wall_ns"]), float(row["cold_ns"])
    trials = 0 if cold > LONG_COLD else math.ceil(TO_SEE_HOW_LONG / wall)
    turns = int(row.get("turns") or 1)
    warming = turns * max(2, math.ceil(TO_WARM_UP / wall)) if turns > 1 else 0
    return (cold + (int(row["iterations"]) + trials + warming) * wall) * NS


def shares(folder):
    facts = json.loads((folder / "environment.json").read_text())
    launched = {name for name, about in facts["runtimes"].items() if about.get("launcher")}
    seconds = [datetime.datetime.fromisoformat(facts[when]).timestamp() for when in ("started", "finished")]
    with open(folder / "samples.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["observed_ns"]]
    taken = [(row["backend"] in launched, float(row["observed_ns"]) * NS, executing(row)) for row in rows]
    here = [one for one in taken if not one[0]]

    def share(ones):
        return sum(work for _, _, work in ones) / sum(all_of_it for _, all_of_it, _ in ones)

    wall = seconds[1] - seconds[0]
    return wall, sum(all_of_it for _, all_of_it, _ in taken) / wall, share(taken), share(here)


def main(folders):
    print("wall s  in samples  of these executing  without launchers  run")
    for folder in folders:
        wall, samples, work, here = shares(pathlib.Path(folder))
        print(f"{wall:6.0f}  {samples:9.0%}  {work:17.0%}  {here:16.0%}   {folder}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
