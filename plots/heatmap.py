"""Who wins where: workloads by backends, each at its best number of workers."""

import numpy
from matplotlib import patches

import style
from run import KEPT_OUT
from units import ratio_text, time_text

WIDE, HIGH = 0.72, 0.3  # inches of a field
LONGEST = 60  # characters of the name of a row
MOST = 150  # rows: more would be higher than a picture can be read
STEPS = ((1.03, "#0b4f8a", "#ffffff"), (1.1, "#2b6cab", "#ffffff"), (1.3, "#93bbdf", style.INK),
         (2, "#bed6ea", style.INK), (5, "#dfe9f2", style.INK), (numpy.inf, "#f1efea", style.INK))
KEY = ("up to 1.03 ×", "to 1.1 ×", "to 1.3 ×", "to 2 ×", "to 5 ×", "longer")
KEY_STEP = 1.42  # fields
UNSETTLED = ("inconclusive", "too-few", "idle-workers")


def draw(run):
    """None where nothing is compared with anything else."""
    problems = [(title, cells[cells.place.notna()]) for title, cells in run.problems()]
    problems = [(title, cells) for title, cells in problems if len(cells) > 1]
    if not problems:
        return None
    style.use()
    left_out = len(problems) - MOST
    problems = problems[:MOST]
    titles = [style.middle_out(title, LONGEST) for title, _ in problems]
    labels = sorted({label for _, cells in problems for label in cells.label})
    backends = {cell.label: cell.backend for _, cells in problems for cell in cells.itertuples()}
    columns = max(len(labels) + 1, round(len(KEY) * KEY_STEP + 2))  # the key below has to fit as well
    notes = ["How many times as long as the shortest of its row each backend takes, at its best number of workers.",
             "Hatched: the samples do not settle it. Words: why a backend was kept out.",
             run.machine or "Machine unknown: no environment.json."]
    if left_out > 0:
        notes.insert(0, f"The first {MOST} of {MOST + left_out} workloads; report.html has all.")
    heads = max(len(label) for label in labels) * 0.062 + 0.2  # slanted by 45 degrees
    sheet = style.Sheet("Who wins where", notes, [HIGH * len(problems)], width=WIDE * columns,
                        left=style.room(titles), right=0.4 + heads * 0.7, top=0.35 + heads * 0.75,
                        bottom=0.6, columns=1)
    axes, = sheet.axes
    axes.set_xlim(-1, columns - 1)
    axes.set_ylim(len(problems), 0)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_yticks([row + 0.5 for row in range(len(problems))], titles, size=8.5)
    axes.set_xticks([])
    axes.annotate("best", (-0.12, 0), xytext=(0, 4), textcoords="offset points", size=7.5, color=style.SOFT, ha="right")
    for column, label in enumerate(labels):
        colour, marker = style.look(backends[label])
        axes.annotate(label, (column + 0.5, 0), xytext=(0, 13), textcoords="offset points", size=8, rotation=45,
                      rotation_mode="anchor", annotation_clip=False)
        axes.plot([column + 0.5], [0], marker=marker, color=colour, markersize=5, clip_on=False,
                  transform=axes.transData + style.up(axes, 6))
    for row, (_, cells) in enumerate(problems):
        fields(axes, row, cells, labels)
    key(axes, len(problems))
    return sheet.figure


def fields(axes, row, cells, labels):
    judged = cells[~cells["contest"].isin(("too-few", "idle-workers"))].median_ns
    least = judged.min() if judged.notna().any() else cells.median_ns.min()
    if numpy.isfinite(least):
        axes.text(-0.12, row + 0.5, time_text(least), size=8, ha="right", va="center")
    for cell in cells.itertuples():
        column = labels.index(cell.label)
        if cell.contest in KEPT_OUT or not cell.median_ns > 0:
            axes.text(column + 0.5, row + 0.5, cell.contest, size=6.8, style="italic", color=style.SOFT, ha="center", va="center")
            continue
        field(axes, column, row, cell.median_ns / least, cell.contest in UNSETTLED)


def field(axes, column, row, ratio, unsettled):
    _, colour, ink = next(step for step in STEPS if ratio <= step[0])
    axes.add_patch(patches.Rectangle((column + 0.02, row + 0.05), 0.96, 0.9, facecolor=colour, linewidth=0,
                                     edgecolor=hatching(colour), hatch="////" if unsettled else None))
    axes.text(column + 0.5, row + 0.5, ratio_text(ratio), size=8, color=ink, ha="center", va="center",
              bbox={"facecolor": colour, "edgecolor": "none", "pad": 1} if unsettled else None)


def hatching(colour):
    dark = colour in (STEPS[0][1], STEPS[1][1])
    return style.lighter(colour, 0.45) if dark else style.lighter(style.SOFT, 0.35)


def key(axes, rows):
    """What the colours mean, below the map."""
    height = 0.16 / HIGH
    for place, ((_, colour, _), words) in enumerate(zip((*STEPS, STEPS[3]), (*KEY, "not settled"))):
        left = -1 + place * KEY_STEP
        axes.add_patch(patches.Rectangle((left, rows + 0.55), 0.3, height, facecolor=colour, linewidth=0, clip_on=False,
                                         edgecolor=hatching(colour), hatch="////" if words == "not settled" else None))
        axes.text(left + 0.36, rows + 0.55 + height / 2, words, size=7.2, color=style.SOFT, va="center", clip_on=False)
