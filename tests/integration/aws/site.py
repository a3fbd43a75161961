#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Form and menu are published to AWS, guests open them in a real browser and send what they say straight into the streams, and menus change under a thousand requests.

The AWS is one of loopback that checks signatures and rights; before its site's bucket stands the function and the headers that are deployed (tests/lib/site_edge.py).
"""

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))
sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "infra"))

import aws_double
import browser
import form_page
import peers
import restaurant
import site_edge
import tap

class Patient(restaurant.Restaurant):
    """One that waits longer: a browser, an AWS and a sanitized program share the machine."""

    def run(self, *arguments, timeout=300):
        return super().run(*arguments, timeout=timeout)

    def do(self, *arguments, timeout=300):
        return super().do(*arguments, timeout=timeout)


PLACE = Patient()
SET = ["--parameter", "RejectedShare=0"]
KNOWN = {}
MOST_BYTES = 14 * 1024
REQUESTS = 1000
ARRIVED = 1764590400123
GUESTS = 4


class World:
    """An account, a site's edge and a browser that finds AWS there; begun with the first case."""

    def __init__(self):
        self.account = self.edge = self.chromium = self.client = None

    def begin(self):
        peers.use(*aws_double.REQUIREMENTS)
        import boto3  # pylint: disable=import-outside-toplevel # it is a peer's
        self.account = aws_double.Account("unused", [], tls=True)
        # Who deploys here may do what the program says is needed, and no more.
        self.account.policy = PLACE.do("--json", "stack", "policy", "--stack", "harbour", "--region", "eu-central-1").out
        self.account.__enter__()
        self.client = lambda name: boto3.client(name, endpoint_url=self.account.endpoint, region_name="eu-central-1", aws_access_key_id="test",
                                                aws_secret_access_key="test", verify=self.account.certificate)
        self.s3 = self.client("s3")
        PLACE.env.update(self.account.environment())
        PLACE.do("init", "--sample")
        # Its menu and tables are wanted, not a season of answers.
        shutil.rmtree(os.path.join(PLACE.workspace, "lake", "raw"))

    def open_site(self, languages):
        answers = {"Api": False, "AWS::Region": "eu-central-1", "AWS::URLSuffix": "amazonaws.com"}
        self.edge = site_edge.Edge(self.get, languages, answers).__enter__()
        port = self.account.endpoint.rsplit(":", 1)[1]
        self.chromium = browser.Browser(flags=[f"--host-resolver-rules=MAP *.amazonaws.com:443 127.0.0.1:{port}", "--ignore-certificate-errors"]).__enter__()

    def get(self, key):
        """A file of the site's bucket, as CloudFront gets it."""
        try:
            reply = self.s3.get_object(Bucket=KNOWN["SiteBucket"], Key=key)
        except self.s3.exceptions.NoSuchKey:
            return None
        headers = {"Content-Type": reply["ContentType"], "Cache-Control": reply["CacheControl"], "ETag": reply["ETag"]}
        if reply.get("ContentEncoding"):
            headers["Content-Encoding"] = reply["ContentEncoding"]
        return reply["Body"].read(), headers

    def end(self):
        for part in (self.chromium, self.edge, self.account):
            if part is not None:
                part.__exit__()


WORLD = World()


def deploy():
    return PLACE.do("--json", "stack", "deploy", "--stack", "harbour", "--yes", *SET, timeout=300).document


def card(table):
    """The path of a table's card."""
    cards = PLACE.do("--json", "cards", "--table", table, "--base", "https://example.org", "--output", PLACE.path("card.pdf")).document["cards"]
    return re.sub("^https?://[^/]+", "", cards[0]["url"], flags=re.I)


def files():
    return {key: WORLD.get(key) for key in WORLD.account.objects(KNOWN["SiteBucket"]) if key.startswith("public/")}


def unpack(body, headers):
    return gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body


