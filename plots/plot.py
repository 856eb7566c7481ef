#!/usr/bin/env python3
"""Draws the plots of a run: plot.py RUN_DIR writes PNG and SVG into RUN_DIR/plots.

Reads summary.csv and environment.json, and where they are there resources.csv, sweeps.csv, crossovers.csv,
latency_curves.csv, metg.csv, efficiency.csv and prices.csv. They say what was decided; nothing is decided here.
Exit status: 0 when drawn, 2 for a wrong command line, 3 when the folder holds no summary, 4 when a package is missing.
"""

import os
import pathlib
import sys
import tempfile

LACKS_PACKAGES = 4


def save(figure, file):
    """Whole or not at all: a page or a paper may show the one that is there."""
    draft = file.with_name(file.name + ".draft")
    suffix = file.suffix[1:]
    try:
        # Without a date, the same run gives the same file.
        figure.savefig(draft, format=suffix, metadata={"Date": None} if suffix == "svg" else None)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OSError(f"cannot write {file}: {error.strerror}") from error


def main(arguments):
    if len(arguments) != 1:
        print("usage: plot.py RUN_DIR", file=sys.stderr)
        return 2
    try:
        import matplotlib
        import numpy  # noqa: F401
        import pandas  # noqa: F401
    except ModuleNotFoundError:
        return LACKS_PACKAGES
    except Exception as error:  # one that is there and cannot be loaded: for want of memory, say
        print(f"plot.py: {type(error).__name__}: {(str(error).strip() or 'while packages are loaded').splitlines()[-1]}",
              file=sys.stderr)
        return LACKS_PACKAGES
    # A user's styles are read when the first figure is thought of, and one that cannot be read would be the end.
    matplotlib.get_configdir = lambda: os.devnull
    matplotlib.use("Agg")
    import crossover
    import efficiency
    import heatmap
    import latency
    import prices
    import profile
    import resources
    import scaling
    import speedup
    import sweep
    from run import Run
    from tables import RunError

    folder = pathlib.Path(arguments[0])
    try:
        run = Run(folder)
        target = folder / "plots"
        target.mkdir(exist_ok=True)
        for name, draw in (("speedup", speedup.draw), ("scaling", scaling.draw), ("sweep", sweep.draw),
                           ("crossover", crossover.draw), ("heatmap", heatmap.draw), ("profile", profile.draw),
                           ("resources", resources.draw), ("latency", latency.draw), ("efficiency", efficiency.draw),
                           ("prices", prices.draw)):
            figure = draw(run)
            for suffix in ("png", "svg"):
                if figure is None:
                    (target / f"{name}.{suffix}").unlink(missing_ok=True)  # of the run as it was before
                    continue
                save(figure, target / f"{name}.{suffix}")
    except MemoryError:
        print("plot.py: out of memory", file=sys.stderr)
        return 3
    except (RunError, OSError) as error:
        print(f"plot.py: {error}", file=sys.stderr)
        return 3
    return 0


def cache_of_matplotlib():
    """The folder that it keeps what it knows of fonts in."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("MPLCONFIGDIR") or os.path.join(caches, "matplotlib")


def can_be_written(folder):
    """Makes it where it is not there, as matplotlib does; what may be made can only be seen by that."""
    if not os.path.isabs(folder):  # it would be one beside this file
        return False
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


if __name__ == "__main__":
    # A user's own settings would make other pictures of the same run, or none. Those of the current folder come first.
    os.environ["MATPLOTLIBRC"] = os.devnull
    os.environ.pop("MPLBACKEND", None)
    sys.argv[1:] = map(os.path.abspath, sys.argv[1:])
    os.chdir(pathlib.Path(__file__).resolve().parent)
    if not can_be_written(cache_of_matplotlib()):
        # Where it can keep nothing matplotlib complains, and leaves a folder of its own behind.
        with tempfile.TemporaryDirectory(prefix="runoff-") as folder:
            os.environ["MPLCONFIGDIR"] = folder
            sys.exit(main(sys.argv[1:]))
    sys.exit(main(sys.argv[1:]))
