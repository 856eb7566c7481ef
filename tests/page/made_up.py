"""Made-up runs for the page: `made_up.py KIND FOLDER [CELLS SAMPLES]` writes samples.csv and its companions there.

rich: a bit of everything that the page shows. hostile: names and texts that would be markup, were they read as such.
one: a single cell. failed: nothing was right. large: so many cells, with so many samples each.
many: up to 256 workers on 2 sockets with 8 memory nodes. hosts: mpi on up to four hosts beside others on one.
The same kind gives the same run.
"""

import csv
import json
import pathlib
import random
import sys

COLUMNS = (
    "run order workload parameters bound shape backend variant workers sample status wall_ns cpu_ns startup_ns "
    "cold_ns tasks iterations bytes peak_memory_bytes voluntary_switches involuntary_switches workers_seen "
    "latency_p50_ns latency_p95_ns latency_p99_ns latency_max_ns detail tasks_failed prices bytes_copied concurrency observed_ns "
    "other_cpu_ns steal_ns throttled_ns memory_stall_ns clock_khz waited_ns disturbed_by"
).split()
SPEED = {"serial": 1.0, "tbb": 1.02, "std-thread": 1.0, "openmp": 1.05, "fork": 1.2, "mpi": 1.6}


class Made:
    """The rows of a run, as they grow."""

    def __init__(self, seed=7, samples=6, spread=0):
        self.random = random.Random(seed)
        self.spread = spread  # of what else than the time is measured
        self.samples = samples
        self.rows = []
        self.latencies = []
        self.files = {}  # others, by name

    def cell(self, workload, backend, wall, *, parameters="n=1000", bound="cpu", shape="independent", variant="", workers=1,
             status="ok", detail="", prices="", tasks=1000, latency=None):
        for sample in range(1, self.samples + 1):
            row = dict.fromkeys(COLUMNS, "")
            row.update(run="made-up", order=len(self.rows), workload=workload, parameters=parameters, bound=bound,
                       shape=shape, backend=backend, variant=variant, workers=workers, sample=sample, status=status,
                       detail=detail, prices=prices)
            if status == "ok":
                ns = round(wall * self.random.lognormvariate(0, 0.02))
                startup = 40_000 * workers + len(self.rows)  # rows with the same times in all are taken for copies
                row.update(wall_ns=ns, cpu_ns=round(ns * workers * 0.97), startup_ns=startup, cold_ns=ns * 2, tasks=tasks,
                           iterations=3, peak_memory_bytes=3_000_000 * workers, voluntary_switches=workers,
                           involuntary_switches=sample % 2, workers_seen=workers, concurrency=workers,
                           disturbed_by="others;steal" if (backend, workers, sample) == ("tbb", 4, 2) else "")
                if self.spread:
                    for name in ("cpu_ns", "startup_ns", "cold_ns", "peak_memory_bytes"):
                        row[name] = round(row[name] * self.random.lognormvariate(0, self.spread))
                    row.update(voluntary_switches=self.random.randrange(200), involuntary_switches=self.random.randrange(30))
                if latency:
                    self.latency(row, latency)
            self.rows.append(row)

    def latency(self, row, typical):
        for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1):
            ns = round(typical * (1 + 0.4 * share ** 8) * self.random.lognormvariate(0, 0.01))
            self.latencies.append([row[name] for name in ("run", "order", "workload", "parameters", "backend", "variant",
                                                          "workers", "sample")] + [share, ns])

    def write(self, folder, environment=None):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "samples.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(self.rows)
        if self.latencies:
            with open(folder / "latencies.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([["run", "order", "workload", "parameters", "backend", "variant", "workers",
                                             "sample", "quantile", "latency_ns"], *self.latencies])
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        if environment is not None:
            (folder / "environment.json").write_text(json.dumps(environment), encoding="utf-8")