def a_deployment_brings_form_and_menu():
    WORLD.begin()
    told = deploy()
    KNOWN.update(told["outputs"])
    site = told["site"]
    assert site["written"] and site["files"] > 8 and site["menu_version"] == 1 and site["menu_changed"] and site["url"] == KNOWN["SiteUrl"], site
    languages = WORLD.client("cloudformation").describe_stacks(StackName="harbour")["Stacks"][0]["Parameters"]
    KNOWN["languages"] = next(one["ParameterValue"] for one in languages if one["ParameterKey"] == "Languages")
    WORLD.open_site(KNOWN["languages"])
    again = deploy()
    assert [part["changes"] for part in again["parts"]] == [[], []] and again["site"] == {**site, "files": 0, "menu_changed": False}, again


def every_file_has_its_type_its_time_and_its_name():
    found = files()
    languages = KNOWN["languages"].split(",")
    assert set(found) >= {"public/index.html", "public/404.html", "public/menu/current.json"} | {
        f"public/{page}/{language}.html" for page in ("form", "menu-page") for language in languages}, sorted(found)
    for key, (body, headers) in found.items():
        plain = unpack(body, headers)
        kind = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "html": "text/html; charset=utf-8", "json": "application/json"}[key.rsplit(".", 1)[1]]
        named = re.search(r"\.([0-9a-f]{8}|[0-9a-f]{16})\.", key)
        assert headers["Content-Type"] == kind, (key, headers)
        assert headers["Cache-Control"] == ("max-age=31536000, immutable" if named else "max-age=5"), (key, headers)
        assert not named or hashlib.sha256(plain).hexdigest().startswith(named.group(1)), key
        assert headers.get("Content-Encoding") == (None if key.startswith("public/menu/") else "gzip"), (key, headers)
        for name in re.findall(rb'(?:href|src)="(/assets/[^"]+)"', plain):
            assert f"public{name.decode()}" in found, (key, name)


def how_it_is_served_is_mended_too():
    """Bytes that are there as they should be are written again where a cache is told something else about them."""
    found = files()
    pages = [key for key in found if key.startswith("public/form/")][:1] + [key for key in found if key.startswith("public/assets/")][:1]
    for key in pages:
        kind = found[key][1]["Content-Type"]
        WORLD.s3.copy_object(Bucket=KNOWN["SiteBucket"], Key=key, CopySource={"Bucket": KNOWN["SiteBucket"], "Key": key}, MetadataDirective="REPLACE", ContentType=kind,
                             ContentEncoding="gzip", CacheControl="max-age=86400")
        assert WORLD.get(key)[1]["Cache-Control"] == "max-age=86400", key
    dry = PLACE.do("--json", "form", "publish", "--dry-run").document["site"]
    told = PLACE.do("--json", "form", "publish").document["site"]
    assert dry["files"] == told["files"] == len(pages) == 2 and not told["menu_changed"], (dry, told)
    assert {key: headers["Cache-Control"] for key, (_, headers) in files().items()} == {key: headers["Cache-Control"] for key, (_, headers) in found.items()}
    assert PLACE.do("--json", "form", "publish").document["site"]["files"] == 0


def arrived(comment, seconds=60):
    """What the cache says of an answer."""
    def look():
        PLACE.do("sync", timeout=300)
        KNOWN["rows"] = PLACE.query(f"SELECT id, store_id, table_id, verified, channel, language, form_version FROM responses WHERE comment = '{comment}'")
        return KNOWN["rows"]

    assert restaurant.wait_until(look, seconds), comment
    (row,) = KNOWN["rows"]
    return row, PLACE.query(f"SELECT question, kind, score, choice, text, item FROM answers WHERE id = '{row[0]}'")


def a_guest_answers_from_the_site():
    PLACE.do("lake", "promote", "--bucket", KNOWN["LakeBucket"], timeout=300)
    PLACE.do("sync", timeout=300)
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/7")) as page:
        assert "Table 7" in page.evaluate("document.querySelector('.house').textContent")
        assert page.evaluate("document.querySelector('header .to').href").startswith(WORLD.edge.base + "/M/HARBOUR/7/"), "the way to the menu"
        form_page.pick(page, "overall", 2)
        page.click("textarea[name=comment]")
        page.type("From the site itself")
        form_page.send(page)
    row, answers = arrived("From the site itself")
    assert row[1:] == ["harbour", "7", True, "direct", "en", 1], row
    assert answers == [["overall", "smiley", 2.0, None, None, None]], answers


