"""What panels of lines share: the lines themselves, with intervals, and their names beside their ends."""

import numpy
from matplotlib import ticker

import style
from units import tick_text


def curve(axes, label, marks, x, line):
    """Medians with their intervals; returns what `direct_labels` takes."""
    y = line.median_ns.to_numpy()
    bars = numpy.vstack([y - line.ci_low_ns, line.ci_high_ns - y])
    axes.errorbar(x, y, yerr=numpy.nan_to_num(bars), markersize=5, linewidth=1.3, elinewidth=1, capsize=2, zorder=3,
                  **marks)
    return (y[-1], label, marks["color"], (x[-1], y[-1]))


def time_axis(axis, low, high):
    """A logarithmic axis of times from `low` to `high` ns."""
    decades = numpy.log10(high / low)
    steps = (1,) if decades > 4 else (1, 2, 5) if decades > 0.75 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    axis.set_major_locator(ticker.LogLocator(base=10, subs=steps, numticks=30))
    axis.set_minor_locator(ticker.NullLocator())
    axis.set_major_formatter(ticker.FuncFormatter(lambda ns, _: tick_text(ns)))


def direct_labels(axes, ends, edge):
    """Each line's name beside its end, moved apart where they would overlap, with a thin line to what it names."""
    to_points = axes.transData.transform
    gap = 11 * axes.figure.dpi / 72
    ends = sorted(ends)
    wanted = [to_points((edge, y))[1] for y, *_ in ends]
    placed = spread(wanted, gap, axes.bbox.y1)
    right = to_points((edge, ends[0][0]))[0] + 9 * axes.figure.dpi / 72
    back = axes.transData.inverted().transform
    for (y, label, colour, point), height in zip(ends, placed):
        start = point or (edge, y)
        axes.annotate(label, start, xytext=back((right, height)), textcoords="data", size=8, va="center",
                      color=style.darker(colour), annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": style.lighter(colour, 0.5), "linewidth": 0.6,
                                  "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)})


def spread(wanted, gap, top=numpy.inf):
    """Places as near to the ascending `wanted` ones as may be, at least `gap` apart (pool adjacent violators), and not
    above `top`."""
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
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], top)
        top = placed[place] - gap
    return placed
