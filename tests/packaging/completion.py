"""What bash completes for runoff: completion.py PREFIX COMPLETION_BASH."""

import os
import subprocess
import sys
import unittest

PREFIX, SCRIPT = os.path.abspath(sys.argv[1]), sys.argv[2]


def completed(*words):
    """The words that come in the place of the last one."""
    asked = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _runoff; printf "%s\\n" "${COMPREPLY[@]}"'
    answer = subprocess.run(["bash", "-c", asked, SCRIPT, os.path.join(PREFIX, "bin", "runoff"), *words], check=True,
                            capture_output=True, text=True)
    return answer.stdout.split()


class Completion(unittest.TestCase):
    def test_commands(self):
        self.assertEqual(completed("rep"), ["report"])
        self.assertLessEqual({"run", "list", "claims", "doctor"}, set(completed("")))

    def test_options_of_the_command(self):
        self.assertEqual(completed("run", "--back"), ["--backends"])
        self.assertEqual(completed("list", "--back"), [])

    def test_names_of_modules_and_presets(self):
        self.assertEqual(completed("run", "--backends", "ser"), ["serial"])
        self.assertEqual(completed("run", "--backends", "serial,std-"), ["serial,std-thread"])
        self.assertEqual(completed("run", "--workloads", "prim"), ["primes"])
        self.assertEqual(completed("run", "--preset", "qui"), ["quick"])
        self.assertEqual(completed("show", "std-"), ["std-thread"])

    def test_words_that_an_option_takes(self):
        self.assertEqual(completed("run", "--placement", "pin"), ["pinned"])
        self.assertEqual(completed("list", "back"), ["backends"])

    def test_files_are_left_to_bash(self):
        self.assertEqual(completed("report", "res"), [])
        self.assertEqual(completed("run", "--out", "res"), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
