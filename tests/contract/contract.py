"""What every backend promises, of ours: python3 contract.py BUILD BACKEND [WORKLOAD] [OPTION...]

`runoff check`, as anyone runs it on a module of their own, with the OPTIONs given. Beside what it says itself, nothing is
refused that need not be: a loop runs everywhere, but for the reasons below; and workers that are processes die in fact.
"""

import json
import os
import resource
import subprocess
import sys

SKIPPED = 77
# What there is no natural way to say in Python, or no package for on this machine; workers that share nothing, or work
# one after the other; a form that a workload has not; a kernel without io_uring, or a container that forbids it.
MAY_REFUSE = ("this workload's Python form has no coroutine", "Python has no atomic addition", "Python has no way to spin",
              "this workload's Python form does not tell", "executor=both is two workers at least",
              "executor=interpreters is there from Python 3.14 on", "interpreters share no locks", "/usr/bin/python3 has no",
              "this workload has no", "SQLite's interface blocks",
              "it is written in Python, which only the backend cpython runs", "no io_uring: ",
              "ranks share no memory", "a process cannot free", "the other player", "no worker was left that waits")
WORKERS_ARE_PROCESSES = ("fork", "boost-process", "mpi", "mpich")


def absent(build, *names):
    """Why one of these is not there, the first of which is a backend; or None."""
    for kind in ("backends", "workloads"):
        for name in names:
            note = os.path.join(build, "lib", "runoff", kind, f"{name}.absent.json")
            if os.path.exists(note):
                with open(note) as stream:
                    return f"{name} is left out: {json.load(stream)['reason']}"
    module = os.path.join(build, "lib", "runoff", "backends", f"{names[0]}.so")
    asked = subprocess.run([os.path.join(build, "bin", "runoff-cell"), "--describe", module], stdout=subprocess.PIPE, text=True)
    if asked.returncode == 0 and not json.loads(asked.stdout)["available"]:
        return f"{names[0]} is not available: {json.loads(asked.stdout)['reason']}"
    return None


def needless_refusals(promise):
    for said in promise["refused"]:
        loops = [cell for cell in said["cells"] if cell["shape"] == "independent"]
        if loops and not said["why"].startswith(MAY_REFUSE):
            yield f"{promise['name']}: {said['why']} {loops[0]}"


def main(build, backend, *words):
    workload = [words[0]] if words and not words[0].startswith("-") else []
    reason = absent(build, backend.split(":")[0], *workload)
    if reason:
        print(reason)
        return SKIPPED
    # Under the usual limit of open files, however many workers there are.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))
    # The time limit is a hang guard: a loaded machine may take its time.
    command = [os.path.join(build, "bin", "runoff"), "check", "--json", "--timeout", "240s", backend, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        return done.returncode
    faults = []
    for module in json.loads(done.stdout):
        for promise in module["promises"]:
            print(f"{promise['kept']:<8} {promise['name']}: {promise['samples']} samples")
            faults += [f"{promise['name']}: {said['why']} {said['cells'][0]}" for said in promise["broken"]]
            faults += needless_refusals(promise)
            if promise["name"] == "losses" and backend.split(":")[0] in WORKERS_ARE_PROCESSES and promise["kept"] != "yes":
                faults.append(f"losses: {promise['kept']}, though its workers are processes")
    print("\n".join(faults))
    return 1 if faults or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
