"""What real servers answer, whole and broken, and what fetching workloads make of it: answers.py PREFIX."""

import asyncio
import os
import socket
import sys
import tempfile
import unittest

from forms import FORMS, PYTHON, THREE_PATHS, FetchTest, one_at_a_time
from server import SIZE, Server, content

FetchTest.prefix = os.path.abspath(sys.argv.pop(1))
# Three requests tell as much as the usual 26 of how an answer ends.
FEW = [("fetch-urls", THREE_PATHS), ("fetch-many", ("client=socket", "requests=3"))]


class WholeAnswers(FetchTest):
    def setUp(self):
        self.server = Server()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def test_every_backend_fetches_all(self):
        for workload, parameters, backend in self.everywhere():
            outcome = self.fetch(workload, self.server.url, parameters, backend)
            self.assertEqual((outcome["status"], outcome["detail"], outcome["left"]), ("ok", "", []), outcome)

    def test_every_way_in_which_a_body_may_end(self):
        for kind in ("chunked", "dribble", "until-closed", "says-close", "drops-idle", "large-head", "many-fields"):
            for workload, parameters, backend in self.everywhere(FEW, FORMS):
                with self.subTest(kind=kind):
                    outcome = self.fetch(workload, f"{self.server.url}/{kind}", parameters, backend)
                    self.assertEqual(outcome["status"], "ok", outcome)

    def test_interim_answers_come_before_the_one_that_counts(self):
        for kind in ("interim", "slow-interim"):
            for workload, parameters, backend in self.everywhere(FEW, FORMS):
                with self.subTest(kind=kind):
                    outcome = self.fetch(workload, f"{self.server.url}/{kind}", parameters, backend)
                    self.assertEqual((outcome["status"], outcome["detail"]), ("ok", ""), outcome)
        for kind, says in (("interim-only", "within the header"), ("switching", "HTTP status 101")):
            # Curl, which asks at set-up, waits for what comes after the switch until its time is over.
            for backend, outcome in self.side_by_side(
                    lambda backend: self.fetch("fetch-many", f"{self.server.url}/{kind}", ("client=socket", "requests=3"), backend),
                    self.backends(FORMS)):
                self.assertEqual(outcome["status"], "failed", (backend, outcome))
                self.assertIn(says, outcome["detail"])

    def fetch_kinds(self, kinds, backend, variants, *parameters):
        with tempfile.NamedTemporaryFile("w", prefix="runoff-test-") as list_:
            list_.write("".join(f"/{kind}/a.txt\n" for kind in kinds))
            list_.flush()
            return self.fetch("fetch-urls", self.server.url, (f"file={list_.name}", *parameters), backend, 1,
                              ("--iterations", "1", *variants))

    def test_python_takes_what_the_others_take(self):
        whole = ("large-head", "chunked", "says-close", "interim", "slow-interim", "no-content", "until-closed")
        broken = ("gzip-chunks", "identity", "switching", "garbage", "truncated", "cut-chunks", "drip", "interim-for-ever", "status")
        for backend, variants in PYTHON:
            with self.subTest(variants=variants):
                outcome = self.fetch_kinds(whole, backend, variants)
                self.assertEqual((outcome["status"], outcome["detail"]), ("ok", ""), outcome)
                outcome = self.fetch_kinds(broken, backend, variants, "timeout=400ms")
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertRegex(outcome["detail"], r"^(\d+) of \1 tasks failed")

    def test_redirections_are_followed_by_curl(self):
        for workload, parameters, backend in self.everywhere([("fetch-urls", ())], FORMS):
            outcome = self.fetch(workload, self.server.url + "/redirect/to", parameters, backend)
            self.assertEqual(outcome["status"], "ok", outcome)
        outcome = self.fetch("fetch-many", self.server.url + "/redirect/to", ("client=socket", "requests=3"))
        self.assertEqual(outcome["status"], "failed")
        self.assertIn("HTTP status 302", outcome["detail"])

    def test_this_machine_is_asked_without_a_proxy(self):
        for workload, parameters, backend in self.everywhere(backends=FORMS):
            for named in ({}, {"no_proxy": "example.org"}):
                outcome = self.fetch(workload, self.server.url, parameters, backend,
                                     http_proxy="http://127.0.0.1:1", **named)
                self.assertEqual(outcome["status"], "ok", outcome)

    def test_no_requests_at_all(self):
        for parameters in ((), ("rate=5",), ("client=curl",)):
            for backend in self.backends(FORMS):
                with self.subTest(parameters=parameters, backend=backend):
                    outcome = self.fetch("fetch-many", self.server.url, (*parameters, "requests=0"), backend)
                    self.assertEqual((outcome["status"], self.server.requests), ("ok", []), outcome)

    def test_connections_are_kept(self):
        for workload, bodies, parameters in [("fetch-urls", 13, ()), ("fetch-many", 26, ("client=socket",)),
                                             ("fetch-many", 26, ("client=curl",))]:
            for backend in self.backends((*FORMS, "std-thread")):
                with self.subTest(workload=workload, parameters=parameters, backend=backend):
                    self.server.connections = 0
                    self.fetch(workload, self.server.url, parameters, backend, workers=1, extra=one_at_a_time(backend))
                    # And the oracle's own, which is asked for all bodies at once.
                    self.assertLessEqual(self.server.connections, 1 + bodies)

    def test_set_up_asks_for_all_letters_at_once(self):
        """A server that answers none before it has heard of every one: asked one after the other, it never would."""
        everyone = asyncio.Event()

        async def wait():
            if len(self.server.requests) >= 26:
                everyone.set()
            await everyone.wait()

        self.server.wait = wait
        self.assertEqual(self.fetch("fetch-letters", self.server.url)["status"], "ok")

    def test_letters_are_written_whole(self):
        """While the last letter of an execution is asked for, the others lie there, each of them whole."""
        found = {}

        def look(path):
            if path == "/z.txt":
                for folder, _, files in os.walk(self.folder):
                    for name in files:
                        if folder.endswith("runoff-fetch-letters"):
                            with open(os.path.join(folder, name), "rb") as stream:
                                found[name] = stream.read()

        self.server.watch = look
        with tempfile.TemporaryDirectory(prefix="runoff-test-") as self.folder:
            previous, tempfile.tempdir = tempfile.tempdir, self.folder
            try:
                outcome = self.fetch("fetch-letters", self.server.url)
            finally:
                tempfile.tempdir = previous
        self.assertEqual(outcome["status"], "ok", outcome)
        self.assertEqual(sorted(found), [f"{letter}.txt" for letter in "abcdefghijklmnopqrstuvwxyz"])
        for name, text in found.items():
            self.assertEqual(text, content("/" + name), name)

    def test_content_that_changes_is_wrong(self):
        for workload, parameters, backend in self.everywhere(backends=FORMS):
            outcome = self.fetch(workload, self.server.url + "/changing", parameters, backend)
            self.assertEqual(outcome["status"], "wrong", outcome)
            self.assertIn("/changing/a.txt: the answer has other content than it should", outcome["detail"])

    def test_a_task_without_an_oracle_fails(self):
        for workload, parameters, backend in self.everywhere(backends=FORMS):
            self.server.requests.clear()
            outcome = self.fetch(workload, self.server.url + "/once-broken", parameters, backend)
            self.assertEqual(outcome["status"], "failed", outcome)
            self.assertIn("x the fetch at set-up failed: HTTP status 503", outcome["detail"])


