"""What the forms that fetch have in common: urllib as its manual shows it, and the same GET by asyncio's streams."""

import asyncio
import http.client
import os
import time
import urllib.parse
import urllib.request


def source(path, latency, size):
    """The URL of a file of the endpoint. Runoff's own is asked for the latency and the size, or for what the path's own
    query says of them."""
    path, _, own = path.partition("?")
    asked = [f"latency={latency}ns&size={size}B"] if os.environ.get("RUNOFF_ENDPOINT_BUILT_IN") == "1" else []
    query = "&".join(asked + [own] * bool(own))
    return os.environ["RUNOFF_ENDPOINT"].rstrip("/") + path + ("?" + query if query else "")


class Answer(http.client.HTTPResponse):
    """One that passes over all interim answers; `http.client` takes 103 for the last. Its time limit is that of the whole
    answer, not of each piece."""

    def __init__(self, sock, *arguments, **named):
        self.until = time.monotonic() + (sock.gettimeout() or float("inf"))
        super().__init__(sock, *arguments, **named)

    def _read_status(self):
        version, status, reason = super()._read_status()
        while is_interim(status):
            self.check_time()
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()
        return version, status, reason

    def check_time(self):
        if time.monotonic() > self.until:
            raise TimeoutError("no whole answer in time")


http.client.HTTPConnection.response_class = Answer


def is_interim(status):
    """After 101 no HTTP follows."""
    return 100 <= status <= 199 and status != 101


def is_chunked(encoding):
    """Of a field Transfer-Encoding, None where there is none."""
    if encoding is not None and encoding.lower() != "chunked":
        raise ValueError(f"the answer is in a transfer encoding that is not known here: {encoding}")
    return encoding is not None


def fetch(url, seconds):
    with urllib.request.urlopen(url, timeout=seconds) as answer:
        is_chunked(answer.headers["Transfer-Encoding"])
        length, body = answer.length, bytearray()
        while piece := answer.read1(1 << 16):
            body += piece
            answer.check_time()
    if length is not None and len(body) != length:
        raise http.client.IncompleteRead(bytes(body), length - len(body))
    return bytes(body)


async def fetch_async(url, seconds):
    return await asyncio.wait_for(get(url), seconds)


async def get(url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http":
        raise ValueError(f"asyncio has no HTTP, and what stands here for it speaks http only, not {parts.scheme}")
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        writer.write(f"GET {target} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n".encode())
        status, fields = await read_head(reader)
        while is_interim(status):
            status, fields = await read_head(reader)
        if not 200 <= status <= 299:
            raise ValueError(f"HTTP Error {status}")
        return await read_body(reader, status, fields)
    finally:
        writer.close()


async def read_head(reader):
    """The status, and the fields by their names in lower case."""
    words = (await reader.readuntil(b"\n")).decode("latin-1").split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdecimal():
        raise ValueError("no HTTP answer: it begins with no status")
    fields = {}
    while line := (await reader.readuntil(b"\n")).decode("latin-1").strip():
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    return int(words[1]), fields


async def read_body(reader, status, fields):
    """Some servers answer in chunks, or keep the connection, whatever version they were asked in."""
    if status == 204:
        return b""
    if is_chunked(fields.get("transfer-encoding")):
        body = bytearray()
        while size := int((await reader.readuntil(b"\n")).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readuntil(b"\n")
        return bytes(body)
    if "content-length" in fields:
        return await reader.readexactly(int(fields["content-length"]))
    return await reader.read()
