"""One look for all figures: each backend has its colour and its marker everywhere."""

import json
import pathlib
import textwrap
import zlib

import matplotlib
from matplotlib import pyplot

# Okabe and Ito's palette, and two of Paul Tol's: told apart by colour-blind readers. Markers tell them apart in grey. The
# page has the same, darker or lighter where its paper asks for it.
LOOKS = json.loads((pathlib.Path(__file__).parent / "looks.json").read_text(encoding="utf-8"))

LINES = ("-", (0, (4, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))

CHARACTER = 0.066  # inches of a note, on average

INK, SOFT, FAINT, PAPER, WARNING = "#1a1a1a", "#6b6b6b", "#d9d9d9", "#ffffff", "#a03000"


def look(backend):
    """(colour, marker) of a backend: its own wherever it appears, whichever others are in the run."""
    others = LOOKS["others"]
    found = LOOKS["known"].get(backend) or others[zlib.crc32(backend.encode()) % len(others)]
    return found["colour"], found["marker"]


class Looks:
    """What tells the lines of a figure apart: those of a backend share its colour and its marker. The first of its labels
    is full and unbroken."""

    def __init__(self, rows):
        """`rows`: all that the figure shows, with a `backend` and a `label` each."""
        self._numbers = {}
        for backend, labels in rows.groupby("backend").label:
            for number, label in enumerate(sorted(set(labels))):
                self._numbers[backend, label] = number

    def __call__(self, row):
        colour, marker = look(row.backend)
        number = self._numbers[row.backend, row.label]
        return {
            "color": colour,
            "marker": marker,
            "markerfacecolor": colour if number == 0 else PAPER,
            "markeredgecolor": PAPER if number == 0 else colour,
            "markeredgewidth": 0.7 if number == 0 else 1.1,
            "linestyle": LINES[number % len(LINES)],
        }


def lighter(colour, share):
    """The colour mixed with paper."""
    mixed = [part + (1 - part) * share for part in matplotlib.colors.to_rgb(colour)]
    return matplotlib.colors.to_hex(mixed)


def darker(colour):
    """The colour as text: dark enough to be read on paper."""
    red, green, blue = matplotlib.colors.to_rgb(colour)
    brightness = 0.3 * red + 0.59 * green + 0.11 * blue
    return matplotlib.colors.to_hex([part * min(1, 0.42 / max(brightness, 0.01)) for part in (red, green, blue)])


def use():
    """Sets what all figures share, whatever the user's matplotlibrc says."""
    pyplot.close("all")
    matplotlib.rcdefaults()
    matplotlib.rcParams.update({
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "svg.fonttype": "none",
        "svg.hashsalt": "runoff",
        "text.parse_math": False,  # a $ in a name is a $
        "hatch.linewidth": 0.7,
        "text.color": INK,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 10.5,
        "axes.titleweight": "bold",
        "axes.linewidth": 0.8,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "axes.grid": True,
        "grid.color": FAINT,
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "savefig.dpi": 160,
    })


class Sheet:
    """A figure of panels, up to three in a row, laid out in inches so that labels beside the axes have their place."""

    def __init__(self, title, notes, panels, width, left, right, top=0.52, bottom=0.5, columns=None):
        """`panels`: the height of each panel's axes; `width`: of all axes; the rest: room around each."""
        columns = columns or (2 if len(panels) == 4 else min(3, len(panels)))
        total_width = max(columns * (left + width + right), 7.6)
        notes = [line for note in notes for line in textwrap.wrap(note, int((total_width - 0.4) / CHARACTER))]
        head = 0.5 + 0.17 * len(notes)
        rows = [panels[first:first + columns] for first in range(0, len(panels), columns)]
        heights = [max(row) + top + bottom for row in rows]
        total_height = head + sum(heights)
        self.figure = pyplot.figure(figsize=(total_width, total_height))
        self.axes = []
        for index, panel in enumerate(panels):
            row, column = divmod(index, columns)
            ceiling = total_height - head - sum(heights[:row])
            self.axes.append(self.figure.add_axes((
                (column * (left + width + right) + left) / total_width, (ceiling - top - panel) / total_height,
                width / total_width, panel / total_height)))
        self.figure.text(0.2 / total_width, 1 - 0.17 / total_height, title, size=13, weight="bold", va="top")
        self.figure.text(0.2 / total_width, 1 - 0.46 / total_height, "\n".join(notes), size=8.5, color=SOFT, va="top",
                         linespacing=1.5)


def up(axes, points):
    """A shift by so many points."""
    return matplotlib.transforms.ScaledTranslation(0, points / 72, axes.figure.dpi_scale_trans)


def below(axes, lines, inches=0.52):
    """Small words under a panel."""
    height = axes.get_position().height * axes.figure.get_size_inches()[1]
    axes.text(0, -inches / height, "\n".join(lines), transform=axes.transAxes, size=7.5, color=WARNING, va="top",
              linespacing=1.4)


def middle_out(text, most):
    """A text of at most so many characters: beginning and end, which tell names of files apart."""
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return text[:most - 1 - end] + "…" + text[len(text) - end:]


def width_of(artist):
    """In inches."""
    return artist.get_window_extent().width / artist.figure.dpi


def fit(artist, inches):
    """Leaves the middle of a text out, where it is wider."""
    whole, most = artist.get_text(), len(artist.get_text())
    while most > 1 and (width := width_of(artist)) > inches:
        most = max(1, min(most - 1, int(most * inches / width) + 1))
        artist.set_text(middle_out(whole, most))


def heading(axes, text, pad):
    """The title of a panel, which ends before the next one's begins."""
    left = axes.get_position().x0
    right = min((one.get_position().x0 for one in axes.figure.axes if one.get_position().x0 > left + 0.01), default=1)
    shown = axes.set_title(text, pad=pad)
    fit(shown, (right - left) * axes.figure.get_size_inches()[0] - 0.15)
    return shown


def title(axes, text, base):
    """What a panel shows, and below it what its speed-ups are measured against."""
    heading(axes, text, 20 if base else 8)
    if base:
        axes.annotate(base, (0, 1), xycoords="axes fraction", xytext=(0, 7), textcoords="offset points",
                      size=8, color=SOFT, annotation_clip=False)


def room(labels):
    """Inches that the longest of these labels takes."""
    return 0.2 + 0.078 * max((len(label) for label in labels), default=0)
