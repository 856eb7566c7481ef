"""Time by what a run varies: a parameter of a workload, or the concurrency of one that waits."""

import itertools

import numpy
from matplotlib import ticker

import style
from lines import curve, direct_labels, time_axis
from run import measured


WIDTH = 3.4  # inches


def draw(run):
    """None where the run varies nothing."""
    panels = [(title, axis, measured(cells)) for title, axis, cells in run.sweeps()]
    panels = [panel for panel in panels if panel[2].x.nunique() > 1]
    if not panels:
        return None
    style.use()
    labels = [label for _, _, cells in panels for label in cells.label]
    sheet = style.Sheet(
        "Where the best choice changes hands",
        [f"{run.samples()}; lower is faster. Both scales are logarithmic.",
         "The strip above each panel names the backend with the least median; each stands at its best number of workers.",
         run.machine or "Machine unknown: no environment.json."],
        [3.1] * len(panels), width=WIDTH, left=0.85, right=0.3 + style.room(labels), top=0.85, bottom=0.62)
    for axes, (title, axis, cells) in zip(sheet.axes, panels):
        panel(axes, title, axis, cells)
    return sheet.figure


def panel(axes, title, axis, cells):
    axes.set_title(title, pad=36)
    axes.set_xscale("log")
    axes.set_yscale("log")
    stops = cells.drop_duplicates("x").sort_values("x")
    x = stops.x.to_numpy()
    margin = (x[-1] / x[0]) ** 0.06 if x[0] > 0 else 2
    axes.set_xlim(x[0] / margin, x[-1] * margin)
    low = numpy.nanmin([cells.median_ns.min(), cells.ci_low_ns.min()])
    high = numpy.nanmax([cells.median_ns.max(), cells.ci_high_ns.max()])
    axes.set_ylim(low / 1.25, high * 1.25)
    time_axis(axes.yaxis, low, high)
    ends = [curve(axes, label, style.marks(line.iloc[0]), line.x.to_numpy(), line)
            for label, line in cells.groupby("label")]
    direct_labels(axes, ends, x[-1] * margin)
    shown = thinned(x, axes.get_xlim())
    axes.set_xticks(x[shown], [stops.value.iloc[place] for place in shown])
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel(axis)
    axes.set_ylabel("time")
    strip(axes, cells, x, margin)


def thinned(x, limits):
    """The values that have room for a label."""
    reach = numpy.log(limits[1] / limits[0])
    shown = []
    for place, value in enumerate(x):
        if not shown or numpy.log(value / x[shown[-1]]) > reach * 0.11:
            shown.append(place)
    return shown


def strip(axes, cells, x, margin):
    """Who has the least median, in stretches of the same one."""
    winners = cells.loc[cells.groupby("x").median_ns.idxmin()].sort_values("x")
    borders = [x[0] / margin, *numpy.sqrt(x[1:] * x[:-1]), x[-1] * margin]
    place = 0
    limits = numpy.log(axes.get_xlim())
    for label, group in itertools.groupby(winners.itertuples(), key=lambda cell: cell.label):
        group = list(group)
        first, last = borders[place], borders[place + len(group)]
        place += len(group)
        colour = style.look(group[0].backend)[0]
        axes.plot([first, last], [1.035, 1.035], transform=axes.get_xaxis_transform(), color=colour, linewidth=5,
                  solid_capstyle="butt", clip_on=False)
        text = label.replace(" ", "\n", 1)
        room = numpy.log(last / first) / (limits[1] - limits[0]) * WIDTH / 0.065  # characters
        if max(map(len, text.split("\n"))) > room:
            text = ""  # its colour says it
        axes.text(numpy.sqrt(first * last), 1.06, text, transform=axes.get_xaxis_transform(), ha="center", va="bottom",
                  size=7.5, color=style.darker(colour))
