"""Numbers as people read them."""

from math import floor, log10

TIMES = (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1))
BYTES = (("TiB", 2**40), ("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10), ("B", 1))


def in_unit(value, units):
    """(number, unit): of the largest unit that the value has one of; of the smallest where it has none."""
    unit, factor = next((unit for unit in units if value >= unit[1]), units[-1])
    return value / factor, unit


def decimals_of(number):
    """Those that show three digits of a number, as it is rounded: 9.996 is 10.0."""
    return min(9, max(0, 2 - floor(log10(number / 0.9995) + 1e-9))) if number > 0 else 2


def time_text(ns):
    """"38.2 ms": three digits; nanoseconds are whole."""
    number, unit = in_unit(ns, TIMES)
    return f"{number:.{0 if unit == 'ns' else decimals_of(number)}f} {unit}"


def three_digits(number):
    """"0.00154", "1.95", "12.3", "104"."""
    return f"{number:.{decimals_of(number)}f}"


def ratio_text(ratio):
    """"1.95 ×"."""
    return f"{three_digits(ratio)} ×"


def tick_text(value, units=TIMES):
    """"20 ms": as many digits as the value has."""
    number, unit = in_unit(value, units)
    return f"{float(f'{number:.6g}'):g} {unit}"
