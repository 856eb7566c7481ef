"""What `runoff serve` does under clients that mean it ill: python3 attack.py PREFIX

While each attack goes on, honest requests are answered, every one; memory stays below what is promised."""

import os
import re
import resource
import socket
import time
import unittest

from definition import content
from served import Served, everything, status_of

PROMISED_MEMORY_KB = 50_000
HONEST = 50


class Attack(Served):
    def setUp(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.room = hard - 200

    def connections(self, endpoint, number):
        """So many, from several addresses: one has too few ports."""
        found = []
        for one in range(number):
            client = socket.socket()
            client.settimeout(60)
            client.bind((f"127.0.0.{2 + one % 8}", 0))
            client.connect(("127.0.0.1", endpoint.port))
            self.addCleanup(client.close)
            found.append(client)
        return found

    def assertHonestAreAnswered(self, endpoint):
        answered = 0
        for number in range(HONEST):
            answer, body = self.get(endpoint, f"/{number}?size=100B&latency=1ms")
            answered += answer.status == 200 and body == content(f"/{number}", 100)
        self.assertEqual(answered, HONEST)

    def assertSmall(self, endpoint):
        with open(f"/proc/{endpoint.process.pid}/status") as stream:
            peak = int(re.search(r"VmHWM:\s+(\d+) kB", stream.read())[1])
        if not os.environ.get("RUNOFF_SANITIZER"):  # which have shadow memory
            self.assertLess(peak, PROMISED_MEMORY_KB)

    def open_in(self, endpoint):
        return len(os.listdir(f"/proc/{endpoint.process.pid}/fd"))

    def test_ten_thousand_idle_connections_and_more(self):
        if self.room < 10_100:
            self.skipTest("descriptors are too few here")
        endpoint = self.serve()
        idle = self.connections(endpoint, 10_000)
        self.wait_for(lambda: self.open_in(endpoint) >= 10_000, "all to be accepted")
        self.assertHonestAreAnswered(endpoint)
        more = self.connections(endpoint, 500)
        self.assertHonestAreAnswered(endpoint)
        self.wait_for(lambda: self.open_in(endpoint) < 10_050, "the oldest to make room")
        for client in idle[:400]:  # they came first, and go first
            self.assertEqual(client.recv(1), b"")
        more[-1].sendall(b"GET /a?size=3B HTTP/1.0\r\n\r\n")
        self.assertEqual(status_of(everything(more[-1])), 200)
        self.assertSmall(endpoint)

    def test_half_heads_on_thousands_of_connections(self):
        number = min(10_000, self.room)
        endpoint = self.serve()
        for client in self.connections(endpoint, number):
            client.sendall(b"GET /a HTTP/1.1\r\nX: " + b"x" * 7000)
        self.assertHonestAreAnswered(endpoint)
        self.assertSmall(endpoint)

    def test_slow_senders_are_cut_off(self):
        endpoint = self.serve("--time-limit", "1s", "--idle-limit", "1s")
        slow = self.connections(endpoint, 500)
        began = time.monotonic()
        while slow and time.monotonic() - began < 60:
            for client in list(slow):
                try:
                    client.sendall(b"G" if client.fileno() % 2 else b"\r\n")
                except OSError:
                    slow.remove(client)
            self.assertHonestAreAnswered(endpoint)
        self.assertEqual(slow, [])
        self.assertSmall(endpoint)

    def test_huge_heads_are_refused(self):
        endpoint = self.serve()
        told = 0
        for client in self.connections(endpoint, 100):
            try:
                client.sendall(b"GET /a HTTP/1.1\r\n" + b"X: y\r\n" * 200_000)
                told += status_of(client.recv(4096)) == 431
            except OSError:  # it had heard enough
                told += 1
        self.assertEqual(told, 100)
        self.assertHonestAreAnswered(endpoint)
        self.assertSmall(endpoint)

    def test_ten_thousand_requests_at_once_on_one_connection_are_answered_in_order(self):
        endpoint = self.serve()
        client = self.connect(endpoint)
        number = 10_000
        client.setblocking(False)
        unsent = b"".join(b"GET /%c%d?size=%dB HTTP/1.1\r\n\r\n" % (97 + one % 26, one, one % 7) for one in range(number))
        unsent += b"GET /?size=0B HTTP/1.0\r\n\r\n"
        answers = []
        while True:
            try:
                unsent = unsent[client.send(unsent[:65536]):] if unsent else unsent
            except BlockingIOError:
                pass
            try:
                part = client.recv(1 << 20)
                answers.append(part)
                if not part:
                    break
            except BlockingIOError:
                time.sleep(0.001)
        bodies = [answer.split(b"\r\n\r\n", 1)[1] for answer in b"".join(answers).split(b"HTTP/1.1 200 OK\r\n")[1:]]
        self.assertEqual(bodies[:number], [b"%c" % (97 + one % 26) * (one % 7) for one in range(number)])
        self.assertEqual(len(bodies), number + 1)
        self.assertSmall(endpoint)

    def test_many_requests_on_many_connections_whose_answers_are_not_read(self):
        endpoint = self.serve()
        requests = b"GET /a?size=1MiB HTTP/1.1\r\n\r\n" * 2000
        for client in self.connections(endpoint, 1000):
            client.setblocking(False)
            client.send(requests)
        self.assertHonestAreAnswered(endpoint)
        self.assertSmall(endpoint)

    def test_absurd_ranges_get_what_is_there(self):
        # A server may ignore ranges (RFC 9110, 14.2), and so gives no work to those that ask for thousands.
        endpoint = self.serve()
        for ranges in [b"bytes=0-18446744073709551615", b"bytes=-1", b"bytes=5-2", b"bytes=" + b",".join([b"0-"] * 2000), b"x"]:
            answer = self.raw(endpoint, b"GET /a?size=10B HTTP/1.0\r\nRange: " + ranges + b"\r\n\r\n")
            self.assertEqual((status_of(answer), answer.split(b"\r\n\r\n", 1)[1]), (200, b"a" * 10))
        self.assertSmall(endpoint)


if __name__ == "__main__":
    unittest.main(verbosity=2)
