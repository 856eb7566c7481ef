"""A headless Chromium, driven over the pipe of its DevTools protocol: nothing but Python's own library is needed.

It reaches no network: every request but the page's own file is refused, and kept as evidence.
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")


def find():
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def plain(value):
    if isinstance(value, str):
        return value.replace("\u00a0", " ")
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): plain(one) for name, one in value.items()}
    return value


class Browser:
    """A tab. `messages`: all that was said on its console, and all errors; `requests`: what it asked for."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="runoff-test-", ignore_cleanup_errors=True)
        down, self._write = os.pipe()
        self._read, up = os.pipe()
        ends = os.dup2(down, 103), os.dup2(up, 104)  # out of the way of 3 and 4, where Chromium looks for them

        def place():
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [find(), "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={self.profile.name}"],
            preexec_fn=place, pass_fds=(3, 4), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in (down, up, *ends):
            os.close(descriptor)
        self._rest, self._number, self._events, self._session = b"", 0, [], None
        self.messages, self.requests = [], []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")

    def close(self):
        """Asks first: processes of a Chromium that was killed write into its folder when that has been removed."""
        self._session = None
        with contextlib.suppress(OSError, RuntimeError, subprocess.TimeoutExpired):
            self.call("Browser.close")
            self.process.wait(timeout=30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._write)
        os.close(self._read)
        self.profile.cleanup()

    def call(self, method, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == message["id"]:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._note(answer)

    def _receive(self):
        while b"\0" not in self._rest:
            part = os.read(self._read, 1 << 16)
            if not part:
                raise RuntimeError("Chromium has gone")
            self._rest += part
        line, self._rest = self._rest.split(b"\0", 1)
        return json.loads(line)

    def _note(self, event):
        method, about = event.get("method"), event.get("params", {})
        if method == "Runtime.consoleAPICalled":
            self.messages.append(" ".join(str(one.get("value", one.get("description"))) for one in about["args"]))
        elif method == "Runtime.exceptionThrown":
            details = about["exceptionDetails"]
            self.messages.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded":
            self.messages.append(about["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        self._events.append(method)

    def show(self, width, height, dark=False, media=""):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, file, link="", scripts=True):
        """A fresh load of the file, also where only the link differs."""
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Page.navigate", url="about:blank")
        self._wait_for_load()
        self.messages.clear()
        self.requests.clear()
        self.call("Page.navigate", url=pathlib.Path(file).as_uri() + link)
        self._wait_for_load()
        if not scripts:
            return
        # A page that unpacks its data is drawn a little later; one that fails to has said why by then.
        self.run("new Promise(done => { const from = performance.now(), look = () => "
                 "performance.getEntriesByName('interactive').length || performance.now() > from + 20000 ? done() : setTimeout(look, 2); look(); })")

    def _wait_for_load(self):
        while "Page.loadEventFired" not in self._events:
            self._note(self._receive())
        self._events.clear()

    def run(self, script):
        """The value of an expression, a promise's too. Spaces that keep a number by its unit are spaces like others."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", "?"))
        return plain(result["result"].get("value"))

    def press(self, key, code=None, text=""):
        known = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowRight": 39, "ArrowDown": 40}
        text = text or ("\r" if key == "Enter" else "")
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key, windowsVirtualKeyCode=known[key],
                      **({"text": text} if kind == "keyDown" and text else {}))
        self.settle()

    def settle(self):
        """Waits until what was begun has been drawn."""
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")

    def picture(self):
        return self.call("Page.captureScreenshot", format="png")["data"]
