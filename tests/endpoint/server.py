"""What `runoff serve` does with good and bad clients: python3 server.py PREFIX"""

import http.client
import os
import random
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest
import urllib.parse

from definition import content, fails, lognormal, uniform
from endpoint import Endpoint, dies_with_us
from served import HANG_GUARD_SECONDS, PREFIX, Served, everything, status_of


class Content(Served):
    def test_is_what_the_definition_says_on_one_connection(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.serve().port, timeout=HANG_GUARD_SECONDS)
        self.addCleanup(connection.close)
        for path in ["/a.txt", "/z.txt", "/", "/A/B", "/deep/../path;with=odd,signs", "/%41?".rstrip("?")]:
            for size in [0, 1, 46, 47, 48, 63, 64, 65, 16384, 300_001]:
                with self.subTest(path=path, size=size):
                    connection.request("GET", f"{path}?size={size}B")
                    answer = connection.getresponse()
                    self.assertEqual(answer.getheader("Content-Length"), str(size))
                    self.assertEqual(answer.read(), content(path, size))

    def test_without_a_query_the_command_line_decides(self):
        self.assertEqual(self.get(self.serve(), "/a.txt")[1], content("/a.txt", 16384))
        endpoint = self.serve("--size", "70B", "--failure", "1", "--seed", "3")
        self.assertEqual(self.get(endpoint, "/a.txt")[0].status, 500)
        self.assertEqual(self.get(endpoint, "/a.txt?failure=0")[1], content("/a.txt", 70))

    def test_a_head_is_that_of_the_same_get(self):
        endpoint = self.serve()
        answer, body = self.get(endpoint, "/a.txt?size=5KiB", "HEAD")
        self.assertEqual((answer.status, answer.getheader("Content-Length"), body), (200, "5120", b""))
        self.assertEqual(self.get(endpoint, "/a.txt?failure=1", "HEAD")[0].status, 500)

    def test_no_file_is_served(self):
        answer = self.raw(self.serve(), b"GET /../../../etc/passwd?size=64B HTTP/1.0\r\n\r\n")
        self.assertEqual(answer.split(b"\r\n\r\n", 1)[1], content("/../../../etc/passwd", 64))

    def test_a_client_that_reads_slowly_gets_all(self):
        size = 16 << 20  # more than the buffers of both sides hold
        client = self.connect(self.serve())
        client.sendall(b"GET /slow?size=%dB HTTP/1.1\r\nConnection: close\r\n\r\n" % size)
        body = everything(client).split(b"\r\n\r\n", 1)[1]
        self.assertEqual(len(body), size)
        self.assertEqual(body[:100_000], content("/slow", 100_000))
        self.assertEqual(body[-1000:], content("/slow", size)[-1000:])

    def test_values_may_be_percent_encoded(self):
        query = urllib.parse.urlencode({"latency": "uniform:0s:1ms", "size": "10B"})
        self.assertIn("%3A", query)
        self.assertEqual(self.get(self.serve(), "/a.txt?" + query)[1], content("/a.txt", 10))


class Latency(Served):
    def test_an_answer_waits_at_least_as_long_as_the_path_is_to(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.serve().port, timeout=HANG_GUARD_SECONDS)
        self.addCleanup(connection.close)
        for number in range(8):
            path = f"/{number}.txt"
            for query, expected in [("latency=30ms", 0.03),
                                    ("latency=uniform:5ms:60ms&seed=4", uniform(4, path, 0.005, 0.06)),
                                    ("latency=lognormal:20ms:0.7&seed=9", lognormal(9, path, 0.02, 0.7))]:
                with self.subTest(path=path, query=query):
                    begin = time.monotonic()
                    connection.request("GET", f"{path}?{query}")
                    connection.getresponse().read()
                    self.assertGreaterEqual(time.monotonic() - begin, expected)

    def test_a_short_one_is_answered_while_a_long_one_waits(self):
        endpoint = self.serve("--seed", "5", "--latency", "uniform:0s:60s")
        paths = sorted((f"/{i}" for i in range(30_000)), key=lambda path: uniform(5, path, 0, 60))
        long = self.connect(endpoint)
        long.sendall(f"GET {paths[-1]} HTTP/1.1\r\n\r\n".encode())
        self.assertLess(uniform(5, paths[0], 0, 60), 0.1)
        self.assertGreater(uniform(5, paths[-1], 0, 60), 59)
        self.assertEqual(self.get(endpoint, paths[0])[1], content(paths[0], 16384))
        long.setblocking(False)
        self.assertRaises(BlockingIOError, long.recv, 1)


