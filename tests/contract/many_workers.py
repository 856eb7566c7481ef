"""Far more workers than cores: python3 many_workers.py PREFIX TEST_MODULES BACKEND

1000 threads, 64 under one lock, 200 processes or 64 ranks that wait are at it all at once, under the usual limit of open files.
"""

import resource
import sys

from cell import Modules, run, variants

SKIPPED = 77
# Of threads that want one lock, each looks every few milliseconds whether the time has come to ask for it.
MOST = {"fork": 200, "boost-process": 200, "mpi": 64, "gil": 64}


def main(prefix, test_modules, backend):
    modules = Modules(prefix, test_modules)
    file, reason = modules.find("backend", backend)
    if file is None:
        print(f"backend {backend} is left out: {reason}")
        return SKIPPED
    description = modules.describe(file)
    workers = MOST.get(backend, 1000)
    if 0 < description["most_workers"] < workers:
        print(f"backend {backend} has at most {description['most_workers']} workers")
        return SKIPPED
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))
    failures = 0
    for variant in variants(description):
        # Tasks that end only when all have begun: each needs a worker of its own.
        parameters = [f"tasks={workers}", "patience=100s", "file={folder}/meeting"]
        outcome = run(modules, "meet", backend, parameters, variant, workers, ["--iterations", "1"])
        fine = outcome["status"] == "ok" and outcome["workers_seen"] == workers
        print(f"{'ok  ' if fine else 'FAIL'} {backend} {';'.join(variant)} workers={workers}: {outcome}")
        failures += not fine
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
