"""What more workers bring: time by workers with the ideal line; where there are few numbers of workers, speed-ups in rows."""

import numpy
from matplotlib import ticker

import style
from lines import curve, direct_labels, time_axis
from run import base_text, kept_out, measured, reference, samples, some
from units import ratio_text


FEW = 3  # numbers of workers: lines between so few points hide what the points say
ROW = 0.3  # inches
LAW = len("Universal Scalability")


def draw(run):
    """None where there is no contest."""
    problems, note = some(scaled(run.problems()))
    if not problems:
        return None
    style.use()
    looks = style.Looks(run.cells)
    lost = [kept_out(cells) for _, cells in problems]
    longest = max(LAW, *(len(label) for label in run.cells.label))
    sheet = style.Sheet(
        "What more workers bring",
        [*note, f"{samples(run.cells)}. Lines: time, lower is faster, both scales logarithmic, points a little apart sideways.",
         "Rows: speed-up over the base, further right is faster; the number in a point is that of the workers. Dashed: ideal. Dotted: laws fitted to the fastest.",
         run.machine or "Machine unknown: no environment.json."],
        [height(cells) for _, cells in problems], width=3.1, left=max(0.85, style.room(run.cells.label)),
        right=0.3 + style.room(["-" * longest]),
        bottom=0.62 + 0.15 * max(len(lines) for lines in lost))
    for axes, (title, cells), lines in zip(sheet.axes, problems, lost):
        if has_few(cells):
            rows_panel(axes, title, cells, looks)
        else:
            panel(axes, title, cells, run.boundaries, looks, laws(run.scaling, title), longest)
        if lines:
            style.below(axes, ["kept out: " + line for line in lines])
    return sheet.figure


def compared(cells):
    """Those that have a speed-up, but for the one that it is against."""
    base = reference(cells)
    return cells[cells.speedup.notna() & (cells.backend != "serial") & (base is None or cells.label != base.label)]


def has_few(cells):
    known = compared(cells)
    return not known.empty and known.workers.nunique() <= FEW


def height(cells):
    return max(3, compared(cells).label.nunique()) * ROW if has_few(cells) else 3.1


def scaled(problems):
    """Those in which some backend has several numbers of workers; all of them where there is none."""
    several = [(title, cells) for title, cells in problems
               if (measured(cells).groupby(["backend", "variant"]).workers.nunique() > 1).any()]
    return several or problems


def laws(scaling, title):
    """(backend, law, contention, coherence, rate of one worker) of those that describe this problem."""
    if scaling is None:
        return []
    fitted = []
    for row in scaling[scaling.problem == title].itertuples():
        if not row.amdahl_misses > 0:
            fitted.append((row.label, "Amdahl", row.amdahl_serial, 0, row.amdahl_rate))
        if not row.usl_misses > 0:
            fitted.append((row.label, "Universal Scalability", row.usl_contention, row.usl_coherence, row.usl_rate))
    return [law for law in fitted if law[-1] > 0]


def panel(axes, title, cells, boundaries, looks, fitted, longest):
    base_cell = reference(cells)
    base = None if base_cell is None else base_cell.median_ns
    style.title(axes, title, base_text(base_cell))
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
        ends.append((base, base_cell.label, style.INK, None))
        ends.append((base / reach[1], "ideal", style.SOFT, None))
    rise = rises(known)
    for number, name in boundaries:
        if reach[0] < number < reach[1]:
            axes.axvline(number, color=style.SOFT, linewidth=0.8, linestyle=":", zorder=1)
            # Along its line, as beside each other the names of near ones would overlap; and where the curves are not.
            axes.annotate(name, (number, 0 if rise else 1), xycoords=("data", "axes fraction"), xytext=(-2, 3 if rise else -3),
                          textcoords="offset points", size=6.5, rotation=90, va="bottom" if rise else "top", ha="right",
                          color=style.SOFT, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.3}, zorder=1.5)
    lines = [(label, line) for label, line in known.groupby("label")
             if base_cell is None or label != base_cell.label]
    lines.sort(key=lambda pair: pair[1].sort_values("workers").median_ns.iloc[-1])
    for place, (label, line) in enumerate(lines):
        # A shift of 2 % of the panel at most: bars of near-equal backends come apart, and no point leaves its workers.
        share = (place + 0.5) / len(lines) - 0.5
        shift = (reach[1] / reach[0]) ** (0.04 * share)
        line = line.sort_values("workers")
        ends.append(curve(axes, label, looks(line.iloc[0]), line.workers.to_numpy() * shift, line))
    fastest = known[known.backend != "serial"].sort_values("median_ns").label.iloc[:1].tolist()
    reached = numpy.geomspace(workers.min(), workers.max(), 33)
    for label, law, contention, coherence, rate in fitted:
        if label in fastest:  # of one backend: lines of all would hide the points
            grown = reached / (1 + contention * (reached - 1) + coherence * reached * (reached - 1))
            axes.plot(reached, 1e9 / (rate * grown), color=style.SOFT, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=1)
            # A margin is as wide as the longest name of a backend: what is longer is told without the backend that it is of.
            named = f"{law}, {label}"
            ends.append((1e9 / (rate * grown[-1]), named if len(named) <= longest else law, style.SOFT, None))
    limits(axes, known, base, workers)
    direct_labels(axes, ends, reach[1])
    axes.set_xticks(workers, [str(int(number)) for number in workers])
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel("workers")
    axes.set_ylabel("time")


