"""What `runoff` tells of itself and of the machine: --help, list, doctor. Usage: asking.py PREFIX."""

import json
import os
import unittest

from command import Command, runoff


class Help(Command):
    def test_everywhere(self):
        for arguments in [[], ["list"], ["run"], ["report"], ["doctor"]]:
            result = runoff(*arguments, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Usage:", result.stdout)
            result = runoff(*arguments, "--version")
            self.assertEqual(result.returncode, 0, arguments)
            self.assertRegex(result.stdout, r"^runoff \d+\.\d+\.\d+\ncommit \S+\ncompiled by \S.*: .*\nfor modules of version \d+ of the SDK\n$")


class List(Command):
    def test_json_holds_what_scripts_rely_on(self):
        everything = json.loads(runoff("list", "--json").stdout)
        self.assertEqual(list(everything), ["backends", "workloads", "presets"])
        serial = next(one for one in everything["backends"] if one["name"] == "serial")
        self.assertEqual((serial["available"], serial["reason"], serial["variants"]), (True, "", []))
        primes = next(one for one in everything["workloads"] if one["name"] == "primes")
        self.assertEqual((primes["shape"], primes["bound"]), ("independent", "cpu"))
        self.assertEqual([one["name"] for one in primes["parameters"]], ["n", "grain"])
        self.assertLessEqual({"quick", "scaling", "full", "articles"}, {one["name"] for one in everything["presets"]})
        for one in everything["backends"] + everything["workloads"]:
            self.assertNotEqual(one["available"], bool(one["reason"]), one["name"])
        self.assertEqual(list(json.loads(runoff("list", "workloads", "--json").stdout)), ["workloads"])

    def test_the_table_names_all(self):
        text = runoff("list").stdout
        for word in ["serial", "primes", "n=1000000", "quick"]:
            self.assertIn(word, text)


class Doctor(Command):
    NAMES = ["cores", "smt", "isolation", "quota", "priority", "variables", "governor", "boost", "clock", "memory",
             "huge-pages", "aslr", "temporary-files", "shared-memory", "limits", "perf", "load", "steal", "python", "cell",
             "backends", "launchers"]

    def test_json_holds_what_scripts_rely_on(self):
        result = runoff("doctor", "--json")
        found = json.loads(result.stdout)
        checks = found["checks"]
        self.assertEqual([one["name"] for one in checks], self.NAMES)
        for one in checks:
            self.assertIn(one["level"], ["ok", "warn", "bad"])
            self.assertTrue(one["seen"] and one["means"], one)
            self.assertNotEqual(one["mend"], "")
        for level in ["ok", "warn", "bad"]:
            self.assertEqual(found[level], sum(one["level"] == level for one in checks))
        self.assertTrue(found["usable"])
        self.assertEqual(result.returncode, 0, result.stderr)
        # RUNOFF_PYTHON is no Python here, but another may be found.
        self.assertEqual(result.stderr, "")

    def test_exit_status_3_where_nothing_can_be_measured(self):
        nowhere = os.path.join(self.folder, "nowhere")
        result = runoff("doctor", "--json", env=dict(os.environ, TMPDIR=nowhere))
        self.assertEqual(result.returncode, 3)
        found = json.loads(result.stdout)
        self.assertFalse(found["usable"])
        self.assertEqual([one["name"] for one in found["checks"] if one["prevents"]], ["temporary-files"])

    def test_the_table_has_a_line_for_each_and_no_colour_in_a_file(self):
        result = runoff("doctor")
        self.assertNotIn("\x1b", result.stdout)
        starts = [line.split()[:2] for line in result.stdout.splitlines() if line[:2] == "  " and line[2:3] != " "]
        self.assertEqual([name for _, name in starts], self.NAMES)


if __name__ == "__main__":
    unittest.main(verbosity=1)
