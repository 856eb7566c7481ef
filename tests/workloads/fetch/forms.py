"""How the fetching workloads are run by their tests: every client in both of its forms, against a given server."""

import concurrent.futures
import os
import unittest

from cell import Cell, Modules

# Backend and workers: the blocking form, alone and by threads and processes at once, and the asynchronous one.
BACKENDS = {"serial": 1, "std-thread": 4, "fork": 3, "event-loop": 2, "event-loop-uring": 2}
# One of those that block, and all that do not: Asio on epoll, and on io_uring where the kernel has it.
FORMS = ("serial", "event-loop", "event-loop-uring")
CLIENTS = [("fetch-letters", ()), ("fetch-urls", ()), ("fetch-many", ("client=socket",)),
           ("fetch-many", ("client=curl",))]
# The forms in Python, blocking and asynchronous: the backend, and the words of its variant.
PYTHON = [("cpython", ()), ("cpython", ("--variant", "executor=asyncio"))]
# fetch-urls with three requests in place of 26.
THREE_PATHS = (f"file={os.path.join(os.path.dirname(os.path.abspath(__file__)), 'three_paths.txt')}",)


class FetchTest(unittest.TestCase):
    prefix = None  # the build folder; set by each program

    @classmethod
    def setUpClass(cls):
        cls.modules = Modules(cls.prefix, os.path.join(cls.prefix, "tests", "contract", "modules"))
        for kind, name in [("workload", "fetch-many"), ("backend", "event-loop")]:
            file, reason = cls.modules.find(kind, name)
            if file is None:
                raise unittest.SkipTest(f"{kind} {name} is left out: {reason}")

    def fetch(self, workload, url, parameters=(), backend="serial", workers=None, extra=(), **environment):
        """The outcome of one cell against a server that is not runoff's own."""
        if backend == "cpython" and self.modules.find("backend", backend)[0] is None:
            self.skipTest("there is no cpython")
        if workload == "fetch-many" and not any(one.startswith("requests=") for one in parameters):
            parameters = (*parameters, "requests=40")
        with Cell(self.modules, workload, backend, parameters, workers=workers or BACKENDS[backend], extra=extra,
                  variables={"RUNOFF_ENDPOINT": url, **environment}) as cell:
            outcome = cell.finish()
            outcome["left"] = sorted(set(os.listdir(cell.folder)) - {"result.json"})
        self.assertNotEqual(outcome["status"], "timeout", outcome)
        return outcome

    def backends(self, names=tuple(BACKENDS)):
        """Those of these that are there."""
        files = {name: self.modules.find("backend", name)[0] for name in names}
        return [name for name, file in files.items() if file and self.modules.describe(file)["available"]]

    def side_by_side(self, fetch, backends):
        """Each of these with what `fetch` of it returns: where each waits for seconds, all do so at once."""
        with concurrent.futures.ThreadPoolExecutor(len(backends)) as pool:
            return list(zip(backends, pool.map(fetch, backends)))

    def everywhere(self, clients=CLIENTS, backends=tuple(BACKENDS)):
        """Every client in every form, each a subtest."""
        for workload, parameters in clients:
            for backend in self.backends(backends):
                with self.subTest(workload=workload, parameters=parameters, backend=backend):
                    yield workload, parameters, backend


def one_at_a_time(backend):
    """The words of a variant that has one request under way."""
    return ("--variant", "in-flight=1") if backend.startswith("event-loop") else ()