def rises(known):
    """Whether most times grow with the workers."""
    changes = [line.sort_values("workers").median_ns for _, line in known.groupby("label") if len(line) > 1]
    return 2 * sum(change.iloc[-1] > change.iloc[0] for change in changes) > len(changes)


def rows_panel(axes, title, cells, looks):
    """A row for each backend, a point for each number of workers, beside what would be ideal."""
    style.title(axes, title, base_text(reference(cells)))
    known = compared(cells)
    best = known.groupby("label").speedup.max().sort_values(ascending=False, kind="stable")
    axes.set_yticks(range(len(best)), best.index, size=8.5)
    axes.set_ylim(len(best) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    numbers = sorted(known.workers.unique())
    values = known[["speedup", "speedup_low", "speedup_high"]].to_numpy()
    low, high = numpy.nanmin(values), numpy.nanmax(values)
    reach = max(high, *(number for number in numbers if number <= 2 * high), 1)
    if reach / low > 12:
        axes.set_xscale("log")
        axes.set_xlim(low / 1.3, reach * 1.25)
        axes.xaxis.set_minor_locator(ticker.NullLocator())
        axes.set_xlabel("speed-up over serial (×), logarithmic")
    else:
        axes.set_xlim(0, reach * 1.08)
        axes.xaxis.set_major_locator(ticker.MaxNLocator(6, steps=[1, 2, 5, 10]))
        axes.set_xlabel("speed-up over serial (×)")
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    for number in numbers:
        if number <= axes.get_xlim()[1]:
            axes.axvline(number, color=style.SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for place, label in enumerate(best.index):
        line = known[known.label == label].sort_values("workers")
        marks = looks(line.iloc[0])
        axes.plot([line.speedup.min(), line.speedup.max()], [place, place], color=style.lighter(marks["color"], 0.5), linewidth=2.5, zorder=2)
        for cell in line.itertuples():
            axes.plot([cell.speedup_low, cell.speedup_high], [place, place], color=style.INK, linewidth=1, marker="|", markersize=7, zorder=3)
            axes.plot([cell.speedup], [place], marker="o", markersize=10, markerfacecolor=style.PAPER, markeredgecolor=marks["color"],
                      markeredgewidth=1.3, zorder=4)
            axes.text(cell.speedup, place, f"{int(cell.workers)}", size=6.3, ha="center", va="center_baseline", zorder=5)
        value_texts(axes, place, line)


def value_texts(axes, place, line):
    """The figures themselves, beside the row."""
    texts = "  ".join(ratio_text(cell.speedup) for cell in line.itertuples())
    axes.annotate(texts, (1, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points", va="center",
                  size=7.5, color=style.INK, annotation_clip=False)


def limits(axes, known, base, workers):
    low = numpy.nanmin([known.median_ns.min(), known.ci_low_ns.min()])
    high = numpy.nanmax([known.median_ns.max(), known.ci_high_ns.max()])
    if base is not None:
        low = min(low, base / workers.max())
    axes.set_ylim(low / 1.25, high * 1.25 * (high / low) ** 0.08)  # the number of cores stands above the lines
    time_axis(axes.yaxis, low, high)
