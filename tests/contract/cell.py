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
        self.folder = test_modules
        self._folders = [os.path.join(prefix, "lib", "runoff"), os.path.join(prefix, "lib", "runoff", "probes"), test_modules]
        self._descriptions = {}

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

    def workload_for(self, name, backend):
        """The file of a workload in the build of this backend, if there is one."""
        file, reason = self.find("workload", name)
        if file is None or backend is None:
            return file, reason
        other = os.path.join(os.path.dirname(file), self.describe(backend)["compilation"]["build"], os.path.basename(file))
        return (other if os.path.exists(other) else file), None

    def describe(self, file):
        if file not in self._descriptions:
            answer = subprocess.run([self.cell, "--describe", file], check=True, capture_output=True, text=True)
            self._descriptions[file] = json.loads(answer.stdout)
        return self._descriptions[file]


# Options that are numbers, and a value that is worth a variant of its own.
NUMBERS = {"threads": 3, "in-flight": 3}
if os.environ.get("RUNOFF_SANITIZER") == "tsan":
    # It takes what one thread gets from another of its process for a race where it came by way of a third process.
    del NUMBERS["threads"]


def variants(description, shape="independent"):
    """All variants of a backend for one shape: the product of the choices that apply to it, the default first; then
    one for each number. An option that only goes with some choices of another stays at its default, and one that is
    only there when it is given is left out."""
    options = [option for option in description["options"]
               if option.get("shape", shape) == shape and "with" not in option]
    found = [[]]
    for option in options:
        if option["unit"] == "choice" and option["default"]:
            found = [one + [f"{option['name']}={choice}"] for one in found for choice in option["choices"]]
    numbers = [option["name"] for option in options if option["name"] in NUMBERS]
    return found + [[f"{name}={NUMBERS[name]}"] for name in numbers]


def is_lone(description, variant):
    """Whether a variant has one worker, however many are asked for."""
    return any(choice in option.get("lone", ()) for option in description["options"]
               for name, choice in (one.split("=", 1) for one in variant) if name == option["name"])


def processes(description, variant, workers):
    """How many processes its launcher starts."""
    given = dict(one.split("=", 1) for one in variant)
    of_process = [option["name"] for option in description["options"] if option.get("workers_of_process")]
    return -(-workers // int(next((given[name] for name in of_process if name in given), 1)))


class Cell:
    """One cell while it runs, in a folder of its own; `variables` are its environment's, beside those of this process."""

    def __init__(self, modules, workload, backend, parameters=(), variant=(), workers=1, extra=(), variables={}):
        backend_file, _ = modules.find("backend", backend)
        workload_file, _ = modules.workload_for(workload, backend_file)
        description = modules.describe(backend_file)
        self._temporary = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.folder = self._temporary.name
        self._result = os.path.join(self.folder, "result.json")
        launcher = description["launcher"].replace("{workers}", str(processes(description, variant, workers)))
        self._shared_memory = tempfile.TemporaryDirectory(prefix="runoff-test-", dir="/dev/shm")
        command = shlex.split(launcher.replace("{shared_memory}", self._shared_memory.name))
        command += [modules.cell, "--workload", workload_file, "--backend", backend_file]
        command += ["--workers", str(workers), "--minimum-time", "1ms", "--result", self._result]
        for parameter in parameters:
            command += ["--set", parameter.replace("{folder}", self.folder)]
        for option in variant:
            command += ["--variant", option]
        environment = {**os.environ, **variables, **description["environment"], "TMPDIR": self.folder}
        for only, variables in description["variants_environment"].items():
            if only in variant:
                environment.update(variables)
        # A session of its own, so that a hang is ended with all that it started.
        self.process = subprocess.Popen(command + list(extra), env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        start_new_session=True)

    def finish(self):
        """Its outcome: its JSON object, or status 'crashed' with the exit status where it wrote none."""
        try:
            output, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            return {"status": "timeout", "detail": "no end in sight", "output": "", "exit": None}
        outcome = {"status": "crashed", "detail": f"exit status {self.process.returncode}"}
        if os.path.exists(self._result):
            with open(self._result) as stream:
                outcome = json.load(stream)
        return {**outcome, "output": output, "exit": self.process.returncode}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
        self.process.stdout.close()
        self._temporary.cleanup()
        self._shared_memory.cleanup()


def run(*arguments, **options):
    """One cell's outcome; the arguments are those of Cell."""
    with Cell(*arguments, **options) as cell:
        return cell.finish()
