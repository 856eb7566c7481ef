"""The fetching workloads against a real nginx, over http and https: real_server.py PREFIX."""

import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from endpoint import dies_with_us
from forms import CLIENTS, FORMS, THREE_PATHS, FetchTest, one_at_a_time

PREFIX = os.path.abspath(sys.argv.pop(1))
FetchTest.prefix = PREFIX
SKIPPED = 77
PATIENCE_SECONDS = 120
SOURCE = pathlib.Path(__file__).resolve().parents[3]
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", os.path.join(SOURCE, "build/test-tools/usr/sbin")])

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  gzip on;
  server {{
    listen 127.0.0.1:{http};
    listen 127.0.0.1:{https} ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    root {folder}/html;
  }}
}}
"""


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Nginx:
    """A server with everything of its own in one folder, on free ports of the loopback."""

    def __init__(self, program, folder):
        self._program, self.folder = program, folder
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=runoff test", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
                       check=True, capture_output=True)
        self.certificate = f"{folder}/certificate.pem"
        os.mkdir(f"{folder}/html")
        for letter in "abcdefghijklmnopqrstuvwxyz":
            with open(f"{folder}/html/{letter}.txt", "wb") as stream:
                stream.write(hashlib.shake_256(letter.encode()).digest(1000 * (ord(letter) - ord("a"))))

    def start(self):
        for _ in range(5):  # another program may take a port in between
            self.http, self.https = free_ports(2)
            with open(f"{self.folder}/nginx.conf", "w") as stream:
                stream.write(CONFIGURATION.format(folder=self.folder, http=self.http, https=self.https))
            self._process = subprocess.Popen(
                [self._program, "-p", self.folder, "-c", "nginx.conf", "-e", f"{self.folder}/error.log"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                preexec_fn=dies_with_us)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while self._process.poll() is None and time.monotonic() < deadline:
                if accepts(self.http) and accepts(self.https):
                    return
                time.sleep(0.01)
            self.stop()
        with open(f"{self.folder}/error.log") as stream:
            raise RuntimeError(f"nginx does not start: {stream.read()}")

    def stop(self):
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._process.wait()

    def requests(self):
        with open(f"{self.folder}/access.log") as stream:
            return len(stream.readlines())


class RealServer(FetchTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        cls.addClassCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)
        cls.nginx = Nginx(shutil.which("nginx", path=PATH), folder.name)
        cls.nginx.start()
        cls.addClassCleanup(cls.nginx.stop)
        cls.http = f"http://127.0.0.1:{cls.nginx.http}"
        cls.https = f"https://127.0.0.1:{cls.nginx.https}"

    def test_every_client_in_every_form(self):
        for workload, parameters, backend in self.everywhere():
            before = self.nginx.requests()
            outcome = self.fetch(workload, self.http, parameters, backend)
            self.assertEqual((outcome["status"], outcome["detail"], outcome["left"]), ("ok", "", []), outcome)
            # The cold execution and the last one at least, and the oracle's own.
            self.assertGreaterEqual(self.nginx.requests() - before, 2 * outcome["tasks"])

    def test_more_requests_than_a_connection_may_serve(self):
        """nginx ends a connection after 1000 requests."""
        for client in ("socket", "curl"):
            for backend in self.backends(FORMS):
                with self.subTest(client=client, backend=backend):
                    outcome = self.fetch("fetch-many", self.http, (f"client={client}", "requests=2500"), backend, 1,
                                         extra=("--iterations", "1", *one_at_a_time(backend)))
                    self.assertEqual((outcome["status"], outcome["tasks"]), ("ok", 2500), outcome)

    def test_files_that_are_not_there(self):
        for workload, parameters, backend in self.everywhere(backends=FORMS):
            outcome = self.fetch(workload, self.http + "/nowhere", parameters, backend)
            self.assertEqual(outcome["status"], "failed", outcome)
            self.assertIn("HTTP status 404", outcome["detail"])

    def test_http_spoken_to_https(self):
        outcome = self.fetch("fetch-many", f"http://127.0.0.1:{self.nginx.https}")
        self.assertEqual(outcome["status"], "failed", outcome)
        self.assertIn("HTTP status 400", outcome["detail"])

    def test_a_certificate_that_nobody_vouches_for(self):
        # Every request reads all certificates that the system trusts, which takes a while.
        clients = [("fetch-letters", ()), ("fetch-urls", THREE_PATHS), ("fetch-many", ("client=curl", "requests=3"))]
        for workload, parameters, backend in self.everywhere(clients):
            outcome = self.fetch(workload, self.https, parameters, backend)
            self.assertEqual(outcome["status"], "failed", outcome)
            self.assertIn(f"certificate of 127.0.0.1:{self.nginx.https}", outcome["detail"])
            self.assertIn("self", outcome["detail"])

    def test_a_certificate_that_is_trusted(self):
        clients = [one for one in CLIENTS if "client=socket" not in one[1]]
        for workload, parameters, backend in self.everywhere(clients):
            outcome = self.fetch(workload, self.https, parameters, backend, SSL_CERT_FILE=self.nginx.certificate)
            self.assertEqual(outcome["status"], "ok", outcome)

    def test_https_is_not_for_the_socket_client(self):
        outcome = self.fetch("fetch-many", self.https)
        self.assertEqual(outcome["exit"], 2, outcome)
        self.assertIn("client=curl", outcome["output"])


if __name__ == "__main__":
    for tool in ("nginx", "openssl"):
        if shutil.which(tool, path=PATH) is None:
            print(f"there is no {tool}; './test.sh' brings it")
            sys.exit(SKIPPED)
    unittest.main()
