"""Speed-up by backend, each at its best number of workers."""

import math

import numpy
from matplotlib import ticker

import style
from run import base_text, kept_out, measured, reference, samples, some
from units import three_digits, time_text

ROW = 0.27  # inches


def ranked(cells):
    """Those that stand for their backends in the contest, in its order."""
    return cells[cells.place.notna()].sort_values("place").reset_index(drop=True)


def comparable(problems):
    """Those that have a cell to compare with; all of them where none has."""
    return [(title, cells) for title, cells in problems if based(cells)] or problems


def based(cells):
    return (cells.backend == "serial").any() or reference(cells) is not None


def partly_kept_out(cells):
    """What is not said by a row of its own."""
    shown = set(measured(cells).label)
    return kept_out(cells[cells.label.isin(shown)])


def draw(run):
    """None where there is no contest."""
    problems = comparable(run.problems())
    if not problems:
        return None
    style.use()
    problems, note = some(problems)
    lost = [partly_kept_out(cells) for _, cells in problems]
    looks = style.Looks(run.cells)
    sheet = style.Sheet(
        "Speed-up by backend, each at its best number of workers",
        [*note, f"{samples(run.cells)}; further right is faster; 1 × is the base.",
         run.machine or "Machine unknown: no environment.json."],
        [max(3, len(ranked(cells))) * ROW for _, cells in problems], width=2.6, left=style.room(run.cells.label),
        right=1.75, bottom=0.66 + 0.15 * max(len(lines) for lines in lost))
    for axes, (title, cells), lines in zip(sheet.axes, problems, lost):
        panel(axes, title, cells, looks)
        if lines:
            style.below(axes, ["kept out: " + line for line in lines])
    return sheet.figure


def panel(axes, title, cells, looks):
    base = reference(cells)
    style.title(axes, title, base_text(base))
    rows = ranked(cells)
    axes.set_yticks(range(len(rows)), rows.label)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"speed-up against {'serial' if base is None else base.label} (×)")
    scale(axes, rows)
    columns(axes, rows)
    for place, cell in enumerate(rows.itertuples()):
        if math.isnan(cell.median_ns):
            word(axes, place, f"kept out: {cell.verdict}")
        elif math.isnan(cell.speedup):
            word(axes, place, "no serial time to compare with")
        else:
            row(axes, place, cell, looks(cell))


def scale(axes, rows):
    """From 0, or logarithmic where the speed-ups are too far apart for that; the base is a line."""
    highest = max(numpy.nanmax([*rows.speedup, *rows.speedup_high, 1.05]), 1.05)
    lowest = numpy.nanmin([*rows.speedup, *rows.speedup_low, 1])
    if highest / lowest > 25:
        axes.set_xscale("log")
        axes.set_xlim(lowest / 1.3, highest * 1.3)
        axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
        axes.set_xlabel(axes.get_xlabel() + ", logarithmic")
    else:
        axes.set_xlim(0, highest * 1.04)
        axes.xaxis.set_major_locator(ticker.MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.axvline(1, color=style.INK, linewidth=0.9)


def row(axes, place, cell, marks):
    axes.plot([1, cell.speedup], [place, place], color=style.lighter(marks["color"], 0.6), linewidth=5, solid_capstyle="butt",
              zorder=2)
    if not math.isnan(cell.speedup_low):
        low, high = cell.speedup_low, cell.speedup_high
        axes.plot([low, high], [place, place], color=style.INK, linewidth=1, zorder=4)
        axes.plot([low, low, math.nan, high, high], [place - 0.2, place + 0.2, place, place - 0.2, place + 0.2],
                  color=style.INK, linewidth=1, zorder=4)
    axes.plot([cell.speedup], [place], markersize=7, zorder=5, **marks)


def word(axes, place, text):
    axes.annotate(text, (0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                  va="center", size=8, color=style.WARNING,
                  bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1})


def columns(axes, rows):
    """The figures themselves, as a small table beside the panel. Bold: the fastest, and what ties with it."""
    texts = (
        ("×", 38, lambda cell: three_digits(cell.speedup)),
        ("time", 83, lambda cell: time_text(cell.median_ns)),
        ("workers", 122, lambda cell: str(int(cell.workers))),
    )
    for heading, right, text in texts:
        shared = {"textcoords": "offset points", "ha": "right", "annotation_clip": False}
        axes.annotate(heading, (1, 1), xycoords="axes fraction", xytext=(right, 8), size=7.5, color=style.SOFT, **shared)
        for place, cell in enumerate(rows.itertuples()):
            if math.isnan(cell.median_ns) or (heading == "×" and not math.isfinite(cell.speedup)):
                continue
            leads = cell.contest in ("fastest", "tied")
            axes.annotate(text(cell), (1, place), xycoords=("axes fraction", "data"), xytext=(right, 0), va="center",
                          size=8, fontweight="bold" if leads else "normal", **shared)
