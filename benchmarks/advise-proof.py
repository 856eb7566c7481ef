"""Whether `runoff advise` names the right backend: python3 advise-proof.py PREFIX [--budget 20s] [WORKLOAD...]

Each workload is measured with all backends, described from that run by one worker's sample, and only its description is
given to `runoff advise`. What that names must not be surely slower at the real workload than another backend is. Prints a
table; with --rows FILE its rows are kept there, too, and those of earlier calls are part of the table.
"""

import argparse
import csv
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

BACKENDS = ["*", "-cpython", "-gil"]
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
    "nqueens": (["n=9"], None),
    "integrate": ([], None),
    "uts": (["tree=tiny-geometric"], None),
}


def runoff(prefix, *words):
    done = subprocess.run([pathlib.Path(prefix) / "bin" / "runoff", *words], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"runoff {' '.join(words)}: {done.stderr}")
    return done.stdout


def advice_on(prefix, command, budget, folder):
    """The backend that the described work should take."""
    words = shlex.split(command)[1:]
    answer = json.loads(runoff(prefix, *words, "--budget", budget, "--out", folder, "--json", "--quiet"))
    return answer["advice"]["backend"] if answer["advice"] else ""


def real_verdicts(folder):
    """Of the real workload: each backend's verdict and its time relative to the best."""
    with open(folder / "summary.csv", newline="") as stream:
        rows = list(csv.DictReader(stream))
    times = {row["backend"]: float(row["median_ns"]) for row in rows if row["rank"]}
    best = min(times.values())
    return {row["backend"]: (row["verdict"], times[row["backend"]] / best if row["backend"] in times else None)
            for row in rows}


def prove(prefix, name, budget, folder):
    settings, workers = WORKLOADS[name]
    real = folder / "real"
    words = ["run", "--workloads", name, "--backends", ",".join(BACKENDS), "--budget", budget, "--quiet", "--out", str(real)]
    words += ["--workers", workers or "cores"]
    for one in settings:
        words += ["--set", f"{name}.{one}"]
    runoff(prefix, *words)
    described = json.loads(runoff(prefix, "describe", str(real), name, "--json"))[0]
    named = advice_on(prefix, described["command"], budget, str(folder / "advice"))
    verdicts = real_verdicts(real)
    verdict, ratio = verdicts.get(named, ("not measured", None))
    slower = sum(one == "slower" for one, _ in verdicts.values())
    return {"workload": name, "description": described["command"].removeprefix("runoff advise "), "named": named,
            "slower": slower, "compared": sum(one is not None for _, one in verdicts.values()), "verdict": verdict, "ratio": ratio,
            "holds": verdict in ("fastest", "tied", "inconclusive")}


def table(rows):
    lines = ["| workload | described as | advised | at the real workload | surely slower there | holds |",
             "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        ratio = f"{row['verdict']}, {row['ratio']:.2f} ×" if row["ratio"] else row["verdict"]
        lines.append(f"| `{row['workload']}` | `{row['description']}` | {row['named']} | {ratio} | "
                     f"{row['slower']} of {row['compared']} | {'yes' if row['holds'] else 'no'} |")
    return lines + ["", f"{sum(row['holds'] for row in rows)} of {len(rows)} hold."]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefix")
    parser.add_argument("workloads", nargs="*", default=[])
    parser.add_argument("--budget", default="20s", help="for each run and each advice (%(default)s)")
    parser.add_argument("--rows", type=pathlib.Path, help="a file for the rows of several calls")
    options = parser.parse_args()
    for name in options.workloads:
        if name not in WORKLOADS:
            parser.error(f"no '{name}' here; there are {', '.join(WORKLOADS)}")
    rows = json.loads(options.rows.read_text()) if options.rows and options.rows.exists() else []
    for name in options.workloads or WORKLOADS:
        with tempfile.TemporaryDirectory(prefix="runoff-proof-") as folder:
            row = prove(options.prefix, name, options.budget, pathlib.Path(folder))
        rows = [one for one in rows if one["workload"] != name] + [row]
        print(f"{name}: {row['named']} is {row['verdict']}", flush=True)
        if options.rows:
            options.rows.write_text(json.dumps(rows, indent=1))
    print("\n".join(table(rows)))
    return 0 if sum(row["holds"] for row in rows) * 10 >= 9 * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