def whoever_deploys_may_do_no_more():
    for name in ("other", "harbour2"):
        result = PLACE.run("--json", "stack", "plan", "--stack", name)
        assert result.status == 1 and "not authorized" in result.document["error"]["message"], result


def find_rights():
    found = PLACE.do("--json", "stack", "plan", "--stack", "harbour", *SET).document["preflight"]
    return [(finding["state"], finding["words"]) for finding in found if finding["subject"] == "rights"]


def a_missing_right_is_told_before_it_is_missed():
    """Who deploys here may do what the program says is needed, so nothing is missing; then one thing is."""
    assert [state for state, _ in find_rights()] == ["good"], find_rights()
    policy = json.loads(WORLD.account.policy)
    for statement in policy["Statement"]:
        statement["Action"] = [action for action in statement["Action"] if action != "firehose:CreateDeliveryStream"]
    users = WORLD.client("iam")
    users.put_user_policy(UserName="maria", PolicyName="lake", PolicyDocument=json.dumps(policy))
    ((state, words),) = find_rights()
    assert state == "warning" and "firehose:CreateDeliveryStream" in words and "deliverystream/harbour-*" in words, words
    users.put_user_policy(UserName="maria", PolicyName="lake", PolicyDocument=WORLD.account.policy)


def what_was_changed_by_hand_is_found():
    assert PLACE.do("--json", "stack", "drift").document == {"drift": []}
    functions = WORLD.client("lambda")
    functions.update_function_configuration(FunctionName="harbour-menu", Timeout=7)
    result = PLACE.run("--json", "stack", "drift")
    (found,) = result.document["drift"]
    assert result.status == 1 and (found["stack"], found["resource"], found["property"], found["wanted"], found["found"]) == ("harbour", "Menu", "/Timeout", "60", "7"), result
    functions.update_function_configuration(FunctionName="harbour-menu", Timeout=60)
    PLACE.do("stack", "pause")
    assert PLACE.do("--json", "stack", "drift").document == {"drift": []}, "a pause is the program's own doing"
    PLACE.do("stack", "resume")


def refuse(name, *bodies):
    """What Firehose writes of records that the gate refused; this AWS lets them vanish."""
    lines = [json.dumps({"attemptsMade": 1, "arrivalTimestamp": ARRIVED, "errorCode": "Lambda.ProcessingFailedStatus", "errorMessage": "ProcessingFailed status set for record",
                         "attemptEndingTimestamp": ARRIVED + 60000, "rawData": base64.b64encode(body).decode(), "lambdaArn": "arn:aws:lambda:eu-central-1:1:function:x"})
             for body in bodies]
    key = f"errors/{name}"
    WORLD.s3.put_object(Bucket=KNOWN["LakeBucket"], Key=key, Body=gzip.compress("\n".join(lines).encode()))
    return key


