"""A task that waits for short answers, beside tasks that compute until all are there."""

import socket
import struct
import threading
import time
import urllib.parse

from fetching import source

computing = answered = lock = None
mine = threading.local()  # its connection


class Number:
    """What threads share."""
    value = 0


def tasks(beside, rounds, handling, patience, latency, size, timeout):
    url = urllib.parse.urlsplit(source("/e.txt", latency, size))
    seconds = patience / 1e9
    return [("compute", rounds, seconds)] * beside + [("ask", url, beside, seconds, timeout / 1e9, handling / 1e9)] * rounds


def share(context):
    """`context` is the module threading, or what multiprocessing calls a context."""
    numbers = [context.RawValue("q", 0) if hasattr(context, "RawValue") else Number() for _ in range(2)]
    return numbers, context.Lock()


def initialize(shared):
    global computing, answered, lock
    (computing, answered), lock = shared


def left():
    """When all tasks have run: the next ones count anew."""
    computing.value = answered.value = 0
    return 0


def count(number):
    with lock:
        number.value += 1


def compute(rounds, patience):
    count(computing)
    seen, number = -1, 1
    while answered.value < rounds:
        if answered.value != seen:
            seen, until = answered.value, time.monotonic() + patience
        for i in range(500):
            number = (number * 6364136223846793005 + i) % 4294967296
        if time.monotonic() > until:
            return 0
    return 1


def connected(url, seconds):
    """The connection of the calling thread, which has served one request already."""
    if not hasattr(mine, "connection"):
        mine.connection = socket.create_connection((url.hostname, url.port or 80))
        mine.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The kernel looks after the time, as it does for C++: Python's own way asks it twice for each answer.
        mine.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", *divmod(int(seconds * 1e6), 10**6)))
        mine.request = f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode()
        exchange(mine.connection, mine.request)
    return mine.connection, mine.request


def exchange(connection, request):
    """The body of the answer."""
    connection.sendall(request)
    received = b""
    while True:
        part = connection.recv(16384)
        if not part:
            raise ConnectionError("the server closed the connection")
        received += part
        head, found, body = received.partition(b"\r\n\r\n")
        if found and len(body) >= length_of(head):
            return body


def length_of(head):
    status, *fields = head.decode("latin-1").split("\r\n")
    if status.split()[1] != "200":
        raise ValueError(f"HTTP status {status.split()[1]}")
    lengths = [field.split(":")[1] for field in fields if field.lower().startswith("content-length:")]
    return int(lengths[0])


def prepare(work):
    """What no latency counts: all that compute are at work, there is a connection, and something is done with it."""
    if work[0] == "compute":
        return
    _, url, beside, patience, timeout, handling = work
    until = time.monotonic() + patience
    while computing.value < beside and time.monotonic() < until:
        time.sleep(0.00005)
    connected(url, timeout)
    until = time.monotonic() + handling
    while time.monotonic() < until:
        pass


def task(work):
    if work[0] == "compute":
        return compute(*work[1:])
    connection, request = connected(work[1], work[4])
    body = exchange(connection, request)
    count(answered)
    return body
