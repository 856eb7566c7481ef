"""What `runoff serve` does with clients that ask badly, slowly, too often or for nothing at all: python3 clients.py PREFIX"""

import os
import random
import resource
import socket
import struct
import subprocess
import unittest
import urllib.parse

from endpoint import Endpoint, dies_with_us
from served import PREFIX, Served, everything, status_of


class Requests(Served):
    def test_bad_ones_are_told_so(self):
        endpoint = self.serve()
        for status, request in [
            (400, b"rubbish\r\n\r\n"),
            (400, b"GET / HTTP/7.1\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nno colon\r\n\r\n"),
            (400, b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"),
            (400, b"GET http://elsewhere/ HTTP/1.1\r\n\r\n"),
            (400, b"GET a.txt HTTP/1.1\r\n\r\n"),
            (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100)),
            (405, b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx"),
            (405, b"DELETE /a.txt HTTP/1.1\r\n\r\n"),
            (405, b"OPTIONS * HTTP/1.1\r\n\r\n"),
            (413, b"GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx"),
            (413, b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"),
            (431, b"GET / HTTP/1.1\r\nX: " + b"x" * 9000 + b"\r\n\r\n"),
            (431, b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n"),
            (431, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2000 + b"\r\n"),
        ]:
            with self.subTest(request=request[:60]):
                answer = self.raw(endpoint, request)
                self.assertEqual(status_of(answer), status, answer)
                self.assertIn(b"\r\nConnection: close\r\n", answer)
                self.assertEqual(answer.count(b"Content-Type"), 1)
        self.assertServes(endpoint)

    def test_a_query_that_is_wrong_is_told_what_would_be_right(self):
        endpoint = self.serve()
        for query, says in [
            ("latncy=1ms", "there are latency, size, failure, failure-kind and seed"), ("latency=1", "a time up to 60s"),
            ("latency=61s", "a time up to 60s"), ("latency=uniform:2ms:1ms", "lowest, highest"),
            ("latency=uniform:2ms", "lowest, highest"), ("latency=lognormal:1ms:nan", "median, sigma"),
            ("latency=lognormal:1ms:-1", "median, sigma"), ("latency=", "a time"), ("size=-1B", "a size up to 1GiB"),
            ("size=2GiB", "a size up to 1GiB"), ("size", "a size"), ("failure=1.1", "from 0 to 1"),
            ("failure=nan", "from 0 to 1"), ("failure=-0.1", "from 0 to 1"), ("failure-kind=explosion", "one of status"),
            ("seed=-1", "a whole number"), ("seed=18446744073709551616", "a whole number"),
        ]:
            with self.subTest(query=query):
                answer, body = self.get(endpoint, "/a.txt?" + query)
                self.assertEqual(answer.status, 400)
                self.assertIn(says, body.decode())
                self.assertEqual(body.count(b"\n"), 1)

    def test_in_pieces_and_several_at_once(self):
        client = self.connect(self.serve())
        for byte in b"GET /a?size=5B HTTP/1.1\r\nHost: x\r\n\r\n":
            client.sendall(bytes([byte]))
        client.sendall(b"GET /b?size=5B HTTP/1.1\r\n\r\nGET /c?size=5B HTTP/1.1\r\n\r\nGET /d?si")
        client.sendall(b"ze=5B HTTP/1.1\r\nConnection: close\r\n\r\n")
        bodies = [part.split(b"\r\n\r\n", 1)[1] for part in everything(client).split(b"HTTP/1.1 200 OK\r\n")[1:]]
        self.assertEqual(bodies, [b"aaaaa", b"bbbbb", b"ccccc", b"ddddd"])

    def test_connections_last_as_long_as_the_client_wants(self):
        endpoint = self.serve()
        for head, closes in [(b"HTTP/1.1\r\n\r\n", False), (b"HTTP/1.1\r\nConnection: close\r\n\r\n", True),
                             (b"HTTP/1.0\r\n\r\n", True), (b"HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", False)]:
            with self.subTest(head=head):
                answer = self.raw(endpoint, b"GET /?size=1B " + head + b"GET /?size=1B HTTP/1.0\r\n\r\n")
                self.assertEqual(answer.count(b"HTTP/1.1 200"), 1 if closes else 2)
                if head.startswith(b"HTTP/1.0") and not closes:
                    self.assertIn(b"Connection: keep-alive", answer)


class Limits(Served):
    def test_a_head_that_comes_too_slowly_and_a_client_that_says_nothing(self):
        endpoint = self.serve("--time-limit", "300ms", "--idle-limit", "400ms")
        self.assertEqual(self.raw(endpoint, b"GET / HTTP/1.1\r\nX: "), b"")
        self.assertEqual(self.raw(endpoint, b""), b"")
        loris = self.connect(endpoint)

        def is_cut_off():
            try:
                loris.sendall(b"x")
                return False
            except OSError:
                return True

        self.wait_for(is_cut_off, "the end of the slow one")
        self.assertServes(endpoint)

    def test_too_many_connections_are_told_so(self):
        endpoint = self.serve("--max-connections", "2")
        first, second = self.connect(endpoint), self.connect(endpoint)
        for client in [first, second]:
            client.sendall(b"GET /a?size=3B HTTP/1.1\r\n\r\n")
            self.assertEqual(status_of(client.recv(1000)), 200)
        # Both wait for another request: the one that has waited longer makes room.
        self.assertEqual(status_of(self.raw(endpoint, b"GET /?size=1B HTTP/1.0\r\n\r\n")), 200)
        self.assertEqual(first.recv(1), b"")
        endpoint = self.serve("--max-connections", "2")
        first, second = self.connect(endpoint), self.connect(endpoint)
        for client in [first, second]:  # now both are at work
            # In one piece: when the first is answered, the second is there.
            client.sendall(b"GET /?size=1B HTTP/1.1\r\n\r\nGET /a?failure=1&failure-kind=stall HTTP/1.1\r\n\r\n")
            self.assertEqual(status_of(client.recv(1000)), 200)
        self.assertEqual(status_of(self.raw(endpoint, b"", half_closed=True)), 503)
        first.close()

        def has_room():
            return status_of(self.raw(endpoint, b"GET /?size=1B HTTP/1.0\r\n\r\n")) == 200

        self.wait_for(has_room, "room for one more")

    def test_descriptors_run_out_and_come_back(self):
        command = [os.path.join(PREFIX, "bin", "runoff-endpoint")]

        with open(command[0], "rb") as stream:
            if b"__ubsan_" in stream.read():
                self.skipTest("the sanitizer needs descriptors itself: without them it calls every object invalid")

        def few_descriptors():
            dies_with_us()
            resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))

        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=few_descriptors)
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        endpoint = Endpoint(PREFIX)
        endpoint.process = process
        endpoint.port = urllib.parse.urlsplit(process.stdout.readline().strip()).port
        clients = [self.connect(endpoint) for _ in range(40)]
        self.assertIn("Too many open files", process.stderr.readline())
        for client in clients:
            client.close()
        self.assertServes(endpoint)

    def test_as_many_descriptors_as_the_system_allows(self):
        with open(f"/proc/{self.serve().process.pid}/limits") as stream:
            line = next(line for line in stream if line.startswith("Max open files"))
        soft, hard = line.split()[3:5]
        self.assertEqual(soft, hard)