def one_answer_is_followed_through_everything():
    process = PLACE.start("--json", "stack", "test", "--prove", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    noted = next(line for line in process.stderr if "Following the answer" in line)
    own = re.search("[0-9a-f-]{36}", noted).group()
    refuse("responses/processing-failed/dt=2025-12-01/test", json.dumps({"sobremesa": "test", "id": own}, separators=(",", ":")).encode())
    out, err = process.communicate(timeout=600)
    told = json.loads(out)
    states = {check["name"]: check["state"] for check in told["checks"]}
    print(f"# {states}")
    assert {name: states[name] for name in ("keys", "sent", "lake", "cache", "rejects")} == dict.fromkeys(("keys", "sent", "lake", "cache", "rejects"), "holds"), (told, err)
    denied = [name for name in states if name.startswith("denied ")]
    assert len(denied) == 8 and all(states[name] == "holds" for name in denied), states
    # What this AWS does not do is said: it packs nothing and forgets nothing by itself. What only a person sees is never claimed.
    assert states["gzip"] == states["lifecycle"] == "fails" and process.returncode == 1 and told["failed"] == list(states.values()).count("fails"), told
    assert all(states[name] == "unseen" for name in ("site", "projection", "metrics", "cost")), states
    assert PLACE.query(f"SELECT verified, form_id FROM responses WHERE id = '{told['id']}'") == [[False, "sobremesa-test"]]


def what_was_refused_is_named_and_comes_after_a_fix():
    answer = {"id": "01930000-0000-7000-8000-00000000000a", "submitted_at": "2025-12-01T12:00:00Z", "store_id": "HARBOUR", "table_id": "7", "form_id": "visit", "form_version": 1,
              "language": "en", "answers": [], "comment": "Refused by an older gate, call 612345678"}
    event = {"id": "01930000-0000-7000-8000-00000000000b", "at": "2025-12-01T12:00:00Z", "visit": "v", "store_id": "harbour", "page": "menu", "action": "open", "ms": 1}
    mixed = refuse("responses/processing-failed/dt=2025-12-01/mixed", json.dumps(answer).encode(), b"{", json.dumps({**answer, "language": ""}).encode())
    whole = refuse("events/processing-failed/dt=2025-12-01/whole", (json.dumps(event) + "\n").encode())
    told = PLACE.do("--json", "lake", "errors").document
    assert (told["objects"], told["records"], told["passing"], told["replayed"], told["unreadable"]) == (3, 5, 2, 0, 0), told
    assert told["rules"] == {"id.missing": 1, "json": 1, "language.length": 1} or told["rules"] == {"submitted_at.missing": 1, "json": 1, "language.length": 1}, told["rules"]
    assert {reject["arrived_at"] for reject in told["rejects"]} == {"2025-12-01T12:00:00.123Z"}, told["rejects"]
    for wanted in ((2, 0, 1), (0, 1, 0)):
        told = PLACE.do("--json", "lake", "errors", "--replay").document
        assert (told["replayed"], told["known"], told["removed"]) == wanted, told
    left = WORLD.account.objects(KNOWN["LakeBucket"])
    assert mixed in left and whole not in left
    replayed = [key for key in left if "/replay-" in key]
    assert len(replayed) == 2 and all(time.strftime("dt=%Y-%m-%d/", time.gmtime()) in key for key in replayed), replayed
    assert b'"personal":"phone"' in b"".join(gzip.decompress(left[key]) if left[key][:2] == b"\x1f\x8b" else left[key] for key in replayed)
    PLACE.do("sync", timeout=300)
    rows = PLACE.query(f"SELECT store_id, verified, channel, received_at, comment FROM responses WHERE id = '{answer['id']}'")
    assert rows == [["harbour", False, "direct", "2025-12-01 12:00:00.123", answer["comment"]]], rows


def the_page_is_as_light_as_the_laptops():
    # German is the longest of the sample's languages.
    with browser.Browser(flags=WORLD.chromium.flags) as fresh, form_page.open_form(fresh, WORLD.edge.base + card("harbour/7") + "?lang=de") as page:
        page.settle(0.5)
        # The question about dishes comes once the rest is there to be answered.
        own = [reply.url.rsplit("/", 1)[1].split(".")[0] for reply in page.replies if reply.url.startswith(WORLD.edge.base)][1:3]
        parts = list(page.weights.values())[:3]
    print(f"# {sum(parts)} bytes over the wire: {parts}")
    assert sorted(own) == ["form", "form-direct"] and sum(parts) <= MOST_BYTES, (own, parts)


def another_language_keeps_the_table():
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/3")) as page:
        page.click("header nav summary")
        page.click("header nav a[hreflang=de]")
        page.wait("document.documentElement.lang === 'de'")
        assert "Tisch 3" in page.evaluate("document.querySelector('.house').textContent")
        form_page.pick(page, "overall", 5)
        page.click("textarea[name=comment]")
        page.type("Auf Deutsch")
        form_page.send(page, "Ihre Antwort ist angekommen.")
    row, _ = arrived("Auf Deutsch")
    assert row[1:6] == ["harbour", "3", True, "direct", "de"], row


def dishes_are_rated_from_the_site():
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/5").replace("/T/", "/M/")) as page:
        assert "Table 5" in page.evaluate("document.querySelector('.house').textContent")
        dish = page.evaluate("document.querySelector('section > ul > li').dataset.i")
        page.click(".rate")
        page.click(".rating input[value='4']")
        page.click(".bar button")
        page.wait("document.getElementById('status').textContent.includes('arrived')")

    def look():
        PLACE.do("sync", timeout=300)
        return PLACE.query(f"SELECT score FROM answers WHERE item = '{dish}' AND table_id = '5'") == [[4.0]]

    assert restaurant.wait_until(look, 60)
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + "/M/") as page:
        assert not page.evaluate("Boolean(document.querySelector('.rate, header .to'))"), "away from a table nothing is rated"
        assert page.evaluate("document.querySelectorAll('section > ul > li').length") > 5


