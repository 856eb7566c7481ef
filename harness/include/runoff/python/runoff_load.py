"""Loads the Python form of a workload, and says in one line what went wrong in it."""

import os
import sys


def name_of(file):
    """Under which a form is found by `pickle`, in every process alike."""
    stem = os.path.splitext(os.path.basename(file))[0]
    return "form_" + stem if stem in getattr(sys, "stdlib_module_names", ()) else stem


def load(file):
    """Imports the file as a module of its own name, with its folder among those where it finds others."""
    import importlib.machinery
    import importlib.util
    name = name_of(file)
    folder = os.path.dirname(os.path.abspath(file))
    if folder not in sys.path:
        sys.path.insert(0, folder)
    # Whatever its name ends in.
    spec = importlib.util.spec_from_file_location(name, file, loader=importlib.machinery.SourceFileLoader(name, file))
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
