"""Whether the stress tests find bugs: one mistake at a time is planted into a copy of a header, and a test must fail.

  mutants.py --list [tsan]        the mutants: name, header and program of each; with a sanitizer, those that only it finds
  mutants.py --write NAME FOLDER  the header with the mistake
  mutants.py --hunt NAME=FOLDER=PROGRAM...   runs the test of each; FOLDER holds the backend that was built of it

Each mistake is what a step of the algorithm guards against: a step in two that must be one, an order that a processor may
choose where no release or acquire forbids it, a look that is missing before a sleep. Where the release or the acquire itself
is gone, x86 goes on as before: the thread sanitizer finds it.
"""

import concurrent.futures
import dataclasses
import os
import pathlib
import subprocess
import sys
import time

INCLUDE = pathlib.Path(__file__).resolve().parents[3] / "harness/include/runoff"
LOOP = "Backends/ExactlyOnce.WhateverTheNumberOfTasksAndTheirDuration/std_thread_pool_3"
SHORT = "Backends/ExactlyOnce.ManyShortExecutionsOneRightAfterTheOther/std_thread_pool_3"
GRAPH = "Backends/Graphs.OfAnyFormRunInOrder/std_thread_pool_3"
WINDOW = "JobWindow.GivesEveryJobToExactlyOne"
MOST_RUNS = 10
# All threads asleep for so long: none will wake another any more.
STANDSTILL_SECONDS = 2
# Each test takes a second or two.
ENDLESS_CPU_SECONDS = 8


@dataclasses.dataclass
class Mutant:
    name: str
    header: str
    program: str  # whose test finds it
    test: str
    right: str  # what the header says, once
    wrong: str
    sanitizer: str = ""  # without which it is not found


MUTANTS = [
    Mutant("chunks-taken-in-two-steps", "scheduling/chunks.h", "team", LOOP,
           "if (next_.compare_exchange_weak(first, first + size, std::memory_order_relaxed))\n        return",
           "next_.store(first + size, std::memory_order_relaxed);\n      return"),
    Mutant("opened-before-the-tasks-are-written", "scheduling/team.h", "team", LOOP,
           "block_.tasks = tasks;\n    ++executions_;\n    work(open(tasks), run, failure);",
           "++executions_;\n    const Look look = open(tasks);\n    block_.tasks = tasks;\n    work(look, run, failure);"),
    Mutant("left-without-waiting", "scheduling/team.h", "team", LOOP,
           "if (joined(state) == 0) return;",
           "return;"),
    Mutant("the-caller-is-not-woken", "scheduling/team.h", "team", LOOP,
           "if ((state & waiting) != 0 && (next & waiting) == 0) futex_.wake(1, caller);",
           ""),
    Mutant("asleep-without-another-look", "scheduling/team.h", "team", SHORT,
           "if (!block_.state.compare_exchange_strong(state, state | waiting, std::memory_order_relaxed)) continue;",
           "state = block_.state.fetch_or(waiting, std::memory_order_relaxed);"),
    Mutant("published-before-it-is-run", "scheduling/lanes.h", "team", GRAPH,
           "      const Points mine_before = points(lane, width_before);\n",
           "      const Points mine_before = points(lane, width_before);\n"
           "      here.done.store(step + 1, std::memory_order_relaxed);\n"),
    Mutant("lanes-held-in-two-steps", "scheduling/lanes.h", "team", GRAPH,
           "return !held(lane) && lanes_[lane].held.exchange(1, std::memory_order_acquire) == 0;",
           "return !held(lane) && (lanes_[lane].held.store(1, std::memory_order_release), true);"),
    Mutant("jobs-taken-back-in-two-steps", "recursion/job_window.h", "window", WINDOW,
           "if (word_.compare_exchange_weak(word, pack(taken(word), job), std::memory_order_relaxed)) return true;",
           "return word_.store(pack(taken(word), job), std::memory_order_release), true;"),
    Mutant("opened-without-release", "scheduling/team.h", "team", LOOP,
           "while (!block_.state.compare_exchange_weak(state, next, std::memory_order_release,\n"
           "                                                 std::memory_order_relaxed));\n    return look;",
           "while (!block_.state.compare_exchange_weak(state, next, std::memory_order_relaxed));\n    return look;", "tsan"),
    Mutant("joined-without-acquire", "scheduling/team.h", "team", LOOP,
           "next, std::memory_order_acquire,\n                                             std::memory_order_relaxed))",
           "next, std::memory_order_relaxed))", "tsan"),
    Mutant("published-without-release", "scheduling/lanes.h", "team", GRAPH,
           "lane.done.store(steps, std::memory_order_seq_cst);",
           "lane.done.store(steps, std::memory_order_relaxed);", "tsan"),
    Mutant("let-go-without-release", "scheduling/lanes.h", "team", GRAPH,
           "lanes_[lane].held.store(0, std::memory_order_release);",
           "lanes_[lane].held.store(0, std::memory_order_relaxed);", "tsan"),
    Mutant("shown-without-release", "recursion/job_window.h", "window", WINDOW,
           "pack(taken(word), end), std::memory_order_release,\n"
           "                                        std::memory_order_relaxed)) {",
           "pack(taken(word), end), std::memory_order_relaxed)) {", "tsan"),
    Mutant("stolen-without-acquire", "recursion/job_window.h", "window", WINDOW,
           "word + 1, std::memory_order_acquire, std::memory_order_relaxed))",
           "word + 1, std::memory_order_relaxed))", "tsan"),
]


