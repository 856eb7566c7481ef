"""What a fault of the campaign is, and the list that the other files add theirs to."""

import dataclasses
import typing


@dataclasses.dataclass
class Fault:
    name: str
    fault: str  # what goes wrong
    sees: str  # what a person sees of it
    inject: typing.Callable  # (place, tries)
    short: int  # tries in the short form
    full: int


FAULTS = {}


def fault(name, what, sees, short=1, full=1):
    """Adds the function that injects it, which is called with a place and the number of tries."""
    def add(inject):
        FAULTS[name] = Fault(name, what, sees, inject, short, full)
        return inject
    return add
