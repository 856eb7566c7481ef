"""What runoff says on standard error, whether the machine is fast or slow."""

import re

WAITS = re.compile(r"runoff: waiting for (.+ to (say what it is|be made), for at most \d+ s|samples of the promise '.+', \d+ of \d+ so far)")


def without_waits(said):
    """All but the lines in which runoff names what takes its time: on a busy machine any module or promise may."""
    return "".join(line for line in said.splitlines(keepends=True) if not WAITS.fullmatch(line.rstrip("\n")))
