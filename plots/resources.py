"""What one execution takes besides time: processor seconds and memory, by backend."""

import math

from matplotlib import ticker

import style
from run import some
from units import BYTES, TIMES, in_unit, tick_text, time_text

ROW = 0.24  # inches
KINDS = (("cpu_ns", "CPU time", TIMES), ("peak_memory_bytes", "memory", BYTES))


def draw(run):
    """None where no sample says what it took."""
    if run.resources is None or run.resources[[column for column, *_ in KINDS]].isna().all(axis=None):
        return None
    style.use()
    looks = style.Looks(run.resources)
    problems, note = some(list(run.resources.groupby("problem", sort=False)))
    panels = [(title, cells.sort_values("place").reset_index(drop=True), *kind) for title, cells in problems for kind in KINDS]
    sheet = style.Sheet(
        "Processor seconds and memory of one execution",
        [*note, "Each backend at its best number of workers, in the order of the contest; medians over processes; further left "
                "is less. CPU time is that of all workers together.",
         run.machine or "Machine unknown: no environment.json."],
        [max(3, len(cells)) * ROW for _, cells, *_ in panels], width=2.7, left=style.room(run.resources.label), right=1.0,
        bottom=0.6, columns=2)
    for axes, (title, cells, column, name, units) in zip(sheet.axes, panels):
        panel(axes, f"{title}: {name}", cells, column, units, looks)
    return sheet.figure


def panel(axes, title, cells, column, units, looks):
    style.heading(axes, title, 8)
    axes.set_yticks(range(len(cells)), cells.label, size=8.5)
    axes.set_ylim(len(cells) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    known = cells[cells[column] > 0][column]
    if known.empty:
        axes.set_xticks([])
        axes.text(0.02, 0.5, "not known", transform=axes.transAxes, va="center", color=style.SOFT, size=8)
        return
    wide = known.max() / known.min() > 25
    if wide:
        axes.set_xscale("log")
        axes.set_xlim(known.min() / 1.5, known.max() * 1.5)
        axes.xaxis.set_minor_locator(ticker.NullLocator())
        axes.set_xlabel("logarithmic", size=7.5, color=style.SOFT)
    else:
        axes.set_xlim(0, known.max() * 1.06)
    unit, factor = next((one for one in units if known.max() >= one[1]), units[-1])
    if wide and units is BYTES:
        axes.xaxis.set_major_locator(ticker.LogLocator(base=2, numticks=5))  # 1 MiB, 32 MiB: round in its units
    if not wide:
        axes.xaxis.set_major_locator(ticker.MaxNLocator(4, steps=[1, 2, 5, 10]) if factor == 1 else Scaled(factor))
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: tick_text(value, units) if value else f"0 {unit}"))
    for place, cell in enumerate(cells.itertuples()):
        value = getattr(cell, column)
        if math.isnan(value):
            continue
        marks = looks(cells.iloc[place])
        if not wide:
            axes.plot([0, value], [place, place], color=style.lighter(marks["color"], 0.6), linewidth=5, solid_capstyle="butt", zorder=2)
        axes.plot([value], [place], markersize=6, zorder=5, **marks)
        axes.annotate(value_text(value, units), (1, place), xycoords=("axes fraction", "data"), xytext=(58, 0),
                      textcoords="offset points", ha="right", va="center", size=8, annotation_clip=False)


def value_text(value, units):
    if units is TIMES:
        return time_text(value)
    number, unit = in_unit(value, units)
    return f"{number:.{0 if unit == 'B' else max(0, 2 - math.floor(math.log10(number) + 1e-9))}f} {unit}"


class Scaled(ticker.MaxNLocator):
    """Round values of a unit that is no power of ten."""

    def __init__(self, factor):
        super().__init__(4, steps=[1, 2, 5, 10])
        self.factor = factor

    def tick_values(self, low, high):
        return [value * self.factor for value in super().tick_values(low / self.factor, high / self.factor)]
