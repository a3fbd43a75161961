#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guests that are slow on purpose lose their places, and the others do not notice them.

Attackers come from 127.0.0.1, good guests from 127.0.0.2 and further: the caps are for each address. slowhttptest runs with 200
connections against the head, the body and the reading of replies; meanwhile good guests post and their times are kept.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added

ATTACK_SECONDS = 5
# The connection's own limits and half a second for the machine.
IDLE_LIMIT, REQUEST_LIMIT = 15.5 + 1, 10.5 + 1


class Cases:
    def __init__(self):
        self.number = self.failed = 0

    def __call__(self, good, name, detail=""):
        self.number += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {name}{f' # {detail}' if detail else ''}", flush=True)


def time_to_close(connection, drip=None, every=0.5):
    """Seconds until the other side closes, while one byte of drip is sent now and then."""
    begun = time.monotonic()
    connection.settimeout(every)
    while time.monotonic() - begun < 40:
        try:
            if not connection.recv(4096):
                break
        except TimeoutError:
            try:
                if drip:
                    connection.sendall(drip)
            except OSError:
                break
        except OSError:
            break
    return time.monotonic() - begun


def check_time_limits(case, intake):
    """Silent, dripping heads and dripping bodies, all at once."""
    here = b"Host: 127.0.0.1:%d\r\n" % intake.port
    kinds = {
        "silence": (b"", None, IDLE_LIMIT),
        "half a head": (b"GET /healthz HTTP/1.1\r\n", None, IDLE_LIMIT),
        "a head byte by byte": (b"GET /healthz HTTP/1.1\r\n" + here + b"X: ", b"y", IDLE_LIMIT),
        "a body byte by byte": (b"POST /v1/responses HTTP/1.1\r\n" + here + b"Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n{",
                                b" ", REQUEST_LIMIT),
        "a refused body byte by byte": (b"POST /v1/responses HTTP/1.1\r\n" + here + b"Content-Type: text/plain\r\nContent-Length: 9999\r\n\r\n",
                                        b" ", 4),
        "a second request that does not come": (b"GET /healthz HTTP/1.1\r\n" + here + b"\r\n", None, IDLE_LIMIT),
    }
    results = {}

    def measure(name, first, drip):
        with intake.connect("127.0.0.3") as connection:
            connection.sendall(first)
            results[name] = time_to_close(connection, drip)

    threads = [threading.Thread(target=measure, args=(name, first, drip)) for name, (first, drip, _) in kinds.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, (_, _, limit) in kinds.items():
        case(results[name] <= limit, f"{name} is cut off", f"{results[name]:.1f} s")


def check_slow_reader(case, intake):
    """Asks for page after page and reads nothing: the answers pile up, and the connection goes."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.bind(("127.0.0.4", 0))
        connection.connect(("127.0.0.1", intake.port))
        request = b"GET /T/CENTRO/T1/ABCDEFGHIJKLMNOP HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % intake.port
        connection.setblocking(False)
        begun, gone = time.monotonic(), False
        while not gone and time.monotonic() - begun < 30:
            try:
                connection.send(request)
            except BlockingIOError:
                time.sleep(0.2)
            except OSError:
                gone = True
    case(gone, "who reads nothing is cut off", f"{time.monotonic() - begun:.1f} s")


def check_caps(case, intake):
    """More connections than one address or all may have: the idlest goes for the newcomer, and nobody else is touched."""
    opened = [intake.connect("127.0.0.5") for _ in range(20)]
    time.sleep(1)
    alive = 0
    for connection in opened:
        connection.setblocking(False)
        try:
            alive += connection.recv(1) != b""
        except BlockingIOError:
            alive += 1
        except OSError:
            pass
    case(alive <= 8, "one address has at most 8", alive)
    for connection in opened:
        connection.close()
    crowd = [intake.connect(f"127.0.1.{number}") for number in range(1, 120)]
    time.sleep(1)
    status, _ = intake.post(intake_process.make_response(), source="127.0.0.6")
    case(status == 201, "a newcomer is served beside 119 that idle", status)
    case(intake.descriptors() < 128 if os.access(f"/proc/{intake.process.pid}/fd", os.R_OK) else True, "descriptors stay below 128")
    for connection in crowd:
        connection.close()


class GoodGuests:
    """Posts all the time, each on connections of its own, and keeps how long each took."""

    def __init__(self, intake, guests=3):
        self.intake, self.times, self.bad, self.over = intake, [], [], False
        self.threads = [threading.Thread(target=self.guest, args=(f"127.0.0.{10 + number}",)) for number in range(guests)]

    def guest(self, source):
        while not self.over:
            begun = time.monotonic()
            try:
                status, _ = self.intake.post(intake_process.make_response(), source=source)
            except OSError as error:
                status = str(error)
            self.times.append(time.monotonic() - begun)
            if status != 201:
                self.bad.append(status)
            time.sleep(0.02)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        for thread in self.threads:
            thread.join()


def check_attacks(case, intake, folder):
    url = f"http://127.0.0.1:{intake.port}"
    attacks = {
        "slow heads": ["-H", "-i", "1", "-u", f"{url}/healthz"],
        "slow bodies": ["-B", "-i", "1", "-s", "8192", "-u", f"{url}/v1/responses", "-f", "application/json"],
        "slow reading": ["-X", "-w", "1", "-y", "8", "-n", "5", "-z", "1", "-k", "3", "-u", f"{url}/T/CENTRO/T1/ABCDEFGHIJKLMNOP"],
    }
    for name, arguments in attacks.items():
        with GoodGuests(intake) as guests:
            subprocess.run(["slowhttptest", *arguments, "-c", "200", "-r", "100", "-l", str(ATTACK_SECONDS), "-p", "2"], cwd=folder,
                           check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        times = sorted(guests.times)
        worst = times[len(times) * 99 // 100] if times else 999
        case(len(times) > 50 and not guests.bad, f"{name}: every good guest is served", f"{len(times)} served, {guests.bad[:3] or 'none refused'}")
        case(worst < 5, f"{name}: none of them waits", f"99th percentile {worst * 1000:.0f} ms")


def main():
    case = Cases()
    with tempfile.TemporaryDirectory(prefix="sobremesa-slow-") as folder:
        libexec = os.environ["SOBRE_TEST_LIBEXECDIR"]
        site, form = intake_process.sample_site(os.path.dirname(os.path.dirname(libexec)))
        with intake_process.Intake(os.path.join(libexec, "sobremesa-intake"), folder, site, form) as intake:
            intake.start()
            check_time_limits(case, intake)
            check_slow_reader(case, intake)
            check_caps(case, intake)
            check_attacks(case, intake, folder)
            stored = len(intake.stored())
            case(len({record["id"] for record in intake.stored()}) == stored > 0, "everything that was acknowledged is stored, once", stored)
            sanitized = os.environ.get("ASAN_OPTIONS") is not None
            peak = intake.resident() / 2**20
            print(f"# peak {peak:.1f} MiB{', with sanitizers, whose own memory counts' if sanitized else ''}")
            case(sanitized or peak < 64, "memory stays below 64 MiB", f"{peak:.1f} MiB")
            case(intake.stop() == 0, "intake stops cleanly")
    print(f"1..{case.number}")
    return 1 if case.failed else 0


if __name__ == "__main__":
    sys.exit(main())
