"""Time by workers, with the ideal line."""

import numpy
from matplotlib import ticker

import style
from run import kept_out, measured, serial_ns, time_text


def draw(run):
    style.use()
    problems = list(run.problems())
    lost = [kept_out(cells) for _, cells in problems]
    sheet = style.Sheet(
        "Time of one execution by workers",
        [f"{run.samples()}; lower is faster. Both scales are logarithmic.",
         "Dashed: ideal, serial ÷ workers. Points stand a little apart sideways.",
         run.machine or "Machine unknown: no environment.json."],
        [3.1] * len(problems), width=3.1, left=0.85,
        right=0.3 + style.room(run.cells.label),
        bottom=0.62 + 0.15 * max(len(lines) for lines in lost))
    for axes, (title, cells), lines in zip(sheet.axes, problems, lost):
        panel(axes, title, cells, run.cores)
        if lines:
            style.below(axes, ["kept out: " + line for line in lines])
    return sheet.figure


def panel(axes, title, cells, cores):
    base = serial_ns(cells)
    style.title(axes, title, base and time_text(base))
    known = measured(cells)
    if known.empty:
        axes.set_axis_off()
        axes.text(0, 1, "nothing to show: every cell was kept out", transform=axes.transAxes, va="top",
                  color="#a03000")
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
        ends.append(curve(axes, label, line.sort_values("workers"), shift))
    limits(axes, known, base, workers)
    direct_labels(axes, ends, reach[1])
    axes.set_xticks(workers, [str(number) for number in workers])
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel("workers")
    axes.set_ylabel("time")


def curve(axes, label, line, shift):
    marks = style.marks(line.iloc[0])
    x = line.workers.to_numpy() * shift
    y = line.median_ns.to_numpy()
    bars = numpy.vstack([y - line.ci_low_ns, line.ci_high_ns - y])
    axes.errorbar(x, y, yerr=numpy.nan_to_num(bars), markersize=5, linewidth=1.3, elinewidth=1, capsize=2, zorder=3,
                  **marks)
    return (y[-1], label, marks["color"], (x[-1], y[-1]))


def limits(axes, known, base, workers):
    low = numpy.nanmin([known.median_ns.min(), known.ci_low_ns.min()])
    high = numpy.nanmax([known.median_ns.max(), known.ci_high_ns.max()])
    if base is not None:
        low = min(low, base / workers.max())
    axes.set_ylim(low / 1.25, high * 1.25)
    decades = numpy.log10(high / low)
    steps = (1, 2, 5) if decades > 0.75 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    axes.yaxis.set_major_locator(ticker.LogLocator(base=10, subs=steps, numticks=30))
    axes.yaxis.set_minor_locator(ticker.NullLocator())
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda ns, _: tick_text(ns)))


def tick_text(ns):
    for unit, factor in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= factor:
            return f"{ns / factor:g} {unit}"
    return f"{ns:g} ns"


def direct_labels(axes, ends, edge):
    """Each line's name beside its end, moved apart where they would overlap, with a thin line to what it names."""
    to_points = axes.transData.transform
    gap = 11 * axes.figure.dpi / 72
    ends = sorted(ends)
    wanted = [to_points((edge, y))[1] for y, *_ in ends]
    placed = spread(wanted, gap)
    right = to_points((edge, ends[0][0]))[0]
    back = axes.transData.inverted().transform
    for (y, label, colour, point), height in zip(ends, placed):
        _, label_y = back((right, height))
        start = point or (edge, y)
        axes.annotate(label, start, xytext=(edge * 1.1, label_y), textcoords="data", size=8, va="center",
                      color=style.darker(colour), annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": style.lighter(colour, 0.5), "linewidth": 0.6,
                                  "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)})


def spread(wanted, gap):
    """Places as near to the ascending `wanted` ones as may be, at least `gap` apart (pool adjacent violators)."""
    blocks = []  # [sum of wanted minus own offsets, members]
    for want in wanted:
        blocks.append([want, 1])
        while len(blocks) > 1:
            (first, n), (second, m) = blocks[-2:]
            if second / m - first / n >= gap * n:
                break
            blocks[-2:] = [[first + second - m * n * gap, n + m]]
    placed = []
    for total, count in blocks:
        placed.extend(total / count + gap * member for member in range(count))
    return placed
