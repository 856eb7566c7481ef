"""Servers for tests, and ways to talk to them. The first word of the command line is the build folder."""

import http.client
import os
import socket
import sys
import time
import unittest
import urllib.parse

from definition import content
from endpoint import Endpoint

PREFIX = os.path.abspath(sys.argv.pop(1))
HANG_GUARD_SECONDS = 300


class Served(unittest.TestCase):
    """Starts servers and talks to them."""

    def serve(self, *options):
        endpoint = Endpoint(PREFIX, *options)
        endpoint.__enter__()
        self.addCleanup(endpoint.__exit__)
        endpoint.port = urllib.parse.urlsplit(endpoint.url).port
        return endpoint

    def connect(self, endpoint):
        client = socket.create_connection(("127.0.0.1", endpoint.port), HANG_GUARD_SECONDS)
        self.addCleanup(client.close)
        return client

    def raw(self, endpoint, data, half_closed=False):
        """All that is answered to these bytes until the server closes."""
        client = self.connect(endpoint)
        client.sendall(data)
        if half_closed:
            client.shutdown(socket.SHUT_WR)
        return everything(client)

    def get(self, endpoint, target, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=HANG_GUARD_SECONDS)
        self.addCleanup(connection.close)
        connection.request(method, target)
        answer = connection.getresponse()
        return answer, answer.read()

    def assertServes(self, endpoint):
        self.assertIsNone(endpoint.process.poll())
        answer, body = self.get(endpoint, "/still-there?size=100B&failure=0&latency=0s")
        self.assertEqual((answer.status, body), (200, content("/still-there", 100)))

    def wait_for(self, condition, what):
        deadline = time.monotonic() + HANG_GUARD_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.01)


def everything(client):
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None
