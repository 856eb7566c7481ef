"""The manual page has what runoff says of itself: man_page.py PREFIX GENERATOR."""

import os
import re
import shutil
import subprocess
import sys
import unittest

RUNOFF = os.path.join(sys.argv[1], "bin", "runoff")
PAGE = subprocess.run([sys.executable, sys.argv[2], RUNOFF], check=True, capture_output=True, text=True).stdout


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class ManPage(unittest.TestCase):
    def test_each_command_has_its_section_with_its_options(self):
        commands = re.findall(r"^  ([a-z]+) +[A-Z]", said(RUNOFF, "--help"), re.MULTILINE)
        self.assertIn("run", commands)
        for command in commands:
            section = PAGE.split(f".SS runoff {command}\n")[1].split(".SS ")[0].replace("\\-", "-")
            for option in re.findall(r"--[a-z-]+", said(RUNOFF, command, "--help")):
                self.assertIn(option, section)

    @unittest.skipUnless(shutil.which("groff"), "there is no groff")
    def test_it_can_be_formatted(self):
        formatted = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-rLL=200n"], input=PAGE, capture_output=True, text=True)
        self.assertEqual((formatted.returncode, formatted.stderr), (0, ""))
        text = re.sub(r"\x1b\[[0-9;]*m", "", formatted.stdout)
        for line in said(RUNOFF, "run", "--help").splitlines():
            self.assertIn(line.strip().replace("'", ""), text.replace("'", "").replace("\u2019", ""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