class Failures(Served):
    def test_the_paths_that_fail_are_those_that_must(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.serve("--seed", "7").port, timeout=HANG_GUARD_SECONDS)
        self.addCleanup(connection.close)
        for seed in [7, 8]:
            for share in [0, 0.3, 1]:
                found, expected = [], []
                for number in range(200):
                    path = f"/item/{number}"
                    connection.request("GET", f"{path}?failure={share}&size=1B" + ("&seed=8" if seed == 8 else ""))
                    answer = connection.getresponse()
                    answer.read()
                    found.append(answer.status)
                    expected.append(500 if fails(seed, path, share) else 200)
                self.assertEqual(found, expected)

    def test_reset(self):
        endpoint = self.serve()
        client = self.connect(endpoint)
        client.sendall(b"GET /a?failure=1&failure-kind=reset HTTP/1.1\r\n\r\n")
        self.assertRaises(ConnectionResetError, client.recv, 1)
        self.assertServes(endpoint)

    def test_truncated(self):
        endpoint = self.serve()
        for size in [100_000, 1, 0]:
            answer = self.raw(endpoint, b"GET /a?failure=1&failure-kind=truncated&size=%dB HTTP/1.1\r\n\r\n" % size)
            whole = self.raw(endpoint, b"GET /a?size=%dB HTTP/1.1\r\nConnection: close\r\n\r\n" % size)
            whole = whole.replace(b"Connection: close\r\n", b"")
            self.assertTrue(whole.startswith(answer.replace(b"Connection: close\r\n", b"")), answer[:200])
            self.assertLess(len(answer), len(whole))
            self.assertGreater(len(answer), 0)

    def test_a_stall_ends_when_its_time_is_up(self):
        endpoint = self.serve("--time-limit", "300ms")
        self.assertEqual(self.raw(endpoint, b"GET /a?failure=1&failure-kind=stall HTTP/1.1\r\n\r\n"), b"")
        self.assertServes(endpoint)

    def test_a_stall_ends_when_its_client_goes(self):
        endpoint = self.serve("--failure", "1", "--failure-kind", "stall")
        descriptors = f"/proc/{endpoint.process.pid}/fd"
        self.assertServes(endpoint)  # then all that it needs for itself is open; this connection stays
        before = len(os.listdir(descriptors))
        clients = [self.connect(endpoint) for _ in range(5)]
        for client in clients:
            client.sendall(b"GET /a HTTP/1.1\r\n\r\n")
        self.wait_for(lambda: len(os.listdir(descriptors)) == before + 5, "the connections")
        for client in clients:
            client.setblocking(False)
            self.assertRaises(BlockingIOError, client.recv, 1)
        for client in clients:
            client.close()
        self.wait_for(lambda: len(os.listdir(descriptors)) == before, "the end of the connections")


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


class Process(Served):
    def test_ends_at_once_whatever_its_clients_do(self):
        for number, status in [(signal.SIGTERM, 0), (signal.SIGINT, 130)]:
            for threads in ["1", "3"]:
                with self.subTest(signal=number, threads=threads):
                    endpoint = self.serve("--threads", threads)
                    clients = [self.connect(endpoint) for _ in range(20)]
                    for client, kind in zip(clients, ["latency=60s", "failure=1&failure-kind=stall", "size=1GiB"] * 7):
                        client.sendall(f"GET /a?{kind} HTTP/1.1\r\n\r\n".encode())
                    self.assertServes(endpoint)
                    endpoint.process.send_signal(number)
                    self.assertEqual(endpoint.process.wait(HANG_GUARD_SECONDS), status)
                    self.assertRaises(ConnectionRefusedError, socket.create_connection, ("127.0.0.1", endpoint.port))

    def test_several_threads_share_the_clients(self):
        endpoint = self.serve("--threads", "3")
        for number in range(50):
            self.assertEqual(self.get(endpoint, f"/{number}?size=99B")[1], content(f"/{number}", 99))

    def test_wrong_command_lines(self):
        for arguments in [["--latency", "5"], ["--size", "x"], ["--failure", "2"], ["--failure-kind", "x"],
                          ["--seed", "x"], ["--port", "70000"], ["--listen", "nowhere"], ["--threads", "0"],
                          ["--max-head", "1B"], ["--idle-limit", "0s"], ["--prot", "1"], ["more"]]:
            with self.subTest(arguments=arguments):
                self.refused(2, arguments)

    def test_wrong_numbers_are_told_what_would_be_right(self):
        for text in ["70000", "-1", "x", "80x", ""]:
            self.assertIn(f"--port cannot be '{text}'; it takes a number from 0 to 65535", self.refused(2, ["--port", text]))

    def test_a_port_that_is_taken(self):
        for theirs in ("1", "2"):
            for ours in ("1", "2"):
                with self.subTest(theirs=theirs, ours=ours):
                    port = self.serve("--threads", theirs).port
                    errors = self.refused(3, ["--threads", ours, "--port", str(port)])
                    self.assertEqual(errors, f"runoff serve: cannot listen on 127.0.0.1 port {port}: Address already in use; "
                                             "without --port it takes one that is free\n")

    def test_an_address_of_another_machine(self):
        # No machine has an address in 192.0.2.0/24 (RFC 5737).
        self.assertIn("Cannot assign requested address; --listen takes an address of this machine",
                      self.refused(3, ["--listen", "192.0.2.1"]))

    def refused(self, status, arguments):
        result = subprocess.run([os.path.join(PREFIX, "bin", "runoff"), "serve", *arguments], capture_output=True,
                                text=True, timeout=HANG_GUARD_SECONDS)
        self.assertEqual((result.returncode, result.stdout), (status, ""), result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("runoff serve: "), result.stderr)
        return result.stderr

    def test_help_and_version(self):
        for option, says in [("--help", "Usage: runoff serve"), ("--version", "runoff ")]:
            result = subprocess.run([os.path.join(PREFIX, "bin", "runoff"), "serve", option], capture_output=True, text=True,
                                    timeout=HANG_GUARD_SECONDS)
            self.assertEqual(result.returncode, 0)
            self.assertIn(says, result.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
