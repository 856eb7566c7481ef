"""Whether `runoff advise` names the right backend: advise-proof.py PREFIX [--budget 30s] [--only WORKLOAD]... [--rows FILE]

Each workload is measured with all backends, described from that run by one worker's sample, and only its description is
given to `runoff advise`. What that names must not be surely slower at the real workload than another backend. Prints a
table. With --rows FILE each row is kept there as soon as it is there; those of earlier calls are part of the table and
are not measured again, unless --only names them: so a proof can be made in slices. --only none prints what there is.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

VERDICTS = ("fastest", "tied", "inconclusive", "slower")
BACKENDS = ["*", "-cpython", "-gil"]
NOT_DESCRIBED = "cannot be described"
# Parameters that make an execution short enough for the budget; and workers, where they are not the cores.
WORKLOADS = {
    "primes": (["n=500000"], None),
    "letters": ([], None),
    "mandelbrot": (["width=256", "height=192"], None),
    "matmul": (["n=256"], None),
    "image-resize": (["images=8"], None),
    "stream": (["n=4194304"], None),
    "reduce": (["n=4194304"], None),
    "payload": (["tasks=64"], None),
    "sleep": (["tasks=26", "duration=5ms"], "26"),
    "hybrid": (["duration=5ms", "work=10000"], "8"),
    "graph": (["steps=500", "grain=1000"], None),
    "fib": (["n=24"], None),
    "nqueens": (["n=9"], None),
    "skynet": (["leaves=10000"], None),
}


def runoff(prefix, *words):
    done = subprocess.run([pathlib.Path(prefix) / "bin" / "runoff", *words], capture_output=True, text=True,
                          env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})  # no plots
    if done.returncode not in (0, 1):
        sys.exit(f"runoff {' '.join(words)}: {done.stderr}")
    return done.stdout


def advice_on(prefix, command, budget, folder):
    """The backend that the described work should take."""
    words = shlex.split(command)[1:]
    answer = json.loads(runoff(prefix, *words, "--budget", budget, "--out", folder, "--json", "--quiet"))
    return answer["advice"]["backend"] if answer["advice"] else ""


def real_verdicts(prefix, folder):
    """Of the real workload: each backend's verdict at its best number of workers, and its time relative to the best."""
    exported = folder / "exported.json"
    runoff(prefix, "report", str(folder), "--export-json", str(exported))
    cells = json.loads(exported.read_text())["cells"]
    contest = [one for one in cells if one.get("contest") not in (None, "outdone")]
    if contest:
        return {one["backend"]: (one["contest"], one.get("times")) for one in contest}
    # A workload that is a price has no contest; its cells are compared with those of as many workers.
    least = min((one["median"] for one in cells if one.get("rank")), default=None)
    return {one["backend"]: (one["verdict"], one["median"] / least if one.get("rank") else None) for one in cells}


def prove(prefix, name, budget, folder):
    settings, workers = WORKLOADS[name]
    real = folder / "real"
    words = ["run", "--workloads", name, "--backends", ",".join(BACKENDS), "--workers", workers or "cores"]
    words += ["--budget", budget, "--quiet", "--out", str(real)]
    for one in settings:
        words += ["--set", f"{name}.{one}"]
    runoff(prefix, *words)
    described = json.loads(runoff(prefix, "describe", str(real), name, "--json"))[0]
    if not described["command"]:
        return {"workload": name, "description": "; ".join(described["doubts"]), "named": "", "slower": 0, "compared": 0,
                "verdict": NOT_DESCRIBED, "ratio": None}
    named = advice_on(prefix, described["command"], budget, str(folder / "advice"))
    verdicts = real_verdicts(prefix, real)
    verdict, ratio = verdicts.get(named, ("not measured", None)) if named else ("no advice", None)
    rivals = [one for backend, (one, _) in verdicts.items() if backend != "serial"]
    return {"workload": name, "description": described["command"].removeprefix("runoff advise "), "named": named,
            "slower": rivals.count("slower"), "compared": sum(one in VERDICTS for one in rivals),
            "verdict": verdict, "ratio": ratio}


# What a verdict at the real workload says of the advice. An open one refutes nothing and proves nothing.
MEANING = {"fastest": "yes", "tied": "yes", "inconclusive": "not refuted", NOT_DESCRIBED: "–"}


def meaning(row):
    return MEANING.get(row["verdict"], "no")


def table(rows):
    lines = ["| workload | described as | advised | at the real workload | surely slower there | holds |",
             "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        ratio = f"{row['verdict']}, {row['ratio']:.2f} ×" if row["ratio"] else row["verdict"]
        lines.append(f"| `{row['workload']}` | `{row['description']}` | {row['named']} | {ratio} | "
                     f"{row['slower']} of {row['compared']} | {meaning(row)} |")
    said = [meaning(row) for row in rows if row["verdict"] != NOT_DESCRIBED]
    return lines + ["", f"Of {len(said)} that can be described: {said.count('yes')} are the best or tied with it, {said.count('not refuted')} are not surely "
                        f"slower but inconclusive, {said.count('no')} are wrong or have no answer."]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefix")
    parser.add_argument("--only", action="append", default=[], metavar="WORKLOAD")
    parser.add_argument("--budget", default="30s", help="for each run and each advice (%(default)s)")
    parser.add_argument("--rows", type=pathlib.Path, help="a file for the rows of several calls")
    options = parser.parse_args()
    for name in options.only:
        if name not in WORKLOADS and name != "none":
            parser.error(f"no '{name}' here; there are {', '.join(WORKLOADS)}")
    rows = json.loads(options.rows.read_text()) if options.rows and options.rows.exists() else []
    known = {row["workload"] for row in rows}
    wanted = [name for name in options.only if name != "none"] if options.only else [one for one in WORKLOADS if one not in known]
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="runoff-proof-") as folder:
            row = prove(options.prefix, name, options.budget, pathlib.Path(folder))
        rows = [one for one in rows if one["workload"] != name] + [row]
        print(f"{name}: {row['named']} is {row['verdict']}", flush=True)
        if options.rows:
            options.rows.write_text(json.dumps(rows, indent=1))
    print("\n".join(table(rows)))
    known = [meaning(row) for row in rows if row["verdict"] != NOT_DESCRIBED]
    return 0 if (len(known) - known.count("no")) * 10 >= 9 * len(known) else 1


if __name__ == "__main__":
    sys.exit(main())