MACHINE = {
    "runoff": "0.1.0", "commit": "0123456789", "command_line": ["runoff", "run", "--out", "made up"], "seed": 1, "samples": 6,
    "timeout_ns": 30_000_000_000, "started": "2026-01-31T12:00:00Z", "processor": {"model": "Example Processor 9000"},
    "topology": {"packages": 1, "numa_nodes": 1, "cores": 4, "processors": 4,
                 "caches": [{"level": "L1Cache", "bytes": 49152, "count": 4}]},
    "cores_used_as_all": 4, "system": {"host": "example", "kernel": "Linux 6.1"},
    "runtimes": {"tbb": {"runtime": "oneTBB 2021.8", "environment": {"TBB_X": "1"}}},
    "workloads": {"primes": {"source": "OEIS A046731"}, "grains": {"source": "Task Bench", "grain": "grain"}},
    "placement": {"policy": "pinned", "meaning": "each worker on a core of its own"},
}


EXPLAINED = ("workload,parameters,backend,variant,workers,wall_ns,useful_ns,imbalance_ns,seen,slowdown,cause,sentence,timeline\r\n"
             "matmul,n=1000,fork,,2,6000000,7000000,5000000,1,1.01,imbalance,"
             "fork takes 1.2 × as long as the best at matmul: its workers wait 42 % of the time for the last tasks.,"
             f"{'9' * 100};{'9' * 16}{'0' * 84}\r\n")


def rich():
    made = Made()
    made.files["explain.csv"] = EXPLAINED
    for workload, serial, fixed, bound in (("primes", 40e6, 0.02, "cpu"), ("stream", 9e6, 0.5, "memory")):
        for backend, factor in SPEED.items():
            for workers in (1,) if backend == "serial" else (1, 2, 4, 8):
                time = serial * (fixed + (1 - fixed) / min(workers, 4)) * factor + 5e3 * workers
                if backend == "mpi" and workload == "stream":
                    made.cell(workload, backend, 0, workers=workers, bound=bound, status="crashed",
                              detail="rank 1 was killed by signal 9")
                else:
                    made.cell(workload, backend, time, workers=workers, bound=bound, variant="mode=pool" if backend == "std-thread" else "")
    for backend in ("tbb", "fork"):
        made.cell("matmul", backend, 5e6 * SPEED[backend], workers=2)
        made.cell("matmul", backend, 8e6 * SPEED[backend], workers=1)
    # fork wins while there is little to wait for, threads from then on.
    for latency in (1, 2, 5, 10, 100):
        for backend, base in (("fork", 0.4), ("std-thread", 1.4), ("tbb", 1.42)):
            made.cell("fetch", backend, (latency * (1.5 if backend == "fork" else 1) + base) * 1e6, bound="io", workers=4,
                      parameters=f"latency={latency}ms;size=16KiB", latency=latency * 1e6, tasks=26)
    for cutoff in (-5, 0, 5):
        for backend, base in (("fork", 9), ("tbb", 7)):
            made.cell("cut", backend, (base - abs(cutoff) * 0.1) * 1e6, bound="runtime", shape="recursive", workers=2,
                      parameters=f"cutoff={cutoff}")
    for delay in ("0", *(f"{10 ** place}{unit}" for unit in ("ns", "us", "ms") for place in range(3))):
        made.cell("late", "fork", 9e6, bound="io", workers=2, parameters=f"delay={delay}")
        made.cell("late", "tbb", 7e6, bound="io", workers=2, parameters=f"delay={delay}")
    for grain in (1, 4, 16, 64, 256, 1024, 4096):
        for backend, cost in (("serial", 5), ("tbb", 300), ("openmp", 90), ("fork", 2000)):
            workers = 1 if backend == "serial" else 2
            made.cell("grains", backend, 1000 * (grain * 10 + cost) / workers, parameters=f"grain={grain};width=8", workers=workers,
                      bound="runtime", shape="dependent")
    # Two things vary: fork copies results, threads wake later.
    for grain in (1, 10, 100):
        for payload in ("1KiB", "64KiB", "1MiB"):
            for backend, wake, copy in (("fork", 0.2, 4e-5), ("std-thread", 2, 1e-6), ("tbb", 2, 1e-6)):
                size = int(payload[:-3]) * (1024 if payload[-3:] == "KiB" else 1024 ** 2)
                if (backend, grain, payload) != ("std-thread", 100, "1MiB"):
                    made.cell("carry", backend, (grain + wake + copy * size) * 1e5, bound="runtime", workers=2,
                              parameters=f"grain={grain};payload={payload}")
    for backend, factor in SPEED.items():
        for variant in ("mode=pool", "mode=spawn") if backend == "std-thread" else ("",):
            made.cell("region", backend, 4e4 * factor ** 4, parameters="tasks=2", bound="runtime", variant=variant,
                      workers=1 if backend == "serial" else 2, prices="empty region=wall/10;memory, a worker=memory/1/worker")
    experiments = [{"experiment": "a1", "about": "the sum of primes", "says": "almost 4 ×", "rows": [
        {"workload": "primes", "parameters": "n=1000", "backend": "tbb", "variant": "", "workers": 4, "published": "4 s"},
        {"workload": "primes", "parameters": "n=1000", "backend": "tbb", "variant": "", "workers": 16, "published": ""}]},
        {"experiment": "b2", "about": "memory", "says": "", "rows": [
            {"workload": "stream", "parameters": "n=1000", "backend": "mpi", "variant": "", "workers": 2, "published": ""}]}]
    return made, {**MACHINE, "experiments": experiments, "left_out": [{"sentence": "left out: primes with 16 workers (5 of 90 cells), as time is short; "
                                                      "to have all: runoff run --budget 5min", "cells": []}]}


