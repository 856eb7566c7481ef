"""What report.html is in a browser. RUNOFF names the program, whose tables are the oracle of what the page shows.

Exits with 77, which ctest takes for skipped, where there is no Chromium. Words are names of tests: figures.Charts
"""

import sys
import unittest

import browser

SKIPPED = 77

if not browser.find():
    print("skipped: no Chromium here; apt-get install chromium-headless-shell")
    sys.exit(SKIPPED)
unittest.main(module=None, argv=[sys.argv[0], *(sys.argv[1:] or ["everywhere", "figures", "cells", "access"])])
