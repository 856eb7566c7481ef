"""What the forms that fetch have in common: urllib as its manual shows it, and the same GET by asyncio's streams."""

import asyncio
import os
import urllib.parse
import urllib.request


def source(path, latency, size):
    """The URL of a file of the endpoint. Runoff's own is asked for the latency and the size, or for what the path's own
    query says of them."""
    path, _, own = path.partition("?")
    asked = [f"latency={latency}ns&size={size}B"] if os.environ.get("RUNOFF_ENDPOINT_BUILT_IN") == "1" else []
    query = "&".join(asked + [own] * bool(own))
    return os.environ["RUNOFF_ENDPOINT"].rstrip("/") + path + ("?" + query if query else "")


def fetch(url, seconds):
    with urllib.request.urlopen(url, timeout=seconds) as answer:
        return answer.read()


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
        status = 100
        while 100 <= status <= 199:  # interim answers come before the one that counts
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            status = int(head[0].split()[1])
        if not 200 <= status <= 299:
            raise ValueError(f"HTTP Error {status}")
        lengths = [line.split(":")[1] for line in head if line.lower().startswith("content-length:")]
        return await (reader.readexactly(int(lengths[0])) if lengths else reader.read())
    finally:
        writer.close()
