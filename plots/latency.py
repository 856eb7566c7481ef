"""How the latencies of single tasks are spread, down to the slowest of them."""

import numpy
from matplotlib import ticker

import style
from lines import time_axis
from run import some, workers_text
from units import tick_text, time_text

SHARES = (0.5, 0.9, 0.99, 0.999, 0.9999)


def draw(run):
    """None where no workload of the run keeps records of its tasks."""
    if run.latencies is None or run.latencies.empty:
        return None
    style.use()
    looks = style.Looks(run.latencies)
    panels, note = some(list(run.latencies.groupby("problem", sort=False)))
    sheet = style.Sheet(
        "Latency of single tasks: the share that took no longer",
        [*note, "Cumulative, with the slow end stretched: each tenth of the tasks that are left takes the same height.",
         "Each backend at its best number of workers; each point is the median over processes. Further left is faster.",
         run.machine or "Machine unknown: no environment.json."],
        [3.1] * len(panels), width=3.4, left=0.85,
        right=0.3 + 0.76 * style.room(ending(line) for _, rows in panels for _, line in rows.groupby("label")),
        bottom=0.62)
    for axes, (title, rows) in zip(sheet.axes, panels):
        panel(axes, title, rows, looks)
    return sheet.figure


def height(share):
    """-log10 of the share that is left: 0.9 is 1, 0.99 is 2; the slowest task lies half its own share from the end."""
    return -numpy.log10(1 - share)


def panel(axes, title, rows, looks):
    style.heading(axes, title, 8)
    axes.set_xscale("log")
    below_one = rows["quantile"][rows["quantile"] < 1]
    top = height((1 + (below_one.max() if not below_one.empty else 0)) / 2)
    ends = []
    for _, line in rows.groupby("label"):
        line = line.sort_values("quantile")
        y = numpy.where(line["quantile"] < 1, height(numpy.minimum(line["quantile"], 1 - 1e-9)), top)
        marks = looks(line.iloc[0])
        x = line.latency_ns.to_numpy()
        axes.plot(x, y, color=marks["color"], linestyle=marks["linestyle"], linewidth=1.4, drawstyle="steps-pre",
                  zorder=3)
        axes.plot(x[-1:], y[-1:], markersize=5, zorder=4, **marks)
        ends.append((x[-1], ending(line), marks["color"]))
    low, high = rows.latency_ns.min(), rows.latency_ns.max()
    axes.set_xlim(low / (high / low) ** 0.05 / 1.02, high * (high / low) ** 0.05 * 1.02)
    time_axis(axes.xaxis, low, high)
    thin(axes)
    axes.set_ylim(0, top * 1.04)
    shares = [share for share in SHARES if height(share) < top * 0.97]
    axes.set_yticks([0, *map(height, shares), top], ["0 %", *(f"{share * 100:g} %" for share in shares), "slowest"])
    axes.set_xlabel("latency")
    legend(axes, ends)


def thin(axes):
    """Times as labels take room: at most five."""
    ticks = [tick for tick in axes.get_xticks() if axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
    if len(ticks) > 5:
        ticks = ticks[::-(-len(ticks) // 5)]
    axes.xaxis.set_major_locator(ticker.FixedLocator(ticks))
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda ns, _: tick_text(ns)))


def ending(line):
    return f"{line.label.iloc[0]}, {workers_text(line.workers.iloc[0])}: {time_text(line.latency_ns.max())}"


def legend(axes, ends):
    """Names in the order of the slowest task, with that latency."""
    texts = [("slowest task", style.SOFT), *((text, style.darker(colour)) for _, text, colour in sorted(ends))]
    for place, (text, colour) in enumerate(texts):
        axes.annotate(text, (1, 1), xycoords="axes fraction", xytext=(10, -4 - 12 * place), textcoords="offset points",
                      size=7.5, color=colour, annotation_clip=False)
