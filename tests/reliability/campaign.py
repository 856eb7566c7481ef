"""The reliability campaign: python3 campaign.py PREFIX MODULES [--full] [--seed N] [FAULT]...

Injects each fault, in the short form or as often as docs/reliability.md says, and counts what was lost, doubled, left
behind or taken for well. Prints a table; its exit status is 1 where a count that is to be 0 is not, 77 where all was
skipped."""

import argparse
import concurrent.futures
import json
import os
import random
import subprocess
import sys
import time
import zlib

import ends  # noqa: F401  each adds its faults to the list
import machine  # noqa: F401
import tasks  # noqa: F401
import workers  # noqa: F401
from bench import Place, Skip, Tally
from faults import FAULTS

SKIPPED = 77
COLUMNS = ("tries", "marked", *Tally.PROMISES)


def become_alone():
    """Begins anew with mounts of its own, where that is allowed: a /dev/shm that no other program uses, and room for the
    mounts of faults."""
    if os.environ.get("RUNOFF_CAMPAIGN_ALONE") or os.getuid() != 0:
        return
    script = 'mount -t tmpfs campaign /dev/shm && export RUNOFF_CAMPAIGN_ALONE=1 || export RUNOFF_CAMPAIGN_ALONE=0; exec "$@"'
    arguments = [sys.executable, os.path.abspath(__file__), *sys.argv[1:]]
    if os.system("unshare --mount true 2>/dev/null") == 0:
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", *arguments])


def run(fault, arguments, seed):
    """Counts, problems, why it was skipped, and seconds."""
    tally = Tally()
    began = time.monotonic()
    skipped = None
    with Place(os.path.abspath(arguments.prefix), os.path.abspath(arguments.modules),
               zlib.crc32(f"{seed} {fault.name}".encode()), tally) as place:
        try:
            fault.inject(place, fault.full if arguments.full else fault.short)
        except Skip as reason:
            skipped = str(reason)
    return {"counts": {column: getattr(tally, column) for column in COLUMNS}, "problems": tally.problems, "skipped": skipped,
            "seconds": time.monotonic() - began}


def run_apart(fault, arguments, seed):
    """The same in a process of its own, with mounts of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "RUNOFF_CAMPAIGN_ALONE"}
    done = subprocess.run([sys.executable, os.path.abspath(__file__), arguments.prefix, arguments.modules, "--json", "--seed",
                           str(seed), *["--full"] * arguments.full, fault.name], stdout=subprocess.PIPE, text=True,
                          env=environment, check=True)
    return json.loads(done.stdout)


def documented(file):
    with open(file) as stream:
        text = stream.read()
    lacking = [line for line in (f"| {one.fault} | {one.sees} | `{one.name}` |" for one in FAULTS.values())
               if line not in text]
    print("\n".join(lacking))
    return 1 if lacking else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prefix", help="the build folder")
    parser.add_argument("modules", help="the folder of the campaign's modules")
    parser.add_argument("--full", action="store_true", help="as often as the documentation says; takes some minutes")
    parser.add_argument("--seed", type=int, help="of all random moments (another one each time; it is printed)")
    parser.add_argument("--at-once", type=int, default=1, help="so many faults beside each other (1)")
    parser.add_argument("--json", action="store_true", help="of one fault, what the table is made of")
    parser.add_argument("--list", action="store_true", help="names the faults")
    parser.add_argument("--documented", metavar="FILE", help="whether a file has the line of each fault; prints those that "
                        "it lacks")
    parser.add_argument("fault", nargs="*", help="only these")
    arguments = parser.parse_intermixed_args()
    if arguments.list:
        print("\n".join(FAULTS))
        return 0
    if arguments.documented:
        return documented(arguments.documented)
    if unknown := set(arguments.fault) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}; --list names them")
    if arguments.at_once == 1:
        become_alone()
    seed = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
    names = arguments.fault or list(FAULTS)
    if arguments.json:
        print(json.dumps(run(FAULTS[names[0]], arguments, seed)))
        return 0
    width = max(map(len, names))
    print(f"seed {seed}\n" + f"{'fault':{width}}" + "".join(f"{name:>11}" for name in COLUMNS) + f"{'seconds':>9}", flush=True)
    sums = dict.fromkeys(COLUMNS, 0)
    skips, problems = 0, []
    with concurrent.futures.ThreadPoolExecutor(arguments.at_once) as pool:
        how = run if arguments.at_once == 1 else run_apart
        running = {pool.submit(how, FAULTS[name], arguments, seed): name for name in names}
        for done in concurrent.futures.as_completed(running):
            name = running[done]
            if done.exception():
                problems.append(f"{name}: {done.exception()}")
                continue
            result = done.result()
            if result["skipped"]:
                skips += 1
                print(f"{name:{width}}  skipped: {result['skipped']}", flush=True)
                continue
            counts = result["counts"]
            print(f"{name:{width}}" + "".join(f"{count:>11}" for count in counts.values()) + f"{result['seconds']:>9.1f}",
                  flush=True)
            for column, count in counts.items():
                sums[column] += count
            problems += [f"{name}: {problem}" for problem in result["problems"]]
            if counts["tries"] == 0:
                problems.append(f"{name}: it was never tried")
    if len(names) > 1:
        print(f"{'all':{width}}" + "".join(f"{count:>11}" for count in sums.values()))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else SKIPPED if skips == len(names) else 0


if __name__ == "__main__":
    sys.exit(main())