class Rubbish(Served):
    def mutations(self, random_numbers):
        """Requests that are nearly right, and bytes that are nothing at all."""
        good = b"GET /a.txt?size=100B&latency=0s HTTP/1.1\r\nHost: localhost\r\nX-Field: value\r\n\r\n"
        for _ in range(300):
            data = bytearray(good * random_numbers.randint(1, 3))
            for _ in range(random_numbers.randint(1, 8)):
                place = random_numbers.randrange(len(data))
                kind = random_numbers.randrange(3)
                if kind == 0:
                    data[place] = random_numbers.randrange(256)
                elif kind == 1:
                    del data[place:place + random_numbers.randint(1, 20)]
                else:
                    data[place:place] = random_numbers.randbytes(random_numbers.randint(1, 20))
                if not data:
                    break
            yield bytes(data)
        for _ in range(100):
            yield random_numbers.randbytes(random_numbers.randint(1, 20_000))

    def test_is_survived(self):
        endpoint = self.serve("--time-limit", "2s", "--idle-limit", "2s")
        for number, data in enumerate(self.mutations(random.Random(20240229))):
            with self.subTest(number=number, data=data[:200]):
                try:
                    answer = self.raw(endpoint, data, half_closed=True)
                except (ConnectionResetError, BrokenPipeError):  # it had heard enough
                    continue
                if answer:
                    self.assertIn(status_of(answer), (200, 400, 405, 413, 431), answer[:200])
                self.assertIsNone(endpoint.process.poll())
        self.assertServes(endpoint)

    def test_clients_that_reset(self):
        endpoint = self.serve()
        for number in range(60):
            client = self.connect(endpoint)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(b"GET /a?size=1MiB&latency=%dms HTTP/1.1\r\n\r\n" % (number % 3))
            if number % 2:
                client.recv(1000)
            client.close()
        self.assertServes(endpoint)


if __name__ == "__main__":
    unittest.main(verbosity=2)
