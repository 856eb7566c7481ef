"""What things cost in each runtime: a row for each price and number of workers, a mark for each backend."""

import numpy
import pandas
from matplotlib import lines, ticker

import style
from run import workers_text
from units import BYTES, TIMES, tick_text

ROW = 0.23  # inches
UNITS = {"ns": (TIMES, "time, logarithmic"), "bytes": (BYTES, "memory, logarithmic")}


def draw(run):
    """None where the run shows no prices."""
    if run.prices is None:
        return None
    known = run.prices[run.prices.value > 0]  # the scale is logarithmic
    if known.empty:
        return None
    style.use()
    looks = style.Looks(known)
    panels = [(unit, rows_of(prices)) for unit, prices in known.groupby("unit", sort=False)]
    names = [name for _, rows in panels for name, _ in rows]
    sheet = style.Sheet(
        "What things cost in each runtime",
        ["Medians over processes, with 95 % intervals where there are 6 or more; further left is cheaper; nothing is "
         "subtracted.",
         "Full marks are a backend's first variant, open ones its others; serial, with its one worker, stands in all rows "
         "of its prices.", run.machine or "Machine unknown: no environment.json."],
        [max(3, len(rows)) * ROW for _, rows in panels], width=6.4, left=style.room(names) * 0.95,
        right=style.room(known.backend) + 0.3, columns=1)
    for axes, (unit, rows) in zip(sheet.axes, panels):
        panel(axes, unit, rows, looks)
    legend(sheet.axes[0], sorted(set(known.backend)))
    return sheet.figure


def rows_of(prices):
    """(name, its prices), in the order of the list; the number of workers is named where a price has several."""
    rows = []
    for price, all_workers in prices.groupby("price", sort=False):
        serial = all_workers[all_workers.backend == "serial"]
        others = all_workers[all_workers.backend != "serial"]
        if others.empty:
            rows.append((price, serial))
            continue
        several = others.workers.nunique() > 1
        for workers, shown in others.groupby("workers"):
            name = f"{price}, {workers_text(workers)}" if several else price
            rows.append((name, pandas.concat([serial, shown])))
    return rows


def panel(axes, unit, rows, looks):
    axes.set_yticks(range(len(rows)), [name for name, _ in rows], size=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8)
    steps, label = UNITS[unit]
    axes.set_xlabel(label)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: tick_text(value, steps)))
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    if unit == "bytes":
        axes.xaxis.set_major_locator(ticker.LogLocator(base=2, numticks=12))
    else:
        axes.xaxis.set_major_locator(ticker.LogLocator(base=10, numticks=16))
    for place, (_, prices) in enumerate(rows):
        for price in prices.itertuples():
            marks = {**looks(price), "linestyle": "none"}
            bars = numpy.nan_to_num([[price.value - price.low], [price.high - price.value]])
            full = marks["markerfacecolor"] == marks["color"]
            axes.errorbar([price.value], [place], xerr=bars, markersize=5.5, elinewidth=0.9, zorder=4 if full else 3,
                          **marks)


def legend(axes, backends):
    handles = []
    for backend in backends:
        colour, marker = style.look(backend)
        handles.append(lines.Line2D([], [], label=backend, markersize=5.5, color=colour, marker=marker,
                                    markeredgecolor=style.PAPER, linestyle="none"))
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8,
                handletextpad=0.3, borderaxespad=0.4)
