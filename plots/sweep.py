"""Time by what a run varies: a parameter of a workload, or the concurrency of one that waits."""

import numpy
from matplotlib import ticker

import style
from lines import curve, direct_labels, time_axis
from run import measured, samples, some

WIDTH = 3.4  # inches
LINES = 3  # of names above the strip


def draw(run):
    """None where the run varies nothing."""
    if run.sweeps is None:
        return None
    panels = [(title, rows.assign(x=places(rows.number)))
              for title, rows in run.sweeps.groupby("sweep", sort=False) if not measured(rows).empty]
    panels, note = some(panels)
    if not panels:
        return None
    style.use()
    looks = style.Looks(run.sweeps)
    sheet = style.Sheet(
        "Where the best choice changes hands",
        [*note, f"{samples(run.sweeps)}; lower is faster. Both scales are logarithmic. Each backend stands at its best number of "
         "workers.",
         *why_there(rows.number for _, rows in panels),
         "The strip above a panel names the best choice as the report does: it changes where all that were open before are "
         "surely slower.", run.machine or "Machine unknown: no environment.json."],
        [3.1] * len(panels), width=WIDTH, left=0.85, right=0.3 + style.room(run.sweeps.label), top=0.98, bottom=0.62)
    for number, (axes, (title, rows)) in enumerate(zip(sheet.axes, panels), 1):
        panel(axes, title, rows, looks, f"sweep-{number}")
    return sheet.figure


def places(numbers):
    """Where values stand on a logarithmic scale. It has no 0: that stands below the least of the others, so far that there is
    room for both their labels. Where some are below 0, all stand in even steps."""
    if (numbers < 0).any():
        return 2.0 ** numbers.rank(method="dense")
    others = numbers[numbers > 0]
    least, most = (others.min(), others.max()) if not others.empty else (1, 1)
    return numbers.where(numbers > 0, least / max(10, (most / least) ** 0.2))


def why_there(sweeps):
    """What `places` has to be told of; a list of notes."""
    least = [numbers.min() for numbers in sweeps]
    notes = {
        "What is 0 has no place on such a scale: it stands below the least of the others.": any(one == 0 for one in least),
        "Where a value is below 0, all stand in even steps.": any(one < 0 for one in least),
    }
    return [note for note, needed in notes.items() if needed]


def panel(axes, title, rows, looks, name):
    style.heading(axes, title, 44)
    axes.set_xscale("log")
    axes.set_yscale("log")
    stops = rows.drop_duplicates("x").sort_values("x")
    x = stops.x.to_numpy()
    margin = (x[-1] / x[0]) ** 0.06
    axes.set_xlim(x[0] / margin, x[-1] * margin)
    known = measured(rows)
    low = numpy.nanmin([known.median_ns.min(), known.ci_low_ns.min()])
    high = numpy.nanmax([known.median_ns.max(), known.ci_high_ns.max()])
    axes.set_ylim(low / 1.25, high * 1.25)
    time_axis(axes.yaxis, low, high)
    ends = []
    for label, line in known.groupby("label"):
        line = line.sort_values("x")
        ends.append(curve(axes, label, looks(line.iloc[0]), line.x.to_numpy(), line))
    direct_labels(axes, ends, x[-1] * margin)
    shown = thinned(x, axes.get_xlim(), stops.value.str.len().to_numpy())
    axes.set_xticks(x[shown], [stops.value.iloc[place] for place in shown])
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel(rows.axis.iloc[0])
    axes.set_ylabel("time")
    strip(axes, rows[rows.reigns == "yes"], x, margin, name)


def thinned(x, limits, lengths):
    """The values that have room for a label of so many characters each."""
    reach = numpy.log(limits[1] / limits[0])
    shown = []
    for place, value in enumerate(x):
        if not shown or numpy.log(value / x[shown[-1]]) > reach * max(0.11, 0.013 * (lengths[place] + lengths[shown[-1]])):
            shown.append(place)
    return shown


def strip(axes, reigning, x, margin, name):
    """The choices of each reign, over the values that it lasts for. Several share the height."""
    borders = [x[0] / margin, *numpy.sqrt(x[1:] * x[:-1]), x[-1] * margin]
    for number, rows in reigning.groupby("reign"):
        ends = numpy.searchsorted(x, [rows.x.min(), rows.x.max()])
        first, last = borders[ends[0]], borders[ends[1] + 1]
        choices = rows[rows.x == rows.x.max()]
        height = 5 / len(choices)
        for place, choice in enumerate(choices.itertuples()):
            middle = 2 + 5 - height * (place + 0.5)  # points above the panel
            line, = axes.plot([first, last], [1, 1], color=style.look(choice.backend)[0], linewidth=height,
                              solid_capstyle="butt", clip_on=False,
                              transform=axes.get_xaxis_transform() + style.up(axes, middle))
            if place == 0:
                line.set_gid(f"{name}-reign-{int(number)}")
        words(axes, choices, first, last)


def words(axes, choices, first, last):
    """The names of a reign's choices, where there is room for them; the colours say it as well."""
    lines = [("or " if place else "") + label for place, label in enumerate(choices.label)]
    if len(lines) > LINES:
        lines[LINES - 1:] = [f"or one of {len(lines) - LINES + 1} others"]
    limits = numpy.log(axes.get_xlim())
    room = numpy.log(last / first) / (limits[1] - limits[0]) * WIDTH / 0.062  # characters
    if max(map(len, lines)) > room:
        return
    axes.text(numpy.sqrt(first * last), 1, "\n".join(lines), transform=axes.get_xaxis_transform() + style.up(axes, 9),
              ha="center", va="bottom", size=7.5, linespacing=1.1, color=style.darker(style.look(choices.backend.iloc[0])[0]))
