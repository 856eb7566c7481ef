"""docs/claims.md has a section for each claim, and none for another; its commands are understood:
python3 page.py SOURCES PREFIX"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from said import without_waits  # noqa: E402

SOURCES, PREFIX = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def claims():
    return {file.stem: json.loads(file.read_text()) for file in sorted((SOURCES / "claims").glob("*.json"))}


def sections():
    """By the name of the claim: what stands under `## name`."""
    text = (SOURCES / "docs" / "claims.md").read_text()
    return {name: body for name, body in re.findall(r"^## ([a-z0-9-]+)\n(.*?)(?=^## |\Z)", text, re.M | re.S)}


def commands(body):
    return [line for block in re.findall(r"```\n(.*?)```", body, re.S) for line in block.splitlines() if "runoff" in line]


class Page(unittest.TestCase):
    def test_each_claim_has_its_section_and_each_section_its_claim(self):
        self.assertEqual(list(sections()), sorted(claims(), key=lambda name: claims()[name]["number"]))

    def test_a_section_has_the_sentence_of_its_claim_and_one_command(self):
        for name, body in sections().items():
            with self.subTest(claim=name):
                self.assertIn(claims()[name]["sentence"], body)
                self.assertEqual(len(commands(body)), 1)
                self.assertIn(f"--only {name}", commands(body)[0])

    def test_claims_point_to_their_sections(self):
        for name, claim in claims().items():
            self.assertTrue(claim["page"].startswith("docs/claims.md#"), name)
            self.assertTrue(claim["page"].endswith(name), name)

    def test_commands_are_understood(self):
        for name, body in sections().items():
            words = shlex.split(commands(body)[0])
            result = subprocess.run([PREFIX / "bin" / "runoff", *words[1:], "--list"], capture_output=True, text=True)
            self.assertEqual((result.returncode, without_waits(result.stderr)), (0, ""), name)
            self.assertIn(name, result.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
