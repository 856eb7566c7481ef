"""An HTTP/1.1 server whose faults are those of real ones; the path says which: /FAULT/anything, or any other path
for a proper answer. `with Server() as server: server.url`.

Bodies are their own: 16384 bytes (SIZE) that depend on the path, unlike runoff's endpoint.
"""

import asyncio
import gzip
import hashlib
import socket
import ssl
import struct
import threading

SIZE = 16384


def content(path, size=SIZE):
    """Bytes that no other path has."""
    return hashlib.shake_256(path.encode()).digest(size)


def head(length=None, *, status="200 OK", extra=()):
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/octet-stream", *extra]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def chunks(body, size):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;some=extension\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"


def reset(writer):
    """Closes with a reset instead of an orderly end."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


class Server:
    def __init__(self, certificate=None):
        self._tls = None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self.requests = []  # paths, in the order in which they came
        self.connections = 0
        self.latency = 0.0  # seconds
        self.watch = lambda path: None  # called with each path before it is answered
        self.wait = None  # a coroutine function, awaited before each answer

    def __enter__(self):
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)))
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    async def _serve(self, ready):
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, ssl=self._tls, backlog=1024)
        port = server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{port}"
        ready.set()
        await self._end.wait()
        server.close()
        connections = asyncio.all_tasks() - {asyncio.current_task()}
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _connection(self, reader, writer):
        self.connections += 1
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                path = request.split()[1].decode()
                self.requests.append(path)
                self.watch(path)
                if self.latency:
                    await asyncio.sleep(self.latency)
                if self.wait:
                    await self.wait()
                if not await self._answer(path.split("?")[0], writer):
                    break
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, path, writer):
        """Writes the answer; False when the connection ends with it."""
        body = content(path)
        fault = path.split("/")[1]
        if fault == "status":
            writer.write(head(5, status="500 Internal Server Error") + b"sorry")
        elif fault == "reset":
            reset(writer)
            return False
        elif fault == "closed":
            return False
        elif fault == "truncated":
            writer.write(head(SIZE) + body[:1000])
            return False
        elif fault == "cut-chunks":
            writer.write(head(extra=["Transfer-Encoding: chunked"]) + chunks(body, 1000)[:5000])
            return False
        elif fault == "cut-head":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Le")
            return False
        elif fault == "stall":
            writer.write(head(SIZE) + body[:1000])
            await self._end.wait()
        elif fault == "silence":
            await self._end.wait()
        elif fault == "garbage":
            writer.write(b"\x00\x01\x02 this is no HTTP\r\n\r\n")
            return False
        elif fault == "long-head":
            writer.write(head(5, extra=["X: " + "y" * 400_000]) + b"hello")
            return False
        elif fault == "large-head":  # in all less than libcurl takes, 300 KiB
            lines = [f"X{i}: " + "y" * 9000 for i in range(20)] + ["Y: " + "z" * 60_000]
            writer.write(head(SIZE, extra=lines) + body)
        elif fault == "many-fields":
            writer.write(head(SIZE, extra=[f"X{i}: y" for i in range(2000)]) + body)
        elif fault == "chunked":
            writer.write(head(extra=["Transfer-Encoding: chunked"]) + chunks(body, 1000))
        elif fault == "gzip-chunks":
            writer.write(head(extra=["Transfer-Encoding: gzip, chunked"]) + chunks(gzip.compress(body), 1000))
        elif fault == "identity":  # not in HTTP since RFC 7230
            writer.write(head(SIZE, extra=["Transfer-Encoding: identity"]) + body)
        elif fault == "dribble":  # one small piece after the other, borders anywhere
            text = head(extra=["Transfer-Encoding: chunked"]) + chunks(body, 3000)
            for i in range(0, len(text), 997):
                writer.write(text[i:i + 997])
                await writer.drain()
                await asyncio.sleep(0.001)
        elif fault == "until-closed":
            writer.write(head() + body)
            return False
        elif fault == "says-close":
            writer.write(head(SIZE, extra=["Connection: close"]) + body)
            return False
        elif fault == "drops-idle":  # closes after a proper answer, without a word
            writer.write(head(SIZE) + body)
            return False
        elif fault == "interim":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head(SIZE) + body)
        elif fault == "slow-interim":  # the one that counts comes by itself
            writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)
            writer.write(head(SIZE) + body)
        elif fault == "interim-only":
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            return False
        elif fault == "interim-for-ever":
            while not self._end.is_set():
                writer.write(b"HTTP/1.1 102 Processing\r\n\r\n")
                await writer.drain()
                await asyncio.sleep(0.01)
        elif fault == "drip":  # each byte comes in time, the whole never
            writer.write(head(SIZE))
            while not self._end.is_set():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        elif fault == "no-content":
            writer.write(head(status="204 No Content"))
        elif fault == "switching":
            writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
        elif fault == "redirect":
            writer.write(head(0, status="302 Found", extra=["Location: /" + path.split("/", 2)[2]]))
        elif fault == "once-broken" and self.requests.count(path) == 1:
            writer.write(head(0, status="503 Service Unavailable"))
        elif fault == "changing":
            writer.write(head(SIZE) + content(f"{path} {len(self.requests)}"))
        else:
            writer.write(head(SIZE) + body)
        return True
