"""Lists of URLs, good and broken: lists.py PREFIX. A broken one is refused before anything is measured."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from forms import FORMS, PYTHON, FetchTest
from server import Server

FetchTest.prefix = os.path.abspath(sys.argv.pop(1))


class Lists(FetchTest):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(self._folder.cleanup)
        self.file = os.path.join(self._folder.name, "urls.txt")

    def write(self, text):
        with open(self.file, "wb") as stream:
            stream.write(text)

    def probe(self, file=None, environment=()):
        """What runoff asks before it measures."""
        workload, _ = self.modules.find("workload", "fetch-urls")
        return subprocess.run([self.modules.cell, "--probe", "--workload", workload, "--set", f"file={file or self.file}"],
                              capture_output=True, text=True, env={**os.environ, **dict(environment)})

    def refused(self, says, file=None):
        result = self.probe(file)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn(says, result.stderr)

    def test_blank_lines_and_comments_are_skipped(self):
        self.write(b"# pages\n\nhttp://127.0.0.1/a.txt\r\n  \t\n   https://[::1]:8443/b?c=d#e  \n/c.txt\n  # the end")
        result = self.probe()
        self.assertEqual(result.returncode, 0, result)
        self.assertEqual(json.loads(result.stdout)["tasks"], 3)

    def test_byte_order_marks_are_skipped_and_schemes_come_in_any_case(self):
        self.write(b"\xef\xbb\xbfHTTP://127.0.0.1/a.txt\r\nhttpS://127.0.0.1/b.txt\r\n")
        result = self.probe()
        self.assertEqual((result.returncode, json.loads(result.stdout or "{}").get("tasks")), (0, 2), result)
        self.write(2 * b"\xef\xbb\xbf" + b"http://127.0.0.1/a.txt\n")
        self.assertEqual(self.probe().returncode, 0)
        for text in (b"\xef\xbb\xbf", b"\xef\xbb\xbf\n# nothing\n", b""):
            self.write(text)
            self.refused("names no URL")
        for encoding in ("utf-16-le", "utf-16-be"):
            self.write("\ufeffhttp://127.0.0.1/a.txt\n".encode(encoding))
            self.refused("UTF-16")

    def test_broken_lines_are_named(self):
        for line in (b"127.0.0.1/a.txt", b"ftp://127.0.0.1/a.txt", b"http://", b"http://127.0.0.1:99999/", b"a b",
                     b"http://127.0.0.1/a b.txt", b"http://127.0.0.1/a.txt http://127.0.0.1/b.txt", b"http://\x01/", b"http://127.0.0.1/a\0b\tc", b"/a\0b", b"/a\x7f"):
            with self.subTest(line=line):
                self.write(b"http://127.0.0.1/a.txt\n\n" + line + b"\n")
                self.refused(f"{self.file}, line 3: ")
        for line, says in ((b"http:///a.txt", "it names no host"), (b"https://me:secret@127.0.0.1/", "a user name cannot"),
                           ("http://b\u00fccher.invalid/a".encode(), "its host has to be written in its ASCII form"),
                           (b"//127.0.0.1/a.txt", "it names a server without http: or https:"),
                           (b"///a.txt", "it names a server without http: or https:"),
                           (b"/a\0hidden", "'/a?hidden' is no URL: it has a control character")):
            for end in (b"\n", b"\r", b"\r\n"):
                self.write(b"http://127.0.0.1/a.txt" + end + end + line + end)
                self.refused(f"{self.file}, line 3: ")
                self.refused(says)

    def test_files_that_hold_no_list(self):
        self.write(b"\n# nothing\n")
        self.refused("names no URL")
        self.refused("No such file or directory", self.file + ".missing")
        self.refused("Is a directory", os.path.dirname(self.file))
        os.mkfifo(self.file + ".pipe")
        for file in (self.file + ".pipe", "/dev/zero"):
            self.refused("no regular file", file)

    def test_lists_of_urls_and_paths_are_fetched(self):
        with Server() as one, Server() as other:
            self.write(f"{one.url}/x?y=z\n{other.url}/b.txt\n/c.txt\n{one.url}/x?y=z\n".encode())
            for backend in self.backends((*FORMS, "fork")):
                with self.subTest(backend=backend):
                    one.requests.clear()
                    other.requests.clear()
                    outcome = self.fetch("fetch-urls", other.url + "/base", (f"file={self.file}",), backend)
                    self.assertEqual((outcome["status"], outcome["tasks"]), ("ok", 4), outcome)
                    self.assertEqual(set(one.requests), {"/x?y=z"})
                    self.assertEqual(set(other.requests), {"/b.txt", "/base/c.txt"})

    def test_paths_are_asked_for_as_they_are_and_letters_of_all_languages_as_urls_write_them(self):
        with Server() as server:
            self.write(f"/\u00e4.txt\n{server.url}/\u65e5?\u00fc=1\n/%c3%A4.txt\n/../b/./c\n".encode())
            for backend, variants in (("serial", ()), ("event-loop", ()), *PYTHON):
                with self.subTest(backend=backend, variants=variants):
                    server.requests.clear()
                    outcome = self.fetch("fetch-urls", server.url, (f"file={self.file}",), backend, 1, variants)
                    self.assertEqual(outcome["status"], "ok", outcome)
                    self.assertEqual(set(server.requests), {"/%C3%A4.txt", "/%E6%97%A5?%C3%BC=1", "/%c3%A4.txt", "/../b/./c"})

    def test_queries_of_paths_are_joined_to_the_endpoints(self):
        paths = ["/a.txt", "/b.txt?size=1KiB", "/c.txt?size=1KiB#end", "/d.txt?", "/e.txt#end"]
        asked = "latency=0s&size=2KiB"
        with Server() as server:
            self.write("".join(f"{path}\n" for path in paths).encode())
            for workers, backend in ((1, "serial"), (1, "event-loop")):
                server.requests.clear()
                outcome = self.fetch("fetch-urls", server.url, (f"file={self.file}", "latency=0ms", "size=2KiB"), backend,
                                     workers, RUNOFF_ENDPOINT_BUILT_IN="1")
                # This server's content is not the endpoint's, so what has no query of its own is found out.
                self.assertIn(outcome["status"], ("wrong", "ok"), outcome)
                self.assertEqual(set(server.requests), {
                    f"/a.txt?{asked}", f"/b.txt?{asked}&size=1KiB", f"/c.txt?{asked}&size=1KiB", f"/d.txt?{asked}&",
                    f"/e.txt?{asked}"})

    def test_the_zone_of_an_address_is_named(self):
        self.write(b"http://[::1%251]:1/a.txt\n")
        outcome = self.fetch("fetch-urls", "", (f"file={self.file}",))
        self.assertEqual(outcome["status"], "failed")
        self.assertIn("[::1%1]:1", outcome["detail"])

    def test_only_paths_need_an_endpoint(self):
        with Server() as server:
            self.write(f"{server.url}/a.txt\n".encode())
            self.assertEqual(self.fetch("fetch-urls", "", (f"file={self.file}",))["status"], "ok")
            self.write(b"/a.txt\n")
            outcome = self.fetch("fetch-urls", "", (f"file={self.file}",))
            self.assertEqual(outcome["status"], "failed")
            self.assertIn("no endpoint", outcome["detail"])


if __name__ == "__main__":
    unittest.main()
