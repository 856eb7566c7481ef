"""Loads the Python form of a workload, and says in one line what went wrong in it."""

import os
import sys


def name_of(file):
    """Under which a form is found by `pickle`, in every process alike: that of the file, unless it is a name of Python's
    or of ours, or none that can be imported."""
    stem = os.path.splitext(os.path.basename(file))[0]
    taken = stem in getattr(sys, "stdlib_module_names", ()) or stem.startswith(("__", "runoff_"))
    return stem if stem.isidentifier() and not taken else "form_" + "".join(c if c.isalnum() else "_" for c in stem)


def load(file):
    """Imports the file as a module of its own name, with its folder among those where it finds others."""
    import importlib.machinery
    import importlib.util
    name = name_of(file)
    folder = os.path.dirname(os.path.abspath(file))
    if folder not in sys.path:
        sys.path.insert(1, folder)  # after this one, whose modules workers that are spawned import first
    loader = importlib.machinery.SourceFileLoader(name, file)  # whatever the file's name ends with
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
    form = importlib.util.module_from_spec(spec)
    sys.modules[name] = form
    spec.loader.exec_module(form)
    return form


def where(error, file):
    """`(mine.py, line 3)`: the last line of the file that led to the error; empty where none did."""
    import traceback
    if isinstance(error, SyntaxError) and error.filename == file:
        return f" ({os.path.basename(file)}, line {error.lineno})"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f" ({os.path.basename(file)}, line {lines[-1]})" if lines else ""


def describe(error, file):
    """`ValueError: no such letter (mine.py, line 12)`"""
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}{': ' if text else ''}{text}{where(error, file)}"