class BrokenAnswers(FetchTest):
    def setUp(self):
        self.server = Server()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def all_fail(self, url, says, clients=FEW, parameters=(), backends=FORMS):
        for workload, own, backend in self.everywhere(clients, backends):
            with self.subTest(url=url):
                outcome = self.fetch(workload, url, (*own, *parameters), backend)
                self.assertEqual(outcome["status"], "failed", outcome)
                self.assertGreaterEqual(outcome["tasks_failed"], 3, outcome)
                self.assertTrue(any(one in outcome["detail"] for one in says), outcome["detail"])

    def test_status(self):
        self.all_fail(self.server.url + "/status", [f"HTTP status 500: {self.server.url}/status/a.txt"])

    def test_ends_too_early(self):
        at = self.server.url.split("//")[1]
        for fault, *says in [
            ("reset", f"connection reset by {at}"),
            ("closed", f"connection closed without an answer by {at}"),
            ("truncated", f"transfer ended early: 1000 of {SIZE} bytes"),
            ("cut-chunks", "transfer ended early: "),
            ("cut-head", "transfer ended early: within the header"),
        ]:
            self.all_fail(f"{self.server.url}/{fault}", says)

    def test_is_no_http(self):
        self.all_fail(self.server.url + "/garbage", ["HTTP"])

    def test_has_a_header_without_end(self):
        for client, says in (("socket", "the header is larger than 300KiB"), ("curl", "a line of the header is larger than 100KiB")):
            self.all_fail(self.server.url + "/long-head", [says], clients=[("fetch-many", (f"client={client}", "requests=3"))])

    def test_is_in_an_encoding_that_was_not_asked_for(self):
        """What libcurl, which decodes some, finds at set-up makes no such answer right or wrong."""
        for kind in ("gzip-chunks", "identity"):
            self.all_fail(f"{self.server.url}/{kind}", ["a transfer encoding that is not known here"],
                          clients=[("fetch-many", ("client=socket", "requests=3"))], parameters=("timeout=2s",))

    def test_comes_to_no_end(self):
        at = self.server.url.split("//")[1]
        for fault in ("stall", "silence"):
            self.all_fail(f"{self.server.url}/{fault}", [f"no whole answer from {at} within 120ms"],
                          parameters=("timeout=120ms",))

    def test_comes_to_no_end_on_a_connection_that_has_served(self):
        at = self.server.url.split("//")[1]
        with tempfile.NamedTemporaryFile("w", prefix="runoff-test-") as list_:
            list_.write("/a.txt\n/stall/b.txt\n/c.txt\n/stall/d.txt\n")
            list_.flush()
            for backend, outcome in self.side_by_side(
                    lambda backend: self.fetch("fetch-urls", self.server.url, (f"file={list_.name}", "timeout=2s"), backend, 1,
                                               extra=("--iterations", "1", *one_at_a_time(backend))),
                    self.backends(FORMS)):
                with self.subTest(backend=backend):
                    self.assertEqual(outcome["detail"], f"4 of 8 tasks failed: 4 x no whole answer from {at} within 2s",
                                     outcome)

    def test_set_up_tells_of_the_first_failure_only(self):
        """All that is seen of it where the tasks never end."""
        outcome = self.fetch("fetch-letters", self.server.url + "/status")
        self.assertEqual(outcome["output"].count("at set-up failed"), 1, outcome["output"])
        self.assertRegex(outcome["output"], r"the fetch of http://\S+/status/[a-z]\.txt at set-up failed: HTTP status 500")

    def test_nobody_listens(self):
        self.all_fail("http://127.0.0.1:1", ["connection refused by 127.0.0.1:1"])

    def test_nobody_takes_the_connection(self):
        # A listener whose queue is full lets further connections wait.
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            at = "127.0.0.1:%d" % listener.getsockname()[1]
            waiting = [socket.socket() for _ in range(8)]
            try:
                for one in waiting:
                    one.setblocking(False)
                    one.connect_ex(listener.getsockname())
                self.all_fail("http://" + at, [f"no connection to {at} within 120ms"], parameters=("timeout=120ms",))
            finally:
                for one in waiting:
                    one.close()

    def test_nobody_knows_the_name(self):
        self.all_fail("http://no-such-host.invalid", ["no address for host no-such-host.invalid"])

    def test_one_of_many(self):
        """Tasks beside a failed one count and are checked."""
        for backend in self.backends(FORMS):
            with tempfile.NamedTemporaryFile("w", prefix="runoff-test-") as list_:
                list_.write(f"{self.server.url}/a.txt\n{self.server.url}/status/b.txt\n/c.txt\n")
                list_.flush()
                outcome = self.fetch("fetch-urls", self.server.url, (f"file={list_.name}",), backend,
                                     extra=("--iterations", "1"))
            self.assertEqual((outcome["status"], outcome["tasks"]), ("failed", 3), outcome)
            self.assertIn("HTTP status 500", outcome["detail"])
            self.assertGreater(outcome["wall_ns"], 0)


if __name__ == "__main__":
    unittest.main()
