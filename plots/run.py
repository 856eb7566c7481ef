"""The summary of a run, as its CSV tells it."""

import collections
import json
import re

import numpy
import pandas

KEPT_OUT = ("wrong", "timeout", "crashed", "failed", "unsupported", "skipped")
NUMBERS = ("median_ns", "ci_low_ns", "ci_high_ns", "speedup", "speedup_low", "speedup_high", "efficiency", "rank")
TEXT = ("workload", "parameters", "bound", "shape", "backend", "variant", "verdict")


class RunError(Exception):
    """The folder holds nothing that can be drawn; the text says why."""


class Run:
    """`cells`: the rows of summary.csv that are no prices, with the `label` of each and the number of its variant among its backend's
    (`style`); `prices`: the rows of prices.csv, likewise; `machine`: a line on it, or ""."""

    def __init__(self, folder):
        file = folder / "summary.csv"
        try:
            self.cells = pandas.read_csv(
                file, dtype={**{column: str for column in TEXT}, **{column: float for column in NUMBERS}},
                keep_default_na=False, na_values={column: [""] for column in NUMBERS})
        except FileNotFoundError:
            raise RunError(f"there is no {file}; runoff report makes it") from None
        except ValueError as error:
            raise RunError(f"{file} is damaged: {error}") from None
        missing = {*TEXT, *NUMBERS, "workers", "n"} - set(self.cells.columns)
        if missing:
            raise RunError(f"{file} lacks {', '.join(sorted(missing))}")
        if self.cells.empty:
            raise RunError(f"{file} has no cells")
        self.cells["label"] = self._labels()
        variants = self.cells.groupby(["backend", "shape"])["variant"]  # an option may apply to one shape only
        self.cells["style"] = variants.transform(lambda column: column.rank(method="dense").astype(int) - 1)
        self.folder = folder
        self.cells["concurrency"] = numpy.fmin(self.cells.workers * self.cells.variant.map(in_flight), self._tasks())
        self.prices = self._read_prices(folder / "prices.csv")
        priced = set(zip(self.prices.workload, self.prices.parameters))
        self.cells = self.cells[[cell not in priced for cell in zip(self.cells.workload, self.cells.parameters)]]
        self._read_machine(folder / "environment.json")

    def _read_prices(self, file):
        """The rows of prices.csv with the `label` and the `style` of their cells; empty where there are none."""
        columns = ("price", "backend", "variant", "workers", "unit", "value", "low", "high", "workload", "parameters")
        if not file.exists():
            return pandas.DataFrame(columns=[*columns, "label", "style"])
        numbers = ("value", "low", "high")
        try:
            rows = pandas.read_csv(file, dtype={**{name: str for name in columns if name not in numbers},
                                                **{name: float for name in numbers}, "workers": int},
                                   keep_default_na=False, na_values={name: [""] for name in numbers})
            cell = ["workload", "parameters", "backend", "variant", "workers"]
            return rows[list(columns)].merge(self.cells[[*cell, "label", "style"]], on=cell, how="left")
        except (ValueError, KeyError) as error:
            raise RunError(f"{file} is damaged: {error}") from None

    def _labels(self):
        """A backend's name; with its variant where the run has several of that backend."""
        variants = self.cells.groupby(["backend", "shape"])["variant"].nunique().groupby("backend").max()
        return [
            f"{cell.backend} {cell.variant}".strip() if variants[cell.backend] > 1 else cell.backend
            for cell in self.cells.itertuples()
        ]

    def _tasks(self):
        """How many tasks each cell has; NaN where nothing says so."""
        columns = ["workload", "parameters", "backend", "variant", "workers"]
        try:
            samples = pandas.read_csv(self.folder / "samples.csv", usecols=[*columns, "tasks"], keep_default_na=False,
                                      na_values={"tasks": [""]}, dtype={name: str for name in columns[:-1]})
        except (OSError, ValueError):
            return numpy.nan
        tasks = samples.groupby(columns, as_index=False).tasks.max()
        return self.cells[columns].merge(tasks, on=columns, how="left").tasks.to_numpy()

    def _read_machine(self, file):
        self.machine, self.cores = "", None
        try:
            facts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        self.cores = facts.get("cores_used_as_all")
        model = (facts.get("processor") or {}).get("model")
        cores = f"{self.cores} core{'' if self.cores == 1 else 's'}" if self.cores else None
        self.machine = ", ".join(part for part in (model, cores) if part)

    def efficiencies(self):
        """The rows of efficiency.csv with the `label` and the `style` of their backends; empty where there are none."""
        return self._of_backends("efficiency.csv", ["granularity_ns", "efficiency"])

    def metgs(self):
        """The rows of metg.csv that have a METG, so too."""
        rows = self._of_backends("metg.csv", ["metg_ns", "metg_low_ns", "metg_high_ns"])
        return rows if rows.empty else rows[rows.metg_ns.notna()]

    def _of_backends(self, name, numbers):
        file = self.folder / name
        if not file.exists():
            return pandas.DataFrame()
        try:
            rows = pandas.read_csv(file, dtype={"parameters": str, "variant": str, **{column: float for column in numbers}},
                                   keep_default_na=False, na_values={column: [""] for column in numbers})
            looks = self.cells[["backend", "variant", "label", "style"]].drop_duplicates(["backend", "variant"])
            return rows.merge(looks, on=["backend", "variant"])
        except (ValueError, KeyError) as error:
            raise RunError(f"{file} is damaged: {error}") from None

    def latencies(self):
        """The rows of latencies.csv with the `label` and the `style` of their cells; empty where there are none."""
        file = self.folder / "latencies.csv"
        if not file.exists():
            return pandas.DataFrame()
        try:
            rows = pandas.read_csv(file, dtype={"parameters": str, "variant": str}, keep_default_na=False)
            cell = ["workload", "parameters", "backend", "variant", "workers"]
            rows = pandas.concat([typical_latencies(own).assign(**dict(zip(cell, key)))
                                  for key, own in rows.groupby(cell)] or [rows])
            return rows.merge(self.cells[[*cell, "label", "style", "median_ns"]], on=cell)
        except (ValueError, KeyError) as error:
            raise RunError(f"{file} is damaged: {error}") from None

    def sweeps(self):
        """(title, axis, cells) of each parameter that took several numeric values while all others stayed the same,
        and of the concurrency of io-bound problems. `cells` have the value as a number (`x`) and as text (`value`);
        of each backend and variant there is one at each value: the one with the least median. Values at which only one
        backend stands are left out."""
        found = {}
        for cell in self.cells.itertuples():
            pairs = [pair.partition("=") for pair in cell.parameters.split(";")]
            for name, _, value in pairs:
                number = number_of(value)
                if number is not None:
                    others = ";".join("".join(pair) for pair in pairs if pair[0] != name)
                    found.setdefault((cell.workload, name, others), []).append((cell.Index, number, value))
        for (workload, name, others), places in found.items():
            cells = best_at_each(self.cells.loc[[index for index, _, _ in places]].assign(
                x=[number for _, number, _ in places], value=[value for _, _, value in places]))
            if says_something(cells):
                yield f"{workload} by {name}", name, cells
        waiting = self.cells[self.cells.bound == "io"]
        for title, cells in self.problems(waiting):
            cells = best_at_each(cells.assign(
                x=cells.concurrency, value=cells.concurrency.astype(int).astype(str), style=0,
                label=[self._label_without_in_flight(cell) for cell in cells.itertuples()]))
            if says_something(cells):
                yield f"{title} by concurrency", "concurrency", cells

    def _label_without_in_flight(self, cell):
        variants = {without_in_flight(variant) for variant in self.cells.variant[self.cells.backend == cell.backend]}
        return f"{cell.backend} {without_in_flight(cell.variant)}".strip() if len(variants) > 1 else cell.backend

    def problems(self, of=None):
        """(title, cells) of each workload with its parameters, in the order of the summary.

        The title names the parameters that take several values."""
        pairs = {(cell.workload, pair) for cell in self.cells.itertuples() for pair in cell.parameters.split(";")}
        chosen = self.cells if of is None else of
        taken = collections.Counter((workload, pair.partition("=")[0]) for workload, pair in pairs)
        for (workload, parameters), cells in chosen.groupby(["workload", "parameters"], sort=False):
            told = [pair for pair in parameters.split(";") if taken[workload, pair.partition("=")[0]] > 1]
            yield " ".join([workload, *told]), cells

    def samples(self):
        """What a point is, in words."""
        counted = self.cells.loc[~self.cells.verdict.isin(KEPT_OUT), "n"]
        if counted.empty:
            return "Nothing was measured right"
        low, high = counted.min(), counted.max()
        many = f"{low}" if low == high else f"{low} to {high}"
        intervals = "with 95 % bootstrap intervals" if self.cells.ci_low_ns.notna().any() else "too few for intervals"
        return f"Medians of {many} process{'' if high == 1 else 'es'} each, {intervals}"