MARKUP = "</script><img src=x onerror=\"document.title='owned'\">"


def hostile():
    made = Made()
    made.files["explain.csv"] = ("workload,parameters,backend,variant,workers,wall_ns,useful_ns,cause,sentence,timeline\r\n"
                                 f"<!--,n=1000,serial,,1,1000000,1000000,<b>,\"{MARKUP.replace(chr(34), chr(34) * 2)}\",<i>\r\n")
    for backend in ("serial", "a&b", "'quoted' \"name\"", "<b>bold</b>"):
        made.cell(MARKUP, backend, 3e6 * len(backend), parameters=f"path=it's;text={MARKUP};glob=*$(reboot)`x`", workers=1,
                  variant="mode=<i>&amp" if backend == "a&b" else "")
    made.cell("<!--", "serial", 1e6)
    made.cell("<!--", "edited by hand", 1)  # the least time that there is
    made.cell("<!--", "__proto__", 2e6, workers=2, status="failed", detail=MARKUP)
    environment = {**MACHINE, "command_line": ["/tmp/my runoff/'bin'/runoff", "run", "--plugin", "it's.so"],
                   "processor": {"model": MARKUP}, "runtimes": {MARKUP: {"runtime": MARKUP}},
                   "left_out": [{"sentence": MARKUP, "cells": [MARKUP]}],
                   "experiments": [{"experiment": MARKUP, "about": MARKUP, "says": MARKUP, "rows": [
                       {"workload": MARKUP, "parameters": "", "backend": MARKUP, "variant": MARKUP, "workers": 1,
                        "published": MARKUP}]}]}
    return made, environment


def one():
    made = Made(samples=1)
    made.cell("primes", "serial", 4e7)
    return made, None


def failed():
    made = Made()
    for workload in ("primes", "stream"):
        made.cell(workload, "serial", 0, status="wrong", detail="task 3: 12 where 13 is right")
        made.cell(workload, "tbb", 0, workers=2, status="timeout", detail="ended after 30 s")
    return made, MACHINE


