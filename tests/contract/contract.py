"""What every backend promises for one workload: python3 contract.py PREFIX TEST_MODULES WORKLOAD BACKEND [NAME=VALUE...]

Every variant, with 1, 2 and 8 workers: the results are right, each task ran exactly once. NAME=VALUE,VALUE... means
each of the values in turn.
"""

import contextlib
import itertools
import os
import sys

from cell import Modules, is_lone, run, variants
from endpoint import Endpoint

SKIPPED = 77
WORKERS = (1, 2, 8)
# What there is no natural way to say in Python, or no package for on this machine.
NOT_IN_PYTHON = ("this workload's Python form has no coroutine", "Python has no atomic addition", "Python has no way to spin", "this workload's Python form does not tell",
                 "executor=both is two workers at least", "executor=interpreters is there from Python 3.14 on",
                 "interpreters share no locks",
                 "/usr/bin/python3 has no")


def main(prefix, test_modules, workload, backend, *parameters):
    modules = Modules(prefix, test_modules)
    for kind, name in (("workload", workload), ("backend", backend)):
        file, reason = modules.find(kind, name)
        if file is None:
            print(f"{kind} {name} is left out: {reason}")
            return SKIPPED
    work = modules.describe(modules.find("workload", workload)[0])
    with Endpoint(prefix) if work["endpoint"] else contextlib.nullcontext() as endpoint:
        if endpoint:
            os.environ.update(endpoint.environment())
        return run_all(modules, work, workload, backend, parameters)


def run_all(modules, work, workload, backend, parameters):
    description = modules.describe(modules.find("backend", backend)[0])
    lacks_form = any(description[form] and not work[form] for form in ("asynchronous", "python"))
    failures = 0
    sweep = itertools.product(*([f"{name}={value}" for value in values.split(",")]
                                for name, values in (one.split("=", 1) for one in parameters)))
    cells = itertools.product(sweep, variants(description, work["shape"]))
    for chosen, variant in [next(cells)] if lacks_form else cells:
        most = 1 if is_lone(description, variant) else description["most_workers"]
        for workers in WORKERS:
            if most and workers > most:
                continue
            outcome = run(modules, workload, backend, chosen, variant, workers)
            fine = outcome["status"] == "ok" and outcome["exit"] == 0
            fine = fine and 1 <= outcome.get("workers_seen", 0) <= workers
            # A graph or a recursion may have no natural form in a runtime, which then says so. A loop always has,
            # but where only another form of the workload is run: it must not run any other.
            refused = outcome["status"] == "unsupported" and outcome["detail"] != ""
            if lacks_form:
                fine = refused
            elif not description["python"] and outcome["detail"] == "it is written in Python, which only the backend cpython runs":
                fine = refused
            elif description["python"] and outcome["detail"].startswith(NOT_IN_PYTHON):
                fine = refused
            elif description["asynchronous"] and outcome["detail"].startswith("no io_uring: "):
                fine = refused  # the kernel may be too old for it, or a container forbid it
            elif refused and outcome["detail"].startswith(("ranks share no memory", "the other player",
                                                                  "no worker was left that waits")):
                fine = True  # tasks that are at work at once need workers of their own, and memory in common
            elif work["shape"] != "independent":
                fine = fine or refused
            print(f"{'ok  ' if fine else 'FAIL'} {workload} {';'.join(chosen)} {backend} {';'.join(variant)} "
                  f"workers={workers}: "
                  f"{outcome['status']} {outcome['detail']}")
            if not fine:
                print(outcome)
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