UNITS = {"": 1, "ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9, "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def number_of(value):
    """"10ms", "64KiB" or "1000" in the unit's base; None where it is a word."""
    found = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", value)
    if not found or found[2] not in UNITS:
        return None
    try:
        return float(found[1]) * UNITS[found[2]]
    except ValueError:
        return None


def in_flight(variant):
    """Tasks that each worker has under way at once."""
    for pair in variant.split(";"):
        if pair.startswith("in-flight="):
            return int(pair.partition("=")[2])
    return 1


def without_in_flight(variant):
    return ";".join(pair for pair in variant.split(";") if not pair.startswith("in-flight="))


def typical_latencies(rows):
    """The median over the processes of a cell, at each share that one of them tells. Those that ran other numbers of
    tasks tell other shares: what a share did not exceed is what the next larger one that is told did not."""
    steps = rows.pivot(index="quantile", columns="order", values="latency_ns").sort_index().bfill()
    return steps.median(axis="columns").rename("latency_ns").reset_index()


def best_at_each(cells):
    """Of each label and value the cell with the least median; no values that only one label has."""
    best = cells.sort_values("median_ns", na_position="last").drop_duplicates(["label", "x"]).sort_values("x")
    return best[best.groupby("x").label.transform("size") > 1]


def says_something(cells):
    """Whether a sweep has several values, and somebody who stands at more than one of them."""
    return cells.x.nunique() > 1 and cells.label.duplicated().any()


def measured(cells):
    """The cells that have a median."""
    return cells[cells.median_ns.notna()]


def serial_ns(cells):
    """The serial median, or None."""
    serial = measured(cells[cells.backend == "serial"])
    return None if serial.empty else serial.median_ns.iloc[0]


def kept_out(cells):
    """What has no place in a plot, in words: "mpi: unsupported with 1, 2 workers"; a list."""
    lines = []
    for (label, verdict), group in cells[cells.median_ns.isna()].groupby(["label", "verdict"]):
        workers = ", ".join(str(number) for number in sorted(group.workers))
        lines.append(f"{label}: {verdict} with {workers} worker{'' if workers == '1' else 's'}")
    return lines


def time_text(ns):
    """"38.2 ms": three digits."""
    for unit, factor in (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1)):
        if ns >= factor * 0.9995 or unit == "ns":
            value = ns / factor
            return f"{value:.2f} {unit}" if value < 9.995 else f"{value:.1f} {unit}" if value < 99.95 else f"{value:.0f} {unit}"
    return ""
