#!/usr/bin/env python3
"""How much of a run's time was spent measuring: measuring-share.py RUN... prints, for each run, its wall time, the share of
it that samples took, and the share of these that went into executing the work. The rest of a sample starts processes and
runtimes, makes inputs and checks answers. Cells that take turns share the time: to leave a backend's out, run without it."""

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
    seconds = [datetime.datetime.fromisoformat(facts[when]).timestamp() for when in ("started", "finished")]
    with open(folder / "samples.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["observed_ns"]]
    wall, samples = seconds[1] - seconds[0], sum(float(row["observed_ns"]) * NS for row in rows)
    return wall, samples / wall, sum(map(executing, rows)) / samples


def main(folders):
    print("wall s  in samples  of these executing  run")
    for folder in folders:
        wall, samples, work = shares(pathlib.Path(folder))
        print(f"{wall:6.0f}  {samples:10.0%}  {work:17.0%}  {folder}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
