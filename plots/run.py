"""A run, as the files that `runoff report` wrote tell it: what is compared, judged and named there is drawn here."""

import json

import pandas

from tables import RunError, read
from units import time_text

CELL = ("workload", "parameters", "backend", "variant")
TYPICAL = {"typical_ns": "median_ns", "typical_low_ns": "ci_low_ns", "typical_high_ns": "ci_high_ns"}
MOST = 60  # panels: a picture of more is too high for its format, and for readers
KEPT_OUT = ("wrong", "timeout", "crashed", "failed", "unsupported", "skipped")


class Run:
    """`cells`: the rows of summary.csv that take part in a contest; `sweeps`, `crossovers`, `prices`, `curves` (of efficiency), `metgs`,
    `latencies`, `resources` and `scaling`: the rows of the other files, None where the run has no such file; `machine`: a line on it, or "";
    `boundaries`: (workers, name) of where more workers leave a part of it."""

    def __init__(self, folder):
        cells = read(folder / "summary.csv", (*CELL, "verdict", "problem", "label", "contest"),
                     ("workers", "n", *TYPICAL, "speedup", "speedup_low", "speedup_high", "place"))
        if cells is None:
            raise RunError(f"there is no {folder / 'summary.csv'}; runoff report makes it")
        # What is drawn is what was compared, not the means.
        cells = cells.drop(columns=TYPICAL.values(), errors="ignore").rename(columns=TYPICAL)
        self.cells = cells[cells.contest != ""]
        self.sweeps = read(folder / "sweeps.csv", ("sweep", "axis", "value", "label", "backend", "verdict", "reigns"),
                           ("number", "workers", "n", "median_ns", "ci_low_ns", "ci_high_ns", "reign"))
        self.crossovers = read(folder / "crossovers.csv", ("map", "across", "across_value", "up", "up_value", "label", "backend",
                                                           "verdict", "settled", "open"),
                               ("across_number", "up_number", "median_ns"))
        self.scaling = read(folder / "scaling.csv", (*CELL, "problem", "label"),
                            ("amdahl_rate", "amdahl_serial", "usl_rate", "usl_contention", "usl_coherence",
                             "amdahl_misses", "usl_misses"))
        self.prices = read(folder / "prices.csv", ("price", "unit", "label", "backend"),
                           ("workers", "value", "low", "high"))
        self.curves = read(folder / "efficiency.csv", ("problem", "parameters", "label", "backend"),
                           ("workers", "grain", "granularity_ns", "efficiency"))
        self.metgs = read(folder / "metg.csv", ("problem", "parameters", "label"),
                          ("workers", "metg_ns", "metg_low_ns", "metg_high_ns"))
        self.latencies = self._standing(read(folder / "latency_curves.csv", (*CELL, "label"),
                                             ("workers", "quantile", "latency_ns")))
        self.resources = self._standing(read(folder / "resources.csv", (*CELL, "label"),
                                             ("workers", "cpu_ns", "peak_memory_bytes")))
        self.machine, self.boundaries = machine(folder / "environment.json")

    def _standing(self, rows):
        """The rows of those cells that stand for their backend in a contest, with their problem and place."""
        if rows is None:
            return None
        standing = self.cells.loc[self.cells.place.notna(), [*CELL, "workers", "problem", "place"]]
        return rows.merge(standing, on=[*CELL, "workers"])

    def problems(self):
        """(title, cells) of each, in the order of the summary."""
        return [(cells.problem.iloc[0], cells)
                for _, cells in self.cells.groupby(["workload", "parameters"], sort=False)]


def some(panels):
    """As many as a picture can have, and what to say of the others; a list of notes."""
    if len(panels) <= MOST:
        return panels, []
    return panels[:MOST], [f"The first {MOST} of {len(panels)}; report.html has all."]


def machine(file):
    """A line on it, or "", and its boundaries."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", []
    cores = facts.get("cores_used_as_all")
    model = (facts.get("processor") or {}).get("model")
    counted = f"{cores} core{'' if cores == 1 else 's'}" if cores else None
    return ", ".join(part for part in (model, counted) if part), boundaries(facts, (cores, counted))


def boundaries(facts, cores):
    """Of a run that does not say: the number of its cores."""
    told = (facts.get("placement") or {}).get("boundaries")
    if told is None:
        return [cores] if cores[0] else []
    found = {one["workers"]: one["name"] for one in told}
    alone = [one["workers"] for one in facts.get("hosts_by_workers") or [] if len(one["hosts"]) == 1]
    if alone:
        found[max(alone)] = ", ".join(name for name in (found.get(max(alone)), "one host") if name)
    return list(found.items())


def samples(cells):
    """What a point is, in words."""
    counted = cells.loc[~cells.verdict.isin(KEPT_OUT), "n"].astype(int)
    if counted.empty:
        return "Nothing was measured right"
    low, high = counted.min(), counted.max()
    many = f"{low}" if low == high else f"{low} to {high}"
    intervals = "with 95 % bootstrap intervals" if cells.ci_low_ns.notna().any() else "too few for intervals"
    return f"Medians of {many} process{'' if high == 1 else 'es'} each, {intervals}"


def measured(cells):
    """The cells that have a median."""
    return cells[cells.median_ns.notna()]


def reference(cells):
    """The cell that speed-ups are against, or None: serial, or what a workload has in its place, whose speed-up is 1."""
    known = measured(cells)
    for found in (known[known.backend == "serial"], known[known.speedup == 1]):
        if not found.empty:
            return found.iloc[0]
    return None


def base_text(base):
    """`serial 40.0 ms`; empty where there is none."""
    return "" if base is None else f"{base.label} {time_text(base.median_ns)}"


def kept_out(cells):
    """What has no place in a plot, in words: "mpi: unsupported with 1, 2 workers"; a list."""
    lines = []
    for (label, verdict), group in cells[cells.median_ns.isna()].groupby(["label", "verdict"]):
        workers = ", ".join(str(int(number)) for number in sorted(group.workers))
        lines.append(f"{label}: {verdict} with {workers} worker{'' if workers == '1' else 's'}")
    return lines


def workers_text(workers):
    return f"{int(workers)} worker{'' if workers == 1 else 's'}"
