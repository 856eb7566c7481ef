"""What `runoff serve` answers, when, and which answers fail: python3 answers.py PREFIX"""

import http.client
import os
import time
import unittest
import urllib.parse

from definition import content, fails, lognormal, uniform
from served import HANG_GUARD_SECONDS, Served, everything


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


if __name__ == "__main__":
    unittest.main(verbosity=2)
