"""Who wins where: maps over two things that a run varies, each point in the colour of the best choice there."""

from matplotlib import patches

import style
from run import some
from units import time_text

WIDE, HIGH = 1.15, 0.46  # inches of a point
WIDEST = 13  # inches of the figure, where a map alone is no wider


def draw(run):
    """None where the run varies no two things of a workload."""
    if run.crossovers is None or run.crossovers.empty:
        return None
    panels, note = some([(title, rows) for title, rows in run.crossovers.groupby("map", sort=False)])
    style.use()
    columns = max(rows.across_number.nunique() for _, rows in panels)
    left, right = 0.6 + style.room(run.crossovers.up_value), 0.3
    beside = max(1, min(3, len(panels), int(WIDEST / (left + WIDE * columns + right))))
    sheet = style.Sheet(
        "Who wins where, by two things",
        [*note, "The best choice at each point and its median time, each backend at its best number of workers. "
         "\"+2\": two more are tied with it, or not surely slower.",
         "Hatched: the samples do not settle which is the best.", run.machine or "Machine unknown: no environment.json."],
        [HIGH * rows.up_number.nunique() for _, rows in panels], width=WIDE * columns,
        left=left, right=right, top=0.6, bottom=0.62, columns=beside)
    for axes, (title, rows) in zip(sheet.axes, panels):
        panel(axes, title, rows, columns)
    return sheet.figure


def panel(axes, title, rows, columns):
    across = rows.drop_duplicates("across_number").sort_values("across_number")
    up = rows.drop_duplicates("up_number").sort_values("up_number")
    style.heading(axes, title, 6)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlim(0, columns)
    axes.set_ylim(0, len(up))
    axes.set_xticks([place + 0.5 for place in range(len(across))], across.across_value)
    axes.set_yticks([place + 0.5 for place in range(len(up))], up.up_value)
    axes.set_xlabel(rows.across.iloc[0], loc="left")
    axes.set_ylabel(rows.up.iloc[0])
    columns_of = {number: place for place, number in enumerate(across.across_number)}
    rows_of = {number: place for place, number in enumerate(up.up_number)}
    for one in rows.itertuples():
        point(axes, columns_of[one.across_number], rows_of[one.up_number], one)


def point(axes, column, row, one):
    known = one.median_ns > 0
    colour = style.lighter(style.look(one.backend)[0], 0.55) if known else style.FAINT
    axes.add_patch(patches.Rectangle((column + 0.02, row + 0.04), 0.96, 0.92, facecolor=colour, linewidth=0,
                                     edgecolor=style.INK, hatch=None if one.settled == "yes" else "////"))
    others = len(one.open.split(";")) if one.open else 0
    most = 12 if others else 15  # characters that a point has room for
    name = (one.label if len(one.label) <= most else one.label[:most - 1] + "…") + (f" +{others}" if others else "")
    words = f"{name}\n{time_text(one.median_ns)}" if known else one.verdict
    axes.text(column + 0.5, row + 0.5, words, size=7.5, ha="center", va="center", linespacing=1.25,
              bbox=None if one.settled == "yes" else {"facecolor": colour, "edgecolor": "none", "pad": 1})
