"""A made-up run: nine backends, three workloads, 1 to 8 workers on 4 cores, six samples, with noise and failures.

`synthetic.py FOLDER` writes samples.csv and environment.json there. The same seed gives the same run.
"""

import csv
import json
import pathlib
import random
import sys

COLUMNS = (
    "run order workload parameters bound shape backend variant workers sample status wall_ns cpu_ns startup_ns "
    "cold_ns tasks iterations bytes peak_memory_bytes voluntary_switches involuntary_switches workers_seen "
    "latency_p50_ns latency_p95_ns latency_p99_ns latency_max_ns detail"
).split()

BACKENDS = {  # variant, cost of its own as a share of the time, cost of a worker in ns
    "serial": ("", 0.0, 0),
    "std-thread": ("mode=pool", 0.004, 4e3),
    "tbb": ("partitioner=auto", 0.006, 9e3),
    "openmp": ("schedule=dynamic", 0.01, 6e3),
    "openmp-llvm": ("schedule=dynamic", 0.012, 7e3),
    "stdpar": ("", 0.02, 12e3),
    "fork": ("mode=pool", 0.008, 30e3),
    "boost-process": ("results=shared", 0.03, 200e3),
    "mpi": ("", 0.09, 400e3),
}

WORKLOADS = {  # parameters, bound, serial time in ns, share that cannot be split, tasks
    "primes": ("n=1000000;grain=1000", "cpu", 38.2e6, 0.01, 1000),
    "stream": ("n=33554432", "memory", 61e6, 0.55, 64),
    "sleep": ("duration=10ms;tasks=10", "io", 100.9e6, 0.0, 10),
}

CORES = 4


def wall_ns(workload, backend, workers, rng):
    _, bound, serial, fixed, tasks = WORKLOADS[workload]
    _, share, each = BACKENDS[backend]
    if bound == "io":
        rounds = -(-tasks // workers)
        time = serial / tasks * rounds
    else:
        time = serial * (fixed + (1 - fixed) / min(workers, CORES))
        time *= 1 + 0.05 * max(0, workers - CORES) / CORES
    time = time * (1 + share) + each * workers
    late = rng.random() < 0.06
    return time * rng.lognormvariate(0, 0.008) * (1 + 0.15 * rng.random() * late)


def rows(seed=1, samples=6):
    rng = random.Random(seed)
    cells = [
        (workload, backend, workers)
        for workload in WORKLOADS
        for backend in BACKENDS
        for workers in ((1,) if backend == "serial" else (1, 2, 4, 8))
    ]
    order = 0
    for sample in range(samples):
        rng.shuffle(cells)
        for workload, backend, workers in cells:
            parameters, bound, _, _, tasks = WORKLOADS[workload]
            row = dict.fromkeys(COLUMNS, "")
            row.update(run="synthetic", order=order, workload=workload, parameters=parameters, bound=bound,
                       shape="independent", backend=backend, variant=BACKENDS[backend][0], workers=workers,
                       sample=sample, status="ok")
            order += 1
            if backend == "mpi" and workload == "sleep":
                row.update(status="unsupported", detail="ranks cannot wait here")
            elif backend == "boost-process" and workload == "stream" and workers == 8 and sample == 3:
                row.update(status="crashed", detail="worker 5 was killed by signal 9, out of memory")
            else:
                wall = round(wall_ns(workload, backend, workers, rng))
                busy = 0.002 if bound == "io" else min(workers, CORES) * 0.98
                row.update(wall_ns=wall, cpu_ns=round(wall * busy), startup_ns=80_000 * workers, cold_ns=wall * 2,
                           tasks=tasks, iterations=2, peak_memory_bytes=12_000_000 + 900_000 * workers,
                           voluntary_switches=workers, involuntary_switches=0, workers_seen=min(workers, tasks))
            yield row


def write(folder, seed=1, samples=6):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "samples.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(seed, samples))
    environment = {
        "processor": {"model": "Example Processor 9000 @ 3.00GHz"},
        "cores_used_as_all": CORES,
        "system": {"host": "example", "kernel": "Linux 6.1"},
        "started": "2026-01-31T12:00:00Z",
    }
    (folder / "environment.json").write_text(json.dumps(environment), encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
