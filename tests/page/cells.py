"""What report.html tells of one cell, and the command that measures it."""

import csv
import os
import shlex
import subprocess
import sys

import made_up
from pages import RUNOFF, Page, at

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from said import without_waits  # noqa: E402


class Cells(Page):
    def test_a_cell_has_all_its_samples(self):
        with open(at("rich") / "samples.csv", newline="", encoding="utf-8") as file:
            walls = [int(row["wall_ns"]) for row in csv.DictReader(file)
                     if (row["workload"], row["backend"], row["workers"]) == ("primes", "tbb", "4")]
        self.open("rich", "#primes/tbb/4")
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        self.tab.run("document.querySelector('#view-body .behind summary').click()")
        self.tab.settle()
        times = self.tab.run("[...document.querySelectorAll('#view-body .behind tbody tr')].map(row => row.cells[2].textContent)")
        self.assertEqual(times, [f"{wall / 1e6:.1f} ms" for wall in walls])
        self.assertEqual(self.tab.run("document.querySelectorAll('#view-body circle.sample').length"), len(walls))
        self.assertEqual(self.tab.run("document.querySelectorAll('#view-body circle.disturbed').length"), 1)

    def test_why_shows_where_the_time_went(self):
        for link in ("#matmul/", "#matmul/fork/2"):
            self.open("rich", link)
            text = self.tab.run("document.querySelector('#view-body .why').textContent")
            self.assertIn("its workers wait 42 % of the time for the last tasks", text)
            self.assertIn("imbalance 42 %", text)
            widths = self.tab.run("[...document.querySelectorAll('.why td:nth-child(2) rect')].map(one => +one.getAttribute('width'))")
            self.assertAlmostEqual(widths[0] / sum(widths), 7 / 12, delta=0.01)
            self.assertRegex(self.tab.run("document.querySelector('.why .timeline').getAttribute('aria-label')"), "2 workers in 6.00 ms: 100 %, 16 %")
        self.open("rich", "#primes/")
        self.assertFalse(self.tab.run("document.querySelector('#view-body .why') !== null"))

    def test_the_winner_shows_how_to_write_it(self):
        for link, backend in (("#matmul/", "tbb"), ("#matmul/fork/2", "fork")):
            self.open("rich", link)
            shown = self.tab.run("document.querySelector('#view-body .program code').textContent")
            self.assertEqual(shown, subprocess.run([RUNOFF, "show", backend], capture_output=True, text=True, check=True).stdout)

    def test_a_cell_says_what_marks_it_and_what_to_do(self):
        marks = "[...document.querySelectorAll('#view-body .marks li')].map(one => one.textContent)"
        for kind, link, seen in (
                ("rich", "#primes/tbb/4", ["The host took cores away (1 of 6 samples, round 2). Measure at another time",
                                           "Other programs used the cores (1 of 6 samples, round 2). Stop what else runs"]),
                ("rich", "#primes/tbb/2", []),
                ("rich", "#stream/mpi/2", ["It crashed (all 6 samples). Run the command below alone"]),
                ("failed", "#primes/tbb", ["It ran out of time (all 6 samples). Give it more"]),
                ("one", "#primes/serial", ["Too few samples for a verdict (1). Take 6 or more: --samples 6."])):
            with self.subTest(kind, link=link):
                self.open(kind, link)
                shown = self.tab.run(marks)
                self.assertEqual(len(shown), len(seen), shown)
                for text in seen:
                    self.assertTrue(any(one.startswith(text) for one in shown), shown)


class Commands(Page):
    def words(self):
        """What a shell makes of the command that a cell shows."""
        command = self.tab.run("document.querySelector('#view-body code').textContent")
        done = subprocess.run(["sh", "-c", f"set -- {command}\nfor word; do printf '%s\\0' \"$word\"; done"], capture_output=True,
                              text=True, check=True)
        self.assertEqual(shlex.split(command), done.stdout.split("\0")[:-1])
        return done.stdout.split("\0")[:-1]

    def test_hostile_names_reach_runoff_as_they_are(self):
        self.open("hostile")
        link = self.tab.run("[...document.querySelectorAll('#map td a')].map(one => one.getAttribute('href')).find(one => one.includes('a%26b'))")
        self.open("hostile", link)
        self.assertEqual(self.words(), [
            "/tmp/my runoff/'bin'/runoff", "run", "--workloads", made_up.MARKUP, "--set", f"{made_up.MARKUP}.path=it's",
            "--set", f"{made_up.MARKUP}.text={made_up.MARKUP}", "--set", f"{made_up.MARKUP}.glob=*$(reboot)`x`", "--backends",
            "a&b:mode=<i>&amp", "--workers", "1", "--samples", "6", "--small-pages", "--plugin", "it's.so"])

    def test_a_command_measures_its_cell(self):
        self.open("rich", "#primes/std-thread+mode=pool/2")
        words = self.words()
        done = subprocess.run([RUNOFF, *words[1:], "--dry-run"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, without_waits(done.stderr)), (0, ""))
        self.assertIn("primes/std-thread/mode:pool/workers:2", done.stdout)
