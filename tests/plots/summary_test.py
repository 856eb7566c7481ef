"""What is read of summary.csv, and how names and numbers are written."""

from drawn import Drawn, USUAL, cell, words

import numpy

import scaling
import style
import units
from run import kept_out, samples


class Summary(Drawn):
    def test_unknown_is_no_number(self):
        run = self.run_of(USUAL)
        self.assertTrue(numpy.isnan(run.cells.median_ns[4]))
        self.assertEqual(run.cells.verdict[4], "crashed")

    def test_names_like_no_value_stay_names(self):
        self.assertEqual(self.run_of([cell("null", 1, 5), cell("NA", 1, 6)]).cells.label.tolist(), ["null", "NA"])

    def test_names_are_those_of_the_report(self):
        run = self.run_of([cell("tbb", 2, 5, parameters="n=1", problem="primes with n=1", label="Threading Blocks"),
                           cell("tbb", 2, 5, parameters="n=2", problem="primes with n=2", label="Threading Blocks")])
        self.assertEqual([title for title, _ in run.problems()], ["primes with n=1", "primes with n=2"])
        self.assertIn("Threading Blocks", words(scaling.draw(run)))

    def test_what_is_in_no_contest_is_not_drawn(self):
        run = self.run_of([*USUAL, cell("tbb", 4, 9, contest=""), cell("tbb", 1, 9, workload="region", contest="")])
        self.assertEqual(len(run.cells), len(USUAL))
        self.assertEqual([title for title, _ in run.problems()], ["primes"])

    def test_variants_share_their_backends_colour_and_marker(self):
        looks = style.Looks(self.run_of([cell("tbb", 2, 5, label="tbb p=a"), cell("tbb", 2, 5, label="tbb p=b"),
                                         cell("openmp", 2, 5)]).cells)
        first, second, other = (looks(row) for row in self.run_of(
            [cell("tbb", 2, 5, label="tbb p=a"), cell("tbb", 2, 5, label="tbb p=b"), cell("openmp", 2, 5)]).cells.itertuples())
        self.assertEqual((first["color"], first["marker"]), (second["color"], second["marker"]))
        self.assertNotEqual(first["linestyle"], second["linestyle"])
        self.assertNotEqual(first["markerfacecolor"], second["markerfacecolor"])
        self.assertEqual(other["linestyle"], first["linestyle"])
        self.assertNotEqual(other["color"], first["color"])

    def test_kept_out_in_words(self):
        run = self.run_of(USUAL)
        self.assertEqual(kept_out(run.cells), ["fork: timeout with 8 workers", "mpi: crashed with 1, 2 workers"])

    def test_samples_in_words(self):
        def said(rows):
            return samples(self.run_of(rows).cells)
        self.assertEqual(said(USUAL), "Medians of 6 processes each, with 95 % bootstrap intervals")
        self.assertEqual(said([cell("tbb", 1, 5, n=1, verdict="too-few")]),
                         "Medians of 1 process each, too few for intervals")
        self.assertEqual(said([cell("tbb", 1, verdict="wrong")]), "Nothing was measured right")

    def test_numbers_in_units(self):
        self.assertEqual([units.time_text(ns) for ns in (7, 1234, 38.2e6, 382e6, 2e9, 3600e9)],
                         ["7 ns", "1.23 µs", "38.2 ms", "382 ms", "2.00 s", "3600 s"])
        self.assertEqual([units.ratio_text(ratio) for ratio in (1 / 650, 0.83, 1.948, 9.996, 104.2)],
                         ["0.00154 ×", "0.830 ×", "1.95 ×", "10.0 ×", "104 ×"])
        self.assertEqual([units.tick_text(ns) for ns in (0.01, 100, 1e4, 1e9, 1.5e6)],
                         ["0.01 ns", "100 ns", "10 µs", "1 s", "1.5 ms"])
        self.assertEqual([units.tick_text(count, units.BYTES) for count in (12, 2**21, 2**41)],
                         ["12 B", "2 MiB", "2 TiB"])
