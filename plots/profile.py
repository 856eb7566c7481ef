"""Performance profile (Dolan and Moré, 2002): in how many of the workloads a backend is within a factor of the best."""

import numpy
from matplotlib import ticker

import style
from lines import direct_labels

FEWEST = 3  # workloads: of fewer the map says all
FURTHEST = 64  # times the best
NEAR = 0.01  # what differs by less is drawn as close together as 1 and this more: most of what matters is near the best
TICKS = (1, 1.03, 1.1, 1.3, 2, 4, 10, 30, FURTHEST)


def draw(run):
    """None where the run has too few workloads that backends compete in."""
    ratios = {}
    counted = 0
    for _, cells in run.problems():
        standing = cells[cells.place.notna()]
        measured = standing[standing.median_ns > 0]
        if len(measured) < 2:
            continue
        counted += 1
        for cell in standing.itertuples():
            ratios.setdefault((cell.backend, cell.label), []).append(cell.median_ns / measured.median_ns.min())
    if counted < FEWEST:
        return None
    style.use()
    looks = style.Looks(run.cells)
    known = {key: sorted(ratio for ratio in some if ratio == ratio) for key, some in ratios.items()}
    known = {key: some for key, some in known.items() if some}
    sheet = style.Sheet(
        "How often a backend is within a factor of the best",
        [f"Performance profile over {counted} workloads and parameters, each backend at its best number of workers.",
         "Higher and further left is better. Where a backend was kept out it is never within; see the map for which.",
         run.machine or "Machine unknown: no environment.json."],
        [3.6], width=5.6, left=0.75, right=0.3 + style.room(label for _, label in known), top=0.25, bottom=0.6)
    axes, = sheet.axes
    last = max(1.1, min(FURTHEST, max(max(some) for some in known.values()) * 1.1))
    axes.set_xscale("function", functions=(lambda x: numpy.log10(numpy.maximum(x, 1) - 1 + NEAR), lambda x: 10 ** x + 1 - NEAR))
    axes.set_xlim(1, last)
    axes.set_ylim(0, 1.03)
    shown = [tick for tick in TICKS if tick <= last]
    axes.set_xticks(shown, [f"{tick:g} ×" for tick in shown])
    axes.yaxis.set_major_formatter(ticker.PercentFormatter(1, decimals=0))
    axes.set_xlabel("time, to the best of the workload; stretched towards 1")
    axes.set_ylabel("share of workloads")
    ends = []
    # The better on the whole is named first where several end at the same height.
    best_first = sorted(known.items(), key=lambda pair: sum(numpy.log(numpy.minimum(pair[1], FURTHEST))) - 10 * len(pair[1]))
    for place, ((_, label), some) in enumerate(best_first):
        marks = looks(run.cells[run.cells.label == label].iloc[0])
        x = numpy.array([1, *some, last])
        y = numpy.array([0, *(numpy.arange(len(some)) + 1), len(some)]) / counted
        axes.step(x, y, where="post", color=marks["color"], linestyle=marks["linestyle"], linewidth=1.5, zorder=3)
        within = y[x <= last].max()
        ends.append((within - 1e-9 * place, label, marks["color"], (last, within)))
    direct_labels(axes, ends, last)
    return sheet.figure