def write(name, folder):
    mutant = next(one for one in MUTANTS if one.name == name)
    text = (INCLUDE / mutant.header).read_text()
    if text.count(mutant.right) != 1:
        sys.exit(f"mutants.py: {mutant.header} has not once what '{name}' changes:\n{mutant.right}")
    file = pathlib.Path(folder) / "runoff" / mutant.header
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(mutant.right, mutant.wrong))


def used_ticks(process):
    """Processor time of all its threads, or None where it is gone."""
    try:
        with open(f"/proc/{process}/stat") as stream:
            fields = stream.read().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[11]) + int(fields[12])


def ends(process):
    """How the test ended: its exit status, or why it had to be killed."""
    used, since = None, time.monotonic()
    why = None
    while process.poll() is None and why is None:
        now = used_ticks(process.pid)
        if now is not None and now > ENDLESS_CPU_SECONDS * os.sysconf("SC_CLK_TCK"):
            why = "does not end"
        elif now != used:
            used, since = now, time.monotonic()
        elif time.monotonic() - since > STANDSTILL_SECONDS:
            why = "stands still"
        time.sleep(0.02)
    if why is not None:
        process.kill()
        process.wait()
    return why or process.returncode


def is_found(built):
    name, folder, program = built.split("=", 2)
    mutant = next(one for one in MUTANTS if one.name == name)
    began = time.monotonic()
    for run in range(1, MOST_RUNS + 1):  # each has other delays
        process = subprocess.Popen([program, "--gtest_brief=1", f"--gtest_filter={mutant.test}"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env={**os.environ, "RUNOFF_STRESS_BACKENDS": folder})
        if end := ends(process):
            break
    print(f"{name:40} {'found' if end else 'survives'} ({end}) in run {run}, after {time.monotonic() - began:.1f} s", flush=True)
    return bool(end)


def hunt(built):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return 0 if built and all(list(pool.map(is_found, built))) else 1


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--list", *sanitizer]:
            chosen = [one for one in MUTANTS if [one.sanitizer] == (sanitizer or [""])]
            print("\n".join(f"{one.name} {one.header} {one.program}" for one in chosen))
        case ["--write", name, folder]:
            write(name, folder)
        case ["--hunt", *built]:
            sys.exit(hunt(built))
        case _:
            sys.exit(__doc__)
