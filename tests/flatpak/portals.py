#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program in the sandbox asks of the desktop, through the real portals: a folder, a printer, the browser, the keyring, a notification and
leave to go on without a window. Intake outlives the closed window, which is shown by posting to it."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading

import desktop
import installed

import activation  # pylint: disable=wrong-import-order  # installed says where the tests' library is
import printed_page
import restaurant
import tap

BASE = "http://127.0.0.1:8080"
ELSEWHERE = os.path.join(os.environ["HOME"], "Documents", "elsewhere")
NAME = "Casa de Fuera"
# The restaurant that the window shows: the sample inside the sandbox, then, where there are documents, the one outside.
SHOWN = {"name": "Harbour Kitchen", "folder": installed.WORKSPACE}
DESK = desktop.Desktop()
PROGRAM = activation.Program(installed.ID, {})
CARDS = os.path.join(os.environ["HOME"], "cards.json")
KEY_ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
VERIFY = "https://signin.example/device?user_code=ABCD-EFGH"


class Cloud(http.server.BaseHTTPRequestHandler):
    """As much of AWS as a login and a question who one is needs; @seen has (path, Authorization) of each request."""

    seen = []

    def do_POST(self):  # pylint: disable=invalid-name
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Cloud.seen.append((self.path, self.headers.get("Authorization", "")))
        replies = {"/client/register": (200, {"clientId": "c", "clientSecret": "s", "clientSecretExpiresAt": 4102444800}),
                   "/device_authorization": (200, {"deviceCode": "d", "userCode": "ABCD-EFGH", "verificationUri": "https://signin.example/device",
                                                   "verificationUriComplete": VERIFY, "expiresIn": 600, "interval": 1}),
                   "/token": (400, {"error": "authorization_pending"})}
        status, document = replies.get(self.path, (400, {"message": "no"}))
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def guests(count):
    script = os.path.join(installed.TOP, "tests", "lib", "guests.py")
    done = subprocess.run([sys.executable, script, CARDS, SHOWN["folder"], str(count)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0 and int(done.stdout) == count, done.stdout


def make_restaurant_elsewhere():
    """In a folder of the user's, which the sandbox does not see: another name, the same card secret."""
    installed.do("init", "--sample")
    cards = installed.do("--json", "cards", "--base", BASE, "--output", os.path.join(installed.DATA, "cards.pdf"))
    with open(CARDS, "w", encoding="utf-8") as file:
        file.write(cards.out)
    os.makedirs(os.path.dirname(ELSEWHERE))
    shutil.copytree(installed.WORKSPACE, ELSEWHERE, symlinks=True)
    path = os.path.join(ELSEWHERE, "workspace.json")
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    settings["name"] = NAME
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings, file)


def the_bus_starts_it():
    PROGRAM.call("Activate", "(a{sv})", {})
    assert restaurant.wait_until(lambda: desktop.is_shown(SHOWN["name"]), 60), "no window"


def a_folder_comes_in_through_the_file_chooser():
    installed.need_documents()
    DESK.folder = ELSEWHERE
    desktop.press("ctrl+o", SHOWN["name"])
    assert restaurant.wait_until(lambda: DESK.asked("OpenFile"), 20), "nothing was asked"
    assert DESK.asked("OpenFile")[0][4]["directory"]
    assert restaurant.wait_until(lambda: desktop.is_shown(NAME), 120), "the restaurant is not shown"
    SHOWN.update(name=NAME, folder=ELSEWHERE)


def cards_are_printed_by_the_desktop():
    desktop.press("ctrl+p", SHOWN["name"])
    assert restaurant.wait_until(lambda: DESK.printed is not None, 60), f"nothing was printed: {[name for name, _ in DESK.calls]}"
    path = os.path.join(os.environ["HOME"], "printed.pdf")
    with open(path, "wb") as file:
        file.write(DESK.printed)
    read = {code for page in printed_page.read_codes(path) for code in page.splitlines()}
    with open(CARDS, encoding="utf-8") as file:
        tables = {card["url"].split("/T/")[1] for card in json.load(file)["cards"]}
    assert {code.split("/T/")[1] for code in read} == tables, f"{len(read)} codes were printed, of {len(tables)} tables"


def a_report_is_saved_outside():
    installed.need_documents()
    DESK.file = os.path.join(os.environ["HOME"], "Documents", "report.pdf")
    desktop.press("ctrl+e", SHOWN["name"])
    assert restaurant.wait_until(lambda: os.path.exists(DESK.file) and os.path.getsize(DESK.file) > 1000, 60), "no report"
    with open(DESK.file, "rb") as file:
        assert file.read(5) == b"%PDF-"


def guests_are_served_after_the_window_is_closed():
    with desktop.BusMonitor("org.freedesktop.portal.Background") as monitor:
        PROGRAM.act("collect")
        assert restaurant.wait_until(lambda: b"LISTEN" in subprocess.run(["ss", "-Hltn", "sport = :8080"], stdout=subprocess.PIPE, check=True).stdout, 30)
        guests(3)
        desktop.press("ctrl+w", SHOWN["name"])
        assert restaurant.wait_until(lambda: not desktop.is_shown(SHOWN["name"]), 20), "the window stays"
        guests(5)
        assert restaurant.wait_until(lambda: "RequestBackground" in monitor.said(), 20), "the portal was not asked"
    shown = DESK.asked("AddNotification")
    assert shown and shown[-1][2]["title"] == "Still collecting answers" and SHOWN["name"] in shown[-1][2]["body"], shown
    stored = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(os.path.join(SHOWN["folder"], ".sobremesa", "spool"))
                 for name in names)
    assert stored > 0 or restaurant.wait_until(lambda: os.listdir(os.path.join(SHOWN["folder"], "lake", "raw", "responses")), 10), "nothing was stored"