NUMBERS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
LARGE_MACHINE = {
    **MACHINE, "cores_used_as_all": 256, "topology": {"packages": 2, "numa_nodes": 8, "cores": 128, "processors": 256},
    "placement": {"policy": "pinned", "meaning": "each worker on a core of its own", "boundaries": [
        {"workers": 16, "name": "one memory node"}, {"workers": 64, "name": "one socket"}, {"workers": 128, "name": "all cores"},
        {"workers": 256, "name": "all processors"}]},
}
MANY = {"std-thread": 1.0, "tbb": 1.02, "openmp": 1.05, "openmp-llvm": 1.06, "stdpar": 1.03, "asio-pool": 1.1, "fork": 1.2,
        "boost-process": 1.5, "mpi": 1.6, "taskflow-plug-in": 1.04, "hpx": 1.3, "coroutines": 1.15}


def many():
    """Twelve backends, 1 to 256 workers: work of processors, of memory and of the runtime, and work that grows with its workers."""
    made = Made(spread=0.05)
    for workload, serial, fixed, bound in (("primes", 4e9, 0.001, "cpu"), ("stream", 900e6, 0.03, "memory"), ("region", 4e4, 1, "runtime")):
        made.cell(workload, "serial", serial, bound=bound)
        for backend, factor in MANY.items():
            for workers in NUMBERS:
                time = serial * (fixed + (1 - fixed) / min(workers, 128)) * factor + 2e3 * factor ** 4 * workers
                if backend == "boost-process" and workers == 256:
                    made.cell(workload, backend, 0, workers=workers, bound=bound, status="crashed", detail="worker 200 was killed by signal 9")
                else:
                    made.cell(workload, backend, time, workers=workers, bound=bound, variant="mode=pool" if backend == "std-thread" else "")
    for workers in NUMBERS:
        made.cell("mandelbrot", "serial", 20e6 * workers, parameters=f"rows={100 * workers}")
        for backend, factor in MANY.items():
            made.cell("mandelbrot", backend, 20e6 * factor * (1 + 0.002 * workers), workers=workers, parameters=f"rows={100 * workers}")
    return made, LARGE_MACHINE


def hosts():
    """mpi on up to four hosts of 16 workers each, and fork on one: a problem, the same that grows, and messages."""
    made = Made()
    placed = []
    for workers in (1, 2, 4, 8, 16, 32, 64):
        across = -(-workers // 16)
        placed.append({"backend": "mpi", "workers": workers, "hosts": {f"node{i + 1}": min(16, workers) for i in range(across)}})
        for backend, factor in (("mpi", 1.1 + 0.1 * (across - 1)), ("fork", 1.05)):
            if backend == "fork" and workers > 16:
                continue
            made.cell("primes", backend, 2e9 * factor / workers + 1e5, workers=workers)
            made.cell("mandelbrot", backend, 20e6 * factor, workers=workers, parameters=f"rows={100 * workers}")
            made.cell("graph", backend, 1e6 * factor * across ** 2, workers=workers, bound="runtime", shape="dependent")
    made.cell("primes", "serial", 2e9)
    for workers in (1, 2, 4, 8, 16, 32, 64):
        made.cell("mandelbrot", "serial", 20e6 * workers, parameters=f"rows={100 * workers}")
    return made, {**MACHINE, "cores_used_as_all": 16, "hosts_by_workers": placed,
                  "placement": {"policy": "pinned", "meaning": "each worker on a core of its own",
                                "boundaries": [{"workers": 8, "name": "one socket"}, {"workers": 16, "name": "all cores"}]}}


def large(cells=200, samples=6):
    made = Made(samples=samples, spread=0.2)
    backends = [f"backend-{i}" for i in range(9)] + ["serial"]
    for i in range(cells):
        workload, backend = divmod(i, len(backends))
        made.cell(f"workload-{workload}", backends[backend], 1e6 * (1 + workload % 7) * (1 + backend / 20), bound=("cpu", "io", "memory")[workload % 3],
                  workers=1 if backends[backend] == "serial" else 2, latency=1e5 if workload % 3 == 1 else None)
    return made, MACHINE


if __name__ == "__main__":
    kind, folder, *sizes = sys.argv[1:]
    run, facts = {"rich": rich, "hostile": hostile, "one": one, "failed": failed, "large": large, "many": many,
                  "hosts": hosts}[kind](*map(int, sizes))
    run.write(folder, facts)
