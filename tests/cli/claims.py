"""`runoff claims`: answers, their files, and what is refused. Usage: claims.py PREFIX."""

import csv
import json
import os
import re
import unittest

from command import Command, PLOTTING, runoff


class Claims(Command):
    """In these tests there is no Python that runs forms: its places cannot be measured."""

    def read(self):
        with open(os.path.join(self.out, "claims.json")) as stream:
            return json.load(stream)

    @unittest.skipIf(os.environ.get("RUNOFF_SANITIZER") == "tsan", "GCC 12's tsan knows no pthread_mutex_clocklock")
    def test_an_answer_with_its_files_whatever_it_is(self):
        result = runoff("claims", self.out, "--only", "lock-order,no-shared-memory", "--budget", "1min")
        self.assertEqual(result.returncode, 0, result.stderr)  # though cells ran out of time, as they are to
        self.assertIn("2 claims: 1 holds, 1 does not,", result.stdout)
        self.assertRegex(" ".join(result.stdout.split()), r"deadlock: worker \d+ holds lock \d and waits for lock \d, worker \d+ holds")
        answers = {claim["name"]: claim for claim in self.read()["claims"]}
        self.assertEqual({name: claim["answer"] for name, claim in answers.items()},
                         {"lock-order": "holds", "no-shared-memory": "does not hold"})
        self.assertEqual([place["says"] for place in answers["lock-order"]["places"]], ["yes", "yes", "n/a", "n/a"])
        self.assertIn("no Python 3 that works", answers["lock-order"]["places"][2]["why"])
        with open(os.path.join(self.out, "claims.csv"), newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual([(row["name"], row["says"]) for row in rows],
                         [(claim["name"], place["says"]) for claim in self.read()["claims"] for place in claim["places"]])
        self.assertEqual({row["status"] for row in self.rows() if row["workload"] == "deadlock"}, {"timeout", "skipped"})

        rows = self.rows()
        again = runoff("claims", self.out, "--json")  # goes on with the claims of the folder, of which none is open
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.rows(), rows)
        self.assertEqual(json.loads(again.stdout), self.read())
        other = runoff("claims", self.out, "--only", "lock-order")
        self.assertEqual(other.returncode, 3)
        self.assertIn("holds a run of another plan", other.stderr)

    def test_a_list_measures_nothing(self):
        result = runoff("claims", self.out, "--list")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreaterEqual(len(re.findall(r"^ ?\d+  [a-z-]+", result.stdout, re.M)), 33)
        self.assertFalse(os.path.exists(self.out))

    def test_all_claims_name_cells_that_there_are(self):
        # Where something is left out the places say so; a name that is known nowhere is an error.
        result = runoff("claims", self.out, "--budget", "1ms", "--quiet", env=PLOTTING)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreaterEqual(len(self.read()["claims"]), 33)

    def test_unknown_names_get_the_nearest(self):
        result = runoff("claims", self.out, "--only", "lock-ordre")
        self.assertEqual(result.returncode, 2)
        self.assertIn("unknown claim 'lock-ordre'; did you mean 'lock-order'?", result.stderr)
        self.assertFalse(os.path.exists(self.out))


if __name__ == "__main__":
    unittest.main(verbosity=1)