def its_notification_stops_it():
    DESK.press("Stop Collecting")
    assert restaurant.wait_until(lambda: not subprocess.run(["ss", "-Hltn", "sport = :8080"], stdout=subprocess.PIPE, check=True).stdout, 30), \
        "guests are still served"
    assert restaurant.wait_until(lambda: not installed.instances(), 30), "it does not end"


def keys_are_kept_by_the_keyring():
    installed.do("aws", "keys", "--profile", "kitchen", given=f"{KEY_ID}\n{SECRET}\n")
    for folder, _, names in os.walk(os.path.join(os.environ["HOME"], ".var")):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                assert SECRET.encode() not in file.read(), f"{name} has the secret in clear"
    config = os.path.join(installed.DATA, "aws-keys-config")
    with open(config, "w", encoding="utf-8") as file:
        file.write("[profile kitchen]\nregion = eu-central-1\n")
    result = installed.run("aws", "status", options=["--env=AWS_PROFILE=kitchen", "--env=AWS_CONFIG_FILE=" + config,
                                                     "--env=AWS_ENDPOINT_URL=" + CLOUD, "--env=AWS_MAX_ATTEMPTS=1"])
    assert any(f"Credential={KEY_ID}/" in sent for _, sent in Cloud.seen), f"{Cloud.seen} {result}"


def signing_in_opens_the_browser():
    config = os.path.join(installed.DATA, "aws-config")
    with open(config, "w", encoding="utf-8") as file:
        file.write("[profile office]\nsso_session = house\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = eu-central-1\n"
                   "[sso-session house]\nsso_start_url = https://house.example/start\nsso_region = eu-central-1\n")
    process = subprocess.Popen(installed.command("aws", "login", "--profile", "office",
                                                 options=["--env=AWS_CONFIG_FILE=" + config, "--env=AWS_ENDPOINT_URL=" + CLOUD]),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    opened = restaurant.wait_until(lambda: VERIFY in DESK.opened(), 30)
    installed.interrupt("sobremesa")
    said = process.communicate(timeout=30)[1]
    assert opened, f"opened: {DESK.opened()}; requests: {Cloud.seen}; {said}"


CASES = [the_bus_starts_it, a_folder_comes_in_through_the_file_chooser, cards_are_printed_by_the_desktop, a_report_is_saved_outside,
         guests_are_served_after_the_window_is_closed, its_notification_stops_it, keys_are_kept_by_the_keyring, signing_in_opens_the_browser]

SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cloud)
CLOUD = f"http://127.0.0.1:{SERVER.server_address[1]}"
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
installed.install_runtime()
installed.install_bundle()
make_restaurant_elsewhere()
tap.run([(case.__name__.replace("_", " "), case) for case in CASES])
