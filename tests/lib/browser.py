# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real Chromium over the DevTools protocol on a pair of pipes: no port, no driver between, and the browser ends with the pipes.

Input is what a hand does, mouse and key events at places on the screen, so that what cannot be reached or seen cannot be used either.
What a page asked of the network is recorded, with the bytes that came over the wire.
"""

import base64
import collections
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe", "--no-first-run",
    "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-default-apps", "--password-store=basic", "--use-mock-keychain", "--mute-audio",
    "--no-proxy-server", "--hide-scrollbars",
]
REPLY_SECONDS = 60
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class ProtocolError(Exception):
    """The browser refused a command, or is gone."""


Request = collections.namedtuple("Request", "method url body")
Reply = collections.namedtuple("Reply", "url status headers")


class Browser:
    """One Chromium with a profile of its own; a context manager that ends it by its pid."""

    def __init__(self, language="en-US", flags=()):
        self.folder = tempfile.mkdtemp(prefix="sobremesa-browser-")
        self.language, self.flags = language, list(flags)
        self.process = self.reader = self.writer = None
        self.pages, self.number, self.buffer = {}, 0, b""
        self.awaited, self.replies = set(), {}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        """Starts on the same profile as before, if there was one."""
        to_read, self.writer = os.pipe()
        self.reader, to_write = os.pipe()

        def hand_over():
            # The browser reads commands on 3 and writes to 4; the copies are made beyond them first, as either may be one of the two.
            commands, answers = os.dup(to_read), os.dup(to_write)
            while min(commands, answers) <= 4:
                commands, answers = os.dup(commands), os.dup(answers)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        environment = {name: value for name, value in os.environ.items() if name not in ("MALLOC_CHECK_", "G_DEBUG")}
        environment["HOME"] = self.folder
        self.process = subprocess.Popen(
            ["chromium", *FLAGS, *self.flags, f"--user-data-dir={self.folder}/profile", f"--lang={self.language}",
             f"--accept-lang={self.language}", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment)
        os.close(to_read)
        os.close(to_write)
        self.call("Browser.getVersion")

    def stop(self):
        """Asks it to end, so that the profile is written; kills it when it does not."""
        if self.process is None:
            return
        try:
            self.call("Browser.close")
        except ProtocolError:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.reader)
        os.close(self.writer)
        self.process, self.pages, self.buffer = None, {}, b""

    def call(self, method, session=None, **params):
        """Sends a command; its result, once it is there."""
        number = self.send(method, session, params)
        self.awaited.add(number)
        deadline = time.monotonic() + REPLY_SECONDS
        while number not in self.replies:
            left = deadline - time.monotonic()
            if left <= 0:
                raise ProtocolError(f"{method}: no answer in {REPLY_SECONDS} s")
            self.pump(left)
        reply = self.replies.pop(number)
        if "error" in reply:
            raise ProtocolError(f"{method}: {reply['error']}")
        return reply["result"]

    def send(self, method, session, params):
        """Sends a command and does not wait; its number."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": params}
        if session is not None:
            command["sessionId"] = session
        try:
            os.write(self.writer, json.dumps(command).encode() + b"\0")
        except BrokenPipeError:
            raise ProtocolError(f"{method}: the browser is gone") from None
        return self.number

    def pump(self, seconds):
        """Takes what the browser says within @seconds, or until it has said something."""
        if not select.select([self.reader], [], [], seconds)[0]:
            return
        piece = os.read(self.reader, 1 << 20)
        if not piece:
            raise ProtocolError("the browser is gone")
        self.buffer += piece
        *messages, self.buffer = self.buffer.split(b"\0")
        for text in messages:
            message = json.loads(text)
            if message.get("id") in self.awaited:
                self.awaited.remove(message["id"])
                self.replies[message["id"]] = message
            elif "method" in message and message.get("sessionId") in self.pages:
                self.pages[message["sessionId"]].hear(message["method"], message["params"])

    def open(self, **options):
        """A new empty page; see Page."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.pages[session] = page = Page(self, session, target)
        page.begin(**options)
        return page


class Page:
    """A tab. @requests, @replies, @weights (bytes over the wire by request), @urls (by request) and @errors hold what it did since it was opened."""

    def __init__(self, browser, session, target):
        self.browser, self.session, self.target = browser, session, target
        self.requests, self.replies, self.weights, self.errors = [], [], {}, []
        self.urls = {}
        self.pending, self.offline = set(), False
        self.budget_spent, self.impostor = False, None

    def begin(self, width=390, height=844, scripts=True, dark=False, still=True, zoom=1):
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width, height, zoom)
        self.prefer(dark, still)
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled", value=True)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def hear(self, method, params):
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("data:"):
            request = params["request"]
            self.requests.append(Request(request["method"], request["url"], request.get("postData")))
            self.urls[params["requestId"]] = request["url"]
            self.pending.add(params["requestId"])
        elif method == "Network.responseReceived":
            reply = params["response"]
            self.replies.append(Reply(reply["url"], reply["status"], reply["headers"]))
        elif method == "Network.loadingFinished":
            self.weights[params["requestId"]] = params["encodedDataLength"]
            self.pending.discard(params["requestId"])
        elif method == "Network.loadingFailed":
            self.pending.discard(params["requestId"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(params["exceptionDetails"].get("exception", params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["source"] in ("security", "violation"):
            self.errors.append(params["entry"]["text"])
        elif method == "Emulation.virtualTimeBudgetExpired":
            self.budget_spent = True
        elif method == "Fetch.requestPaused":
            self.browser.send("Fetch.fulfillRequest", self.session, {"requestId": params["requestId"], **self.impostor})

    def resize(self, width, height, zoom=1):
        """The view of a phone or a window; @zoom is the browser's own zoom, which leaves fewer of the page's pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=round(width / zoom), height=round(height / zoom), deviceScaleFactor=zoom,
                  mobile=False)

    def prefer(self, dark=False, still=True):
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}])

    def go(self, url):
        """Opens a URL; the navigation's error text, or None."""
        result = self.call("Page.navigate", url=url)
        if "errorText" not in result:
            self.wait("document.readyState === 'complete'")
        return result.get("errorText")

    def reload(self):
        self.call("Runtime.evaluate", expression="window.beforeReload = true")
        self.call("Page.reload", ignoreCache=False)
        self.wait("!window.beforeReload && document.readyState === 'complete'")

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)
        del self.browser.pages[self.session]

    def evaluate(self, expression):
        """The value of a JavaScript expression, which may be a promise. Works on pages that may run no script of their own."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            raise ProtocolError(f"{expression}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")

    def wait(self, expression, seconds=60):
        """Waits until an expression is true; fails with what the page says then."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.evaluate(f"Boolean({expression})"):
                    return
            except ProtocolError:  # the page is being replaced
                pass
            assert time.monotonic() < deadline, f"not in {seconds} s: {expression}; the page says {self.text()[:400]!r}"
            self.browser.pump(0.03)

    def text(self):
        return self.evaluate("document.body ? document.body.innerText : ''") or ""

    def settle(self, seconds=0.3):
        """Lets events come in for a while."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.browser.pump(left)

    def click(self, selector, times=1):
        """Presses the mouse on the middle of an element, after scrolling to it; what lies above it gets the click instead."""
        x, y = self.evaluate(
            f"(() => {{ const node = document.querySelector({json.dumps(selector)}); "
            "if (!node) return null; node.scrollIntoView({block: 'center', behavior: 'instant'}); "
            "const box = node.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()") or (None, None)
        assert x is not None, f"there is no {selector}"
        for count in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=count)

    def press(self, key, shift=False):
        """Presses and releases a key; see KEYS."""
        params = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key], "modifiers": 8 if shift else 0}
        if key in ("Enter", " "):
            params["text"] = "\r" if key == "Enter" else " "
        self.call("Input.dispatchKeyEvent", type="keyDown", **params)
        self.call("Input.dispatchKeyEvent", type="keyUp", **{name: value for name, value in params.items() if name != "text"})

    def type(self, text):
        """Types into what has the focus."""
        self.call("Input.insertText", text=text)

    def set_offline(self, offline):
        self.offline = offline
        self.call("Network.emulateNetworkConditions", offline=offline, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def answer_instead(self, pattern, status, kind, body):
        """Answers requests for URLs of a pattern in the server's place, until answer_no_more()."""
        self.impostor = {"responseCode": status, "responseHeaders": [{"name": "Content-Type", "value": kind}],
                         "body": base64.b64encode(body.encode()).decode()}
        self.call("Fetch.enable", patterns=[{"urlPattern": pattern}])

    def answer_no_more(self):
        self.call("Fetch.disable")

    def start_clock(self, start):
        """From here on the clock of the page that is open is ours. It shows @start, seconds since the epoch, and stands still: time
        passes only in pass_time(). What is still being loaded then would hold it for ever. Other pages of this browser may share the clock."""
        self.settle()
        deadline = time.monotonic() + REPLY_SECONDS
        while self.pending and time.monotonic() < deadline:
            self.browser.pump(1)
        self.run_clock(0.001, initialVirtualTime=start)

    def run_clock(self, seconds, **params):
        self.budget_spent = False
        policy = "advance" if self.offline else "pauseIfNetworkFetchesPending"
        self.call("Emulation.setVirtualTimePolicy", policy=policy, budget=seconds * 1000, **params)
        deadline = time.monotonic() + REPLY_SECONDS
        while not self.budget_spent:
            assert time.monotonic() < deadline, f"{seconds} s of the page's clock did not pass in {REPLY_SECONDS} s"
            self.browser.pump(1)

    def pass_time(self, seconds):
        """Lets the page's clock run on by @seconds, as fast as its timers and requests allow."""
        self.run_clock(seconds)

    def pass_time_until(self, expression, step=1, most=120):
        """Lets the page's clock run on in steps of seconds until an expression is true. What the network says takes real time, of which a
        step may leave too little."""
        for _ in range(most):
            self.pass_time(step)
            self.settle(0.05)
            if self.evaluate(f"Boolean({expression})"):
                return
        raise AssertionError(f"not in {most * step} s of the page's clock: {expression}; the page says {self.text()[:400]!r}")

    def tree(self):
        """The accessibility tree as assistive technology gets it: its nodes that are not ignored, in the page's order."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [Node(node) for node in nodes if not node["ignored"]]

    def screenshot(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))


class Node:
    """A node of the accessibility tree."""

    def __init__(self, node):
        self.role = node.get("role", {}).get("value", "")
        self.name = node.get("name", {}).get("value", "")
        self.description = node.get("description", {}).get("value", "")
        self.backend = node.get("backendDOMNodeId")
        self.states = {item["name"]: item["value"].get("value") for item in node.get("properties", [])}

    def __repr__(self):
        return f"{self.role} {self.name!r} {self.states}"
