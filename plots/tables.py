"""The CSV files that `runoff report` writes, read as they are."""

import math

import pandas


class RunError(Exception):
    """The folder holds nothing that can be drawn; the text says why."""


def read(file, texts, numbers):
    """The rows of a file with these columns, of text and of numbers (an empty field is no number, nor is what no scale can
    show); None where there is no such file."""
    if not file.exists():
        return None
    try:
        rows = pandas.read_csv(file, dtype={**{name: str for name in texts}, **{name: float for name in numbers}},
                               keep_default_na=False, na_values={name: [""] for name in numbers})
    except (ValueError, OSError) as error:
        raise RunError(f"{file} is damaged: {error}") from None
    missing = sorted({*texts, *numbers} - set(rows.columns))
    if missing:
        raise RunError(f"{file} is damaged: it lacks {', '.join(missing)}")
    rows = rows[[*texts, *numbers]].replace([math.inf, -math.inf], math.nan)
    for name in numbers:
        if name.endswith("_ns"):  # scales of times are logarithmic: what is below the clock's resolution has no place
            rows[name] = rows[name].where(rows[name] > 0)
    return rows
