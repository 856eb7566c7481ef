"""How well workers are kept busy as tasks become shorter, and where that is half of the peak: METG(50 %)."""

import numpy
from matplotlib import ticker

import style
from lines import direct_labels, time_axis
from run import some, workers_text
from units import time_text


def draw(run):
    """None where the run sweeps no task sizes, or found no peak."""
    if run.curves is None or run.curves.empty:
        return None
    style.use()
    looks = style.Looks(run.curves)
    panels, note = some(list(run.curves.groupby(["problem", "parameters", "workers"], sort=False)))
    sheet = style.Sheet(
        "Efficiency by task granularity",
        [*note, "Medians over processes; further left is better: shorter tasks keep the workers busy.",
         "Share of the best rate that any backend reached here with as many workers; METG(50 %) is marked with its interval.",
         run.machine or "Machine unknown: no environment.json."],
        [3.6] * len(panels), width=4.6, left=0.7, right=0.3 + style.room(run.curves.label + "  1000 ns"), top=0.5,
        bottom=0.6)
    for axes, ((problem, parameters, workers), cells) in zip(sheet.axes, panels):
        name = style.heading(axes, f"{problem}, {workers_text(workers)}", 8)
        beside = axes.set_title(shortened(parameters), loc="right", pad=8, size=7.5, weight="normal", color=style.SOFT)
        style.fit(beside, style.width_of(axes) - style.width_of(name) - 0.15)
        here = run.metgs[(run.metgs.problem == problem) & (run.metgs.parameters == parameters)
                         & (run.metgs.workers == workers) & run.metgs.metg_ns.notna()]
        panel(axes, cells, here, looks)
    return sheet.figure


def shortened(parameters):
    """What a title has room for: the words among the parameters, which say what kind of problem it is."""
    words = [pair for pair in parameters.split(";") if not pair.rpartition("=")[2][:1].isdigit()]
    return ", ".join(words)


def panel(axes, cells, crossings, looks):
    low, high = cells.granularity_ns.min(), cells.granularity_ns.max()
    axes.set_xscale("log")
    edge = high * (high / low) ** 0.04
    axes.set_xlim(low / (high / low) ** 0.04, edge)
    axes.set_ylim(0, 1.05)
    time_axis(axes.xaxis, low, high)
    if high / low > 100:  # labels of times are wide
        axes.xaxis.set_major_locator(ticker.LogLocator(base=10, subs=(1, 3) if high / low < 3e3 else (1,)))
    axes.yaxis.set_major_locator(ticker.MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(ticker.PercentFormatter(1, decimals=0))
    axes.set_xlabel("task granularity: time × workers ÷ tasks")
    axes.set_ylabel("efficiency")
    axes.axhline(0.5, color=style.INK, linewidth=0.9)
    names = []
    for label, line in cells.groupby("label", sort=False):
        line = line.sort_values("grain")  # more work in a task may take less time, by chance
        marks = looks(line.iloc[0])
        axes.plot(line.granularity_ns, line.efficiency, markersize=4.5, linewidth=1.2, zorder=3, **marks)
        crossing = crossings[crossings.label == label]
        if not crossing.empty:
            mark(axes, crossing.iloc[0], marks["color"])
            label += f"  {time_text(crossing.iloc[0].metg_ns)}"
        last = line.iloc[-1]
        names.append((last.efficiency, label, marks["color"], (last.granularity_ns, last.efficiency)))
    direct_labels(axes, names, edge)


def mark(axes, crossing, colour):
    """The crossing on the line of 50 %, and a bar for its interval."""
    axes.plot([crossing.metg_ns], [0.5], marker="|", markersize=15, markeredgewidth=2, color=colour, zorder=5)
    if numpy.isfinite(crossing.metg_low_ns) and numpy.isfinite(crossing.metg_high_ns):
        axes.plot([crossing.metg_low_ns, crossing.metg_high_ns], [0.5, 0.5], color=colour, linewidth=3.5, alpha=0.6,
                  solid_capstyle="butt", zorder=4)
