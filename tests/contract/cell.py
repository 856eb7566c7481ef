"""Runs single cells for the contract tests, as `runoff run` would, and gives back what they found."""

import json
import os
import shlex
import signal
import subprocess
import tempfile

# A hang guard, not a speed limit: a loaded machine may take its time.
PATIENCE_SECONDS = 240


class Modules:
    """Where the executables and modules of one build lie."""

    def __init__(self, prefix, test_modules):
        self.cell = os.path.join(prefix, "bin", "runoff-cell")
        self._folders = [os.path.join(prefix, "lib", "runoff"), test_modules]

    def find(self, kind, name):
        """The module's file, or None with the reason why it was left out of the build."""
        for folder in self._folders:
            file = os.path.join(folder, kind + "s", name + ".so")
            if os.path.exists(file):
                return file, None
            absent = os.path.join(folder, kind + "s", name + ".absent.json")
            if os.path.exists(absent):
                with open(absent) as stream:
                    return None, json.load(stream)["reason"]
        raise SystemExit(f"there is no {kind} '{name}' in {self._folders}")

    def describe(self, file):
        text = subprocess.run([self.cell, "--describe", file], check=True, capture_output=True, text=True).stdout
        return json.loads(text)


def variants(description):
    """All variants of a backend: the product of its choices, the default first."""
    found = [[]]
    for option in description["options"]:
        if option["unit"] == "choice":
            found = [one + [f"{option['name']}={choice}"] for one in found for choice in option["choices"]]
    return found


def run(modules, workload, backend, parameters=(), variant=(), workers=1, extra=()):
    """One cell's outcome: its JSON object, or status 'crashed' with the exit status where it wrote none."""
    workload_file, _ = modules.find("workload", workload)
    backend_file, _ = modules.find("backend", backend)
    description = modules.describe(backend_file)
    with tempfile.TemporaryDirectory(prefix="runoff-test-") as folder:
        result = os.path.join(folder, "result.json")
        command = shlex.split(description["launcher"].replace("{workers}", str(workers)))
        command += [modules.cell, "--workload", workload_file, "--backend", backend_file]
        command += ["--workers", str(workers), "--minimum-time", "1ms", "--result", result]
        for parameter in parameters:
            command += ["--set", parameter.replace("{folder}", folder)]
        for option in variant:
            command += ["--variant", option]
        environment = {**os.environ, **description["environment"], "TMPDIR": folder}
        # A session of its own, so that a hang is ended with all that it started.
        process = subprocess.Popen(command + list(extra), env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True)
        try:
            output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return {"status": "timeout", "detail": "no end in sight", "output": "", "exit": None}
        outcome = {"status": "crashed", "detail": f"exit status {process.returncode}"}
        if os.path.exists(result):
            with open(result) as stream:
                outcome = json.load(stream)
        return {**outcome, "output": output, "exit": process.returncode}
