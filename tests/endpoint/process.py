"""The process of `runoff serve`: how it ends, its threads and its command line: python3 process.py PREFIX"""

import os
import signal
import socket
import subprocess
import unittest

from definition import content
from served import HANG_GUARD_SECONDS, PREFIX, Served


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
