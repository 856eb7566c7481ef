"""The report.html of runs that are made up, and the tab that shows them. RUNOFF names the program."""

import atexit
import csv
import functools
import os
import pathlib
import subprocess
import tempfile
import unittest

import browser
import made_up

RUNOFF = os.environ["RUNOFF"]
UNPACK = (pathlib.Path(__file__).parent.parent.parent / "plots" / "page" / "packed.js").read_text(encoding="utf-8")
KINDS = ("rich", "hostile", "one", "failed", "large", "many", "hosts")
FOLDER = tempfile.TemporaryDirectory(prefix="runoff-test-")


@functools.cache
def said(kind):
    """What `runoff report` printed of a run of this kind."""
    run, facts = made_up.large(200, 25) if kind == "large" else getattr(made_up, kind)()
    folder = pathlib.Path(FOLDER.name) / kind
    run.write(folder, facts)
    done = subprocess.run([RUNOFF, "report", folder], capture_output=True, text=True, check=False,
                          env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    return done.stdout


def at(kind):
    """The folder of the run, with its report."""
    said(kind)
    return pathlib.Path(FOLDER.name) / kind


def summary(kind):
    with open(at(kind) / "summary.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@functools.cache
def the_tab():
    tab = browser.Browser()
    atexit.register(tab.close)
    return tab


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tab = the_tab()

    def open(self, kind, link="", width=1280, height=800, dark=False):
        self.tab.show(width, height, dark)
        self.tab.open(at(kind) / "report.html", link)

    def title(self):
        return self.tab.run("document.getElementById('view').open ? document.getElementById('view-title').textContent : null")
