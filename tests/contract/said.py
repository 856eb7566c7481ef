"""What runoff says on standard error, whether the machine is fast or slow."""

import re

WAITS = re.compile(r"runoff: waiting for .+ to say what it is, for at most \d+ s")


def without_waits(said):
    """All but the lines in which runoff names a module that takes its time to be loaded: on a busy machine any may."""
    return "".join(line for line in said.splitlines(keepends=True) if not WAITS.fullmatch(line.rstrip("\n")))
