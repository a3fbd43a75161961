#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table's page, its files, and the form as a browser without JavaScript posts it."""

import gzip
import json
import os
import re
import stat
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added

FORM = "application/x-www-form-urlencoded"
HEADERS = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                                      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
           "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
KEY = intake_process.card_key(intake_process.STORE, "T1")


class Cases:
    def __init__(self):
        self.number = self.failed = 0

    def __call__(self, good, name, detail=""):
        self.number += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {name}{'' if good or not detail else f' # {detail}'}", flush=True)


def field(head, name):
    match = re.search(rf"^{name}: (.*?)\r?$", head, re.MULTILINE)
    return match.group(1) if match else None


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', html))


def post(intake, fields, origin=True):
    head = f"Origin: http://127.0.0.1:{intake.port}\r\n" if origin else ""
    data = urllib.parse.urlencode(fields).encode()
    request = (f"POST /v1/form HTTP/1.1\r\nHost: 127.0.0.1:{intake.port}\r\n{head}Content-Type: {FORM}\r\n"
               f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n")
    reply = intake.raw(request.encode() + data)
    head = reply.partition(b"\r\n\r\n")[0].decode("latin-1")
    return intake_process.status_of(reply), field(head, "Location"), field(head, "Content-Type")


def check_page(case, intake):
    status, head, body = intake.get(f"/T/CENTRO/T1/{KEY}", "Accept-Encoding: gzip\r\nAccept-Language: de, en;q=0.5\r\n")
    case(status == 200 and field(head, "Content-Encoding") == "gzip", "the page comes packed", head)
    html = gzip.decompress(body).decode()
    case(field(head, "Content-Language") == "de" and '<html lang="de"' in html, "in the guest's language")
    case(all(field(head, name) == value for name, value in HEADERS.items()), "with the protective headers", head)
    fields = hidden(html)
    case((fields["store"], fields["table"], fields["key"]) == ("Centro", "T1", KEY), "upper-case ids are the table's own again", fields)
    plain = intake.get(f"/T/CENTRO/T1/{KEY}?lang=ar")
    case(plain[0] == 200 and b'dir="rtl"' in plain[2] and field(plain[1], "Content-Encoding") is None, "plain and from right to left")
    total = len(head) + len(body)
    for name in sorted(set(re.findall(r"/assets/([\w.]+)", html))):
        status, head, body = intake.get(f"/assets/{name}", "Accept-Encoding: br, gzip;q=0.8\r\n")
        total += len(head) + len(body)
        case(status == 200 and "immutable" in field(head, "Cache-Control"), f"{name.split('.')[-1]} may be kept for ever")
        again = intake.get(f"/assets/{name}", f"If-None-Match: {field(head, 'ETag')}\r\n")
        case(again[0] == 304 and again[2] == b"", "and is not sent twice")
        refused = intake.get(f"/assets/{name}", "Accept-Encoding: gzip;q=0\r\n")
        case(field(refused[1], "Content-Encoding") is None and refused[2] == gzip.decompress(body), "nor packed for who does not want it")
    case(total <= 14 * 1024, "the first load is at most 14 KB over the wire", total)
    for path in ("/T/NOWHERE/T1/" + KEY, "/T/CENTRO/T999/" + KEY, "/T/CENTRO/T1/WRONG"):
        case(intake.get(path)[0] == 200, f"{path[:16]}… gets the form too")
    for path in ("/T/", "/T/CENTRO/T1", f"/T/CENTRO/T1/{KEY}/X", "/T/CENTRO//" + KEY, "/T/C%20O/T1/" + KEY, "/"):
        status, head, _ = intake.get(path)
        case(status == 404 and field(head, "Content-Type").startswith("text/html"), f"{path[:16]} is explained", (status, head))
    return fields


def check_post(case, intake, fields):
    answer = {**fields, "q.overall": "5", "comment": "gut & gern\r\nja", "consent": "yes"}
    case(post(intake, answer) == (303, "/thanks?lang=de", None), "a post is thanked for")
    case(post(intake, answer)[0] == 303, "so is the same page sent again")
    case(post(intake, {**answer, "comment": "other"})[0] == 409, "but not with other answers")
    stored = intake.stored()
    case(len(stored) == 1, "it is stored once", len(stored))
    record = stored[0]
    case((record["store_id"], record["table_id"], record["verified"], record["channel"]) == ("Centro", "T1", True, "local"),
         "as the card says, verified", record)
    case(record["comment"] == "gut & gern\nja" and record["answers"] == [{"question": "overall", "kind": "smiley", "score": 5}],
         "with what was said", record)
    case("key" not in record and record["suspicion"] > 0, "without the key, and with a score for haste", record)
    page = hidden(intake.get(f"/T/CENTRO/T2/{KEY}")[2].decode())
    case(page["id"] != fields["id"], "every page has an id of its own")
    trap = {**page, "q.overall": "1", "website": "http://spam.example", "started": "0", "contact": "a@example.org"}
    case(post(intake, trap, origin=False)[0] == 303, "a filled trap is taken all the same")
    record = intake.stored()[-1]
    case(record["suspicion"] == 0.7 and record["verified"] is False and "contact" not in record,
         "scored, not verified with another table's key, no address without consent", record)
    case(post(intake, {**page, "id": intake_process.make_id()})[0::2] == (400, "text/html; charset=utf-8"), "nothing answered is explained")
    case(post(intake, {**page, "id": "x", "q.overall": "1"})[0] == 400, "a broken id is refused")
    case(post(intake, {**page, "id": intake_process.make_id(), "q.overall": "9"})[0] == 400, "a score out of range is refused")
    case(intake.get("/thanks?lang=es")[0] == 200, "the thanks are there")


def check_dishes(case, intake):
    """No menu is published here: tests/site/dishes.py has one."""
    page = hidden(intake.get(f"/T/CENTRO/T3/{KEY}")[2].decode())
    case(post(intake, {**page, "q.dish/fish.soup-2": "4", "q.dish/cod": "1"})[:2] == (303, "/thanks?lang=en"), "dishes are thanked for")
    answers = [{"question": "dish", "kind": "stars", "score": score, "item": item} for item, score in (("fish.soup-2", 4), ("cod", 1))]
    case(intake.stored()[-1]["answers"] == answers, "and stored as stars with their item", intake.stored()[-1])
    for name, value in (("q.dish/cod", "6"), ("q.dish/cod", "x"), ("q.dish/" + "c" * 129, "4")):
        fields = {**page, "id": intake_process.make_id(), name: value}
        case(post(intake, fields)[0] == 400, f"{name[:12]}={value} is refused")
    page = hidden(intake.get(f"/T/CENTRO/T3/{KEY}")[2].decode())
    case(post(intake, {**page, "q.dish/": "4", "q.dishes/x": "?"})[0] == 303 and intake.stored()[-1]["answers"] == [
        {"question": "dish", "kind": "stars", "score": 4}, {"question": "dishes/x", "kind": "text", "text": "?"}],
         "what names no dish is an answer like any other", intake.stored()[-1])
    status, _, body = intake.get(f"/D/CENTRO/T1/{KEY}?lang=en")
    case(status == 200 and b"<select" not in body and b"thanks" in body, "without a menu nothing is asked on the page of thanks")
    case(intake.get("/D/CENTRO/T1")[0] == 404, "a path of another shape is explained")


def check_permissions(case, intake):
    wrong = []
    for folder, folders, names in os.walk(intake.spool):
        for name in folders + names:
            path = os.path.join(folder, name)
            wanted = 0o700 if os.path.isdir(path) else 0o600
            if stat.S_IMODE(os.stat(path).st_mode) != wanted:
                wrong.append(path)
    case(not wrong and stat.S_IMODE(os.stat(intake.spool).st_mode) == 0o700, "nobody else may read the spool", wrong)


def main():
    print("1..46")
    case = Cases()
    with tempfile.TemporaryDirectory(prefix="sobremesa-page-") as folder:
        libexec = os.environ["SOBRE_TEST_LIBEXECDIR"]
        site, form = intake_process.sample_site(os.path.dirname(os.path.dirname(libexec)))
        with intake_process.Intake(os.path.join(libexec, "sobremesa-intake"), folder, site, form) as intake:
            intake.start()
            check_post(case, intake, check_page(case, intake))
            check_dishes(case, intake)
            check_permissions(case, intake)
            status, reply = intake.post(intake_process.make_response(id="01a20bd6-ec6b-7839-9c25-18a3434a50b3"))
            case(status == 201 and json.loads(reply) == {"status": "stored"}, "a script is told that it is stored")
            case(intake.stop() == 0, "intake stops cleanly")
    return 1 if case.failed else 0


if __name__ == "__main__":
    sys.exit(main())
