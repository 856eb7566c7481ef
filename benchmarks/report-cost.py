#!/usr/bin/env python3
"""What a report costs without its plots: report-cost.py RUNOFF [TIMES] prints, for made-up runs of 200 and of 1,500 cells, and
for four of 100,000 samples, the medians of the time, of the processor time and the most memory of `runoff report`."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

MADE_UP = pathlib.Path(__file__).parent.parent / "tests" / "page" / "made_up.py"


def report(runoff, folder):
    """(wall seconds, processor seconds, MB) of one report."""
    begin = time.monotonic()
    process = subprocess.Popen([runoff, "report", folder], stdout=subprocess.DEVNULL,
                               env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"report-cost.py: runoff report ended with status {os.waitstatus_to_exitcode(status)}")
    process.returncode = 0
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def main(runoff, times=3):
    with tempfile.TemporaryDirectory(prefix="runoff-report-") as folder:
        print("cells  samples  wall s  CPU s  peak MB")
        for cells, samples in ((200, 30), (1500, 30), (2, 50_000), (9, 11_111), (200, 500), (3333, 30)):
            target = pathlib.Path(folder) / f"{cells}x{samples}"
            # By a process of its own: what this one holds would count as the most memory of those that it starts.
            subprocess.run([sys.executable, MADE_UP, "large", target, str(cells), str(samples)], check=True)
            wall, cpu, memory = (statistics.median(one) for one in zip(*(report(runoff, target) for _ in range(int(times)))))
            print(f"{cells:5}  {cells * samples:7}  {wall:6.2f}  {cpu:5.2f}  {memory:7.0f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