def whoever_has_no_card_is_told():
    for path, status in (("/", 200), ("/nothing", 404), ("/public/form/en.html", 404)):
        with form_page.open_form(WORLD.chromium, WORLD.edge.base + path) as page:
            assert "scan the code" in page.text(), (path, page.text())
        assert WORLD.edge.served[-1] == (path, status) or (path, status) in WORLD.edge.served, WORLD.edge.served[-3:]
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/7"), scripts=False) as page:
        assert "needs JavaScript" in page.text(), page.text()


def change(name, edit):
    path = os.path.join(PLACE.workspace, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(edit(text))
    return text


def a_changed_form_is_another_version():
    before = change("form.json", lambda text: text.replace('"en": "', '"en": "New: ', 1))
    told = PLACE.do("--json", "form", "publish", "--dry-run").document["site"]
    assert told["form_version"] == 2 and told["files"] > 1 and not told["written"], told
    assert PLACE.read("restaurant", "form.json").replace("New: ", "", 1) == before, "nothing is written by a dry run"
    told = PLACE.do("--json", "form", "publish").document["site"]
    assert told["form_version"] == 2 and told["written"] and not told["menu_changed"], told
    assert PLACE.read("restaurant", "form.json") == before.replace('"en": "', '"en": "New: ', 1).replace('"version": 1', '"version": 2', 1), "only its number was changed"
    assert PLACE.do("--json", "form", "publish").document["site"]["files"] == 0
    assert restaurant.wait_until(lambda: b"New: " in unpack(*WORLD.edge.fetch("/form/en.html")[:2]), 10)
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/2")) as page:
        form_page.pick(page, "overall", 4)
        page.click("textarea[name=comment]")
        page.type("Version two")
        form_page.send(page)
    row, _ = arrived("Version two")
    assert row[6] == 2, row


def what_is_sold_out_is_seen_at_once():
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/7").replace("/T/", "/M/")) as page:
        dish = page.evaluate("[...document.querySelectorAll('section > ul > li')].find((node) => !node.classList.contains('out')).dataset.i")
        told = PLACE.do("--json", "menu", "sold-out", dish).document
        assert dish in told["sold_out"] and told["site"]["menu_changed"], told
        page.wait(f"document.querySelector('[data-i=\"{dish}\"]').classList.contains('out')")
        PLACE.do("menu", "sold-out", "--back", dish)
        page.wait(f"!document.querySelector('[data-i=\"{dish}\"]').classList.contains('out')")


class Guest(threading.Thread):
    """One phone that asks for the pointer and what it names, again and again."""

    def __init__(self, done):
        super().__init__()
        self.done, self.faults, self.requests, self.seen = done, [], 0, []
        self.context = ssl._create_unverified_context()  # pylint: disable=protected-access # the certificate is the test's own

    def ask(self, path):
        self.requests += 1
        with urllib.request.urlopen(WORLD.edge.base + path, timeout=30, context=self.context) as reply:
            return unpack(reply.read(), reply.headers)

    def run(self):
        try:
            while self.requests < REQUESTS / GUESTS or not self.done.is_set():
                if self.requests > REQUESTS / GUESTS:
                    time.sleep(0.2)
                asked = time.time()
                pointer = json.loads(self.ask("/menu/current.json"))
                self.seen.append((asked, time.time(), pointer["version"]))
                for language, name in pointer["files"].items():
                    text = self.ask("/menu/" + name)
                    if not hashlib.sha256(text).hexdigest().startswith(name.split(".")[1]) or f'data-version="{pointer["version"]}"' not in text.decode():
                        self.faults.append((pointer, language))
        except Exception as fault:  # pylint: disable=broad-except # a thread's exception has to reach the test
            self.faults.append(repr(fault))


def a_thousand_requests_while_publishing():
    done, moments = threading.Event(), []
    guests = [Guest(done) for _ in range(GUESTS)]
    for guest in guests:
        guest.start()
    try:
        for price in range(3):
            change("menu.json", lambda text, price=price: re.sub(r'"price": "\d+\.\d\d"', f'"price": "{20 + price}.50"', text, count=1))
            version = PLACE.do("--json", "menu", "publish", timeout=120).document["version"]
            moments.append((WORLD.s3.head_object(Bucket=KNOWN["SiteBucket"], Key="public/menu/current.json")["LastModified"].timestamp(), time.time(), version))
    finally:
        done.set()
        for guest in guests:
            guest.join()
    faults = [fault for guest in guests for fault in guest.faults]
    assert not faults, faults[:3]
    requests = sum(guest.requests for guest in guests)
    seen = [one for guest in guests for one in guest.seen]
    # The file's own time has whole seconds; the end of the command is later than the change.
    stale = [one for one in seen for _, changed, version in moments if one[0] > changed + 5 and one[2] < version]
    assert requests >= REQUESTS and not stale, (requests, stale[:3])
    print(f"# {len(moments)} menus published under {requests} requests; versions seen: {sorted({one[2] for one in seen})}")
    assert len({one[2] for one in seen}) >= 2


def an_earlier_menu_comes_back_byte_for_byte():
    def menu():
        found = {key: body for key, (body, _) in files().items() if key.startswith("public/menu/")}
        names = json.loads(found["public/menu/current.json"])["files"]
        return names, {name: found["public/menu/" + name] for name in names.values()}

    before = menu()
    change("menu.json", lambda text: re.sub(r'"price": "\d+\.\d\d"', '"price": "99.50"', text, count=1))
    told = PLACE.do("--json", "menu", "publish", timeout=120).document
    assert told["site"]["menu_changed"] and menu()[0] != before[0], told
    PLACE.do("menu", "rollback", timeout=120)
    after = menu()
    assert set(after[0]) == set(before[0])
    assert after == before, "the same version under the same names"
    assert PLACE.do("--json", "menu", "publish", timeout=120).document["site"]["menu_changed"]


def at_a_shut_door_the_answer_waits():
    PLACE.do("stack", "pause")
    with form_page.open_form(WORLD.chromium, WORLD.edge.base + card("harbour/7")) as page:
        form_page.pick(page, "overall", 3)
        page.click("textarea[name=comment]")
        page.type("At a shut door")
        form_page.send(page, form_page.SAVED)
        PLACE.do("stack", "resume")
        page.evaluate("dispatchEvent(new Event('online'))")
        form_page.wait_for_fate(page, form_page.ARRIVED)
    assert arrived("At a shut door")[0][2] == "7"


def it_goes_and_comes_again():
    PLACE.do("stack", "delete", "--confirm", "harbour", timeout=300)
    told = PLACE.do("--json", "menu", "publish", timeout=120)
    assert "site" not in told.document, told
    told = deploy()
    KNOWN.update(told["outputs"])
    assert told["parts"][0]["changes"] == [] and told["site"]["files"] > 8 and told["site"]["menu_changed"], told
    assert arrived("Version two")[0][6] == 2, "the lake was kept"


def main():
    try:
        tap.run([(function.__name__.replace("_", " "), function) for function in (
            a_deployment_brings_form_and_menu, whoever_deploys_may_do_no_more, a_missing_right_is_told_before_it_is_missed, what_was_changed_by_hand_is_found, every_file_has_its_type_its_time_and_its_name, how_it_is_served_is_mended_too, a_guest_answers_from_the_site, one_answer_is_followed_through_everything,
            what_was_refused_is_named_and_comes_after_a_fix, the_page_is_as_light_as_the_laptops,
            another_language_keeps_the_table, dishes_are_rated_from_the_site, whoever_has_no_card_is_told, a_changed_form_is_another_version, what_is_sold_out_is_seen_at_once,
            a_thousand_requests_while_publishing, an_earlier_menu_comes_back_byte_for_byte, at_a_shut_door_the_answer_waits, it_goes_and_comes_again)])
    finally:
        WORLD.end()
        PLACE.__exit__()


if __name__ == "__main__":
    main()
