"""Time by workers, with the ideal line."""

import numpy
from matplotlib import ticker

import style
from lines import curve, direct_labels, time_axis
from run import kept_out, measured, samples, serial_ns
from units import time_text


def draw(run):
    """None where there is no contest."""
    problems = scaled(run.problems())
    if not problems:
        return None
    style.use()
    looks = style.Looks(run.cells)
    lost = [kept_out(cells) for _, cells in problems]
    sheet = style.Sheet(
        "Time of one execution by workers",
        [f"{samples(run.cells)}; lower is faster. Both scales are logarithmic.",
         "Dashed: ideal, serial ÷ workers. Points stand a little apart sideways.",
         run.machine or "Machine unknown: no environment.json."],
        [3.1] * len(problems), width=3.1, left=0.85,
        right=0.3 + style.room(run.cells.label),
        bottom=0.62 + 0.15 * max(len(lines) for lines in lost))
    for axes, (title, cells), lines in zip(sheet.axes, problems, lost):
        panel(axes, title, cells, run.cores, looks)
        if lines:
            style.below(axes, ["kept out: " + line for line in lines])
    return sheet.figure


def scaled(problems):
    """Those that have cells with several numbers of workers; all of them where none has."""
    return [(title, cells) for title, cells in problems if cells.workers.nunique() > 1] or problems


def panel(axes, title, cells, cores, looks):
    base = serial_ns(cells)
    style.title(axes, title, base and time_text(base))
    known = measured(cells)
    if known.empty:
        axes.set_axis_off()
        axes.text(0, 1, "nothing to show: every cell was kept out", transform=axes.transAxes, va="top",
                  color=style.WARNING)
        return
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    workers = numpy.array(sorted(known.workers.unique()))
    reach = numpy.array([workers.min() * 0.85, workers.max() * 1.18])
    axes.set_xlim(reach)
    ends = []
    if base is not None:
        axes.axhline(base, color=style.INK, linewidth=0.9, zorder=1)
        axes.plot(reach, base / reach, color=style.SOFT, linewidth=1.1, linestyle=(0, (5, 3)), zorder=1)
        ends.append((base, "serial", style.INK, None))
        ends.append((base / reach[1], "ideal", style.SOFT, None))
    if cores and reach[0] < cores < reach[1]:
        axes.axvline(cores, color=style.SOFT, linewidth=0.8, linestyle=":", zorder=1)
        axes.annotate(f"{cores} cores", (cores, 1), xycoords=("data", "axes fraction"), xytext=(3, -3), size=7.5,
                      textcoords="offset points", va="top", color=style.SOFT)
    lines = [(label, line) for label, line in known[known.backend != "serial"].groupby("label")]
    lines.sort(key=lambda pair: pair[1].sort_values("workers").median_ns.iloc[-1])
    for place, (label, line) in enumerate(lines):
        # A shift of 2 % of the panel at most: bars of near-equal backends come apart, and no point leaves its workers.
        share = (place + 0.5) / len(lines) - 0.5
        shift = (reach[1] / reach[0]) ** (0.04 * share)
        line = line.sort_values("workers")
        ends.append(curve(axes, label, looks(line.iloc[0]), line.workers.to_numpy() * shift, line))
    limits(axes, known, base, workers)
    direct_labels(axes, ends, reach[1])
    axes.set_xticks(workers, [str(int(number)) for number in workers])
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel("workers")
    axes.set_ylabel("time")


def limits(axes, known, base, workers):
    low = numpy.nanmin([known.median_ns.min(), known.ci_low_ns.min()])
    high = numpy.nanmax([known.median_ns.max(), known.ci_high_ns.max()])
    if base is not None:
        low = min(low, base / workers.max())
    axes.set_ylim(low / 1.25, high * 1.25 * (high / low) ** 0.08)  # the number of cores stands above the lines
    time_axis(axes.yaxis, low, high)
