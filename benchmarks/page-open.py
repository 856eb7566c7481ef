#!/usr/bin/env python3
"""How long report.html takes to open: page-open.py RUNOFF [TIMES] prints, for made-up runs of 200 and of 5,000 cells, the
size of the page and the medians of the time to interactive and until it is loaded, in a headless Chromium."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests" / "page"))
import browser
import made_up

MARKS = ("[performance.getEntriesByName('interactive')[0].startTime, "
         "performance.getEntriesByType('navigation')[0].loadEventEnd]")


def main(runoff, rounds=5):
    if not browser.find():
        sys.exit("page-open.py: no Chromium here; apt-get install chromium-headless-shell")
    with tempfile.TemporaryDirectory(prefix="runoff-page-") as folder:
        tab = browser.Browser()
        tab.show(1280, 800)
        print("cells  samples  size KB  interactive ms  loaded ms")
        for cells, samples in ((200, 6), (200, 25), (5000, 6)):
            run, facts = made_up.large(cells, samples)
            target = pathlib.Path(folder) / f"{cells}-{samples}"
            run.write(target, facts)
            subprocess.run([runoff, "report", target], check=True, stdout=subprocess.DEVNULL,
                           env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})
            page = target / "report.html"
            taken = []
            for _ in range(int(rounds)):
                tab.open(page)
                taken.append(tab.run(MARKS))
            interactive, loaded = (statistics.median(column) for column in zip(*taken))
            print(f"{cells:5}  {cells * samples:7}  {page.stat().st_size / 1000:7.0f}  {interactive:14.0f}  {loaded:9.0f}")
        tab.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
