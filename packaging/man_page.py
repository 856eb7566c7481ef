"""The manual page, made of what runoff itself says: python3 man_page.py RUNOFF prints it for man(1)."""

import re
import subprocess
import sys

ENVIRONMENT = (
    ("RUNOFF_PLUGINS", "A folder: every plug-in in it is loaded, as by --plugin."),
    ("RUNOFF_PYTHON", "The Python of the backend cpython and of plots; else that of the active virtual environment, else "
                      "python3."),
    ("TMPDIR", "Where cells keep their temporary files (/tmp)."),
    ("NO_COLOR", "Where it is set, nothing is coloured."),
)
STATUSES = (
    ("0", "All went well."),
    ("1", "A cell was wrong, crashed, failed or ran out of time, or what was asked about does not hold: a broken promise, a "
          "slow-down."),
    ("2", "The command line cannot be carried out; the message says what to change."),
    ("3", "This machine, or this folder, cannot be used."),
    ("130", "Interrupted. What was measured is saved, and --resume goes on."),
)


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def escaped(text):
    """As it is: no line is taken for a request, no hyphen for a dash."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def as_it_is(text):
    return f".nf\n{escaped(text.strip(chr(10)))}\n.fi\n"


def pairs(section, entries):
    return f".SH {section}\n" + "".join(f".TP\n.B {escaped(name)}\n{escaped(text)}\n" for name, text in entries)


def commands_in(overview):
    return re.findall(r"(?m)^  ([a-z]+) ", overview.split("Subcommands:")[1])


def page(runoff):
    overview = said(runoff, "--help")
    version = said(runoff, "--version").split()[1]
    question = overview.split("\n")[0].split(": ", 1)[1]
    text = f'.TH RUNOFF 1 "" "runoff {version}" "User Commands"\n'
    text += f".SH NAME\nrunoff \\- {escaped(question)}\n"
    text += ".SH SYNOPSIS\n.B runoff\n.I COMMAND\n[\\fIOPTIONS\\fR]\n"
    text += ".SH DESCRIPTION\n" + as_it_is(overview)
    text += ".SH COMMANDS\n"
    for command in commands_in(overview):
        text += f".SS runoff {command}\n" + as_it_is(said(runoff, command, "--help"))
    return text + pairs("EXIT STATUS", STATUSES) + pairs("ENVIRONMENT", ENVIRONMENT)


if __name__ == "__main__":
    print(page(sys.argv[1]), end="")
