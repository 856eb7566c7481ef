"""What others have counted, counted by every backend: python3 published_counts.py PREFIX TEST_MODULES BACKEND

Trees of UTS (Olivier et al., LCPC 2006) and solutions of the n-queens problem (OEIS A000170), at full size.
"""

import os
import sys

from cell import Modules, run

SKIPPED = 77
# T3 is 1572 nodes deep. The address sanitizer's frames are several times as large, and the stack of a oneTBB worker is not.
DEEP = ["tree=T3", "cutoff=100"] if os.environ.get("RUNOFF_SANITIZER") == "asan" else ["tree=T3"]


def published(backend):
    # On a machine that has much else to do, a task for each of millions of nodes takes LLVM's OpenMP minutes.
    wide = ["tree=T1", "cutoff=6"] if backend == "openmp-llvm" else ["tree=T1"]
    return ("uts", wide), ("uts", DEEP), ("nqueens", ["n=12"]), ("nqueens", ["n=14", "cutoff=9"])


def main(prefix, test_modules, backend):
    modules = Modules(prefix, test_modules)
    file, reason = modules.find("backend", backend)
    if file is None:
        print(f"backend {backend} is left out: {reason}")
        return SKIPPED
    failures = 0
    for workload, parameters in published(backend):
        outcome = run(modules, workload, backend, parameters, (), 2, ["--iterations", "1"])
        refused = outcome["status"] == "unsupported" and outcome["detail"] != ""
        fine = outcome["status"] == "ok" or refused
        print(f"{'ok  ' if fine else 'FAIL'} {workload} {parameters} {backend}: {outcome['status']} {outcome['detail']}")
        failures += not fine
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
