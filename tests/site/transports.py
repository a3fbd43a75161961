#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form's page with the transports of AWS, in a real browser, under the policy that the template sends: answers arrive once whatever the service does, with keys
that are asked for as seldom as can be, and the page stays as light as the laptop's."""

import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))
sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "infra"))

import browser
import form_page
import guest_cloud
import restaurant
import stack_template
import tap
from form_page import pick, send

SITE = sys.argv[2]
MOST_BYTES = 14 * 1024
PLACE = restaurant.Restaurant()
CLOUD = guest_cloud.Cloud()
CHROMIUM = []
HOSTS = {"AWS::Region": guest_cloud.REGION, "AWS::URLSuffix": "amazonaws.com", "RestApi": "abc"}


def collector(path):
    if path == "api":
        return {"url": f"{CLOUD.base}/v1"}
    return {"region": guest_cloud.REGION, "pool": f"{guest_cloud.REGION}:pool", "responses": "x-responses", "events": "x-events"}


def guest(path, chromium=None, **options):
    headers = stack_template.load("template")["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    policy = stack_template.resolve(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"], {**HOSTS, "Api": path == "api"})
    # The test's API has an address of loopback.
    CLOUD.policy = policy.replace("https://abc.execute-api.eu-central-1.amazonaws.com", CLOUD.base)
    return form_page.open_form(chromium or CHROMIUM[0], f"{CLOUD.base}/{path}", **options)


def answers():
    return [json.loads(text) for stream, text in CLOUD.taken if stream in ("x-responses", "/v1/responses")]


def a_signed_record_arrives():
    CLOUD.forget()
    with guest("direct") as page:
        pick(page, "overall", 4)
        send(page)
        (answer,) = answers()
        assert answer["answers"][0]["score"] == 4 and answer["store_id"] and re.fullmatch("[0-9a-f-]{36}", answer["id"]), answer
        page.settle(0.5)
        assert CLOUD.calls.count("GetId") == 1 and CLOUD.calls.count("GetCredentialsForIdentity") == 1, CLOUD.calls
        page.reload()
        pick(page, "overall", 2)
        send(page)
        assert CLOUD.calls.count("GetId") == 1, "the identity lasts as long as the tab"
        assert len(answers()) == 2 and page.evaluate("Object.keys(localStorage).length") == 0


def steps_of_a_visit_are_lines_of_one_record():
    CLOUD.forget()
    for path, stream in (("direct", "x-events"), ("api", "/v1/events")):
        with guest(path) as page:
            pick(page, "overall", 4)
            send(page)
            page.go("about:blank")
            page.settle(1)
        batches = [text for name, text in CLOUD.taken if name == stream]
        steps = [step for text in batches for step in (json.loads(text) if path == "api" else map(json.loads, text.split("\n")))]
        assert {step["action"] for step in steps} >= {"open", "start", "submit"}, steps
        assert len(batches) <= 2, batches


def nothing_gets_lost_or_doubled_while_the_stream_fails():
    for fault in ("ServiceUnavailableException", "ThrottlingException", "LimitExceededException", "reset"):
        CLOUD.forget()
        with guest("direct") as page:
            page.settle(0.3)
            CLOUD.script = [fault, fault]
            pick(page, "overall", 5)
            send(page)
            page.settle(0.3)
            assert len(answers()) == 1 and CLOUD.calls.count("PutRecord") <= 6, (fault, CLOUD.calls)


def keys_that_ran_out_are_renewed_once():
    CLOUD.forget()
    with guest("direct") as page:
        pick(page, "overall", 5)
        send(page)
        CLOUD.tokens.clear()
        before = len(CLOUD.calls)
        page.reload()
        pick(page, "overall", 1)
        send(page)
        assert len(answers()) == 2 and CLOUD.calls[before:].count("GetCredentialsForIdentity") == 1, CLOUD.calls[before:]
        CLOUD.tokens.clear()
        before = len(CLOUD.calls)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    CLOUD.forget()
    with guest("direct") as page:
        CLOUD.script = ["ExpiredTokenException"]
        pick(page, "overall", 3)
        send(page)
        assert len(answers()) == 1 and CLOUD.calls.count("GetCredentialsForIdentity") == 2, CLOUD.calls


def a_phone_with_a_wrong_clock_is_no_obstacle():
    for ahead in (7200, -7200):
        CLOUD.forget()
        CLOUD.ahead = ahead
        with guest("direct") as page:
            pick(page, "overall", 4)
            send(page)
            assert len(answers()) == 1 and CLOUD.calls.count("PutRecord") <= 4, CLOUD.calls


def at_a_shut_door_the_answer_waits_on_the_phone():
    CLOUD.forget()
    with guest("direct") as page:
        page.settle(0.3)
        CLOUD.script = ["AccessDeniedException"] * 50
        pick(page, "overall", 3)
        page.click("button.send")
        page.wait(form_page.fate_is(form_page.SAVED))
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sobremesa.outbox.')).length") >= 1
        assert answers() == []
        CLOUD.script = []
        page.evaluate("dispatchEvent(new Event('online'))")
        form_page.wait_for_fate(page, form_page.ARRIVED)
        assert len(answers()) == 1


def the_api_takes_answers_without_being_asked_first():
    CLOUD.forget()
    with guest("api") as page:
        CLOUD.script = ["503", "429"]
        pick(page, "overall", 4)
        send(page)
        assert len(answers()) == 1
        assert not [request for request in page.requests if request.method == "OPTIONS"]


def what_the_api_refuses_comes_back_to_the_guest():
    CLOUD.forget()
    with guest("api") as page:
        page.settle(0.3)
        CLOUD.script = ["400"] * 5
        pick(page, "overall", 4)
        page.click("button.send")
        page.wait("document.querySelector('button.send') && document.querySelector('#q-overall input[value=\"4\"]').checked")
        assert page.evaluate("Object.keys(localStorage).filter((key) => !key.includes('events')).length") == 0
        assert answers() == []


def a_rated_dish_arrives():
    for path in ("direct", "api"):
        CLOUD.forget()
        with guest(path) as page:
            pick(page, "overall", 5)
            form_page.rate_dish(page, "cod", 4)
            form_page.rate_dish(page, "coffee", 2)
            send(page)
        (answer,) = answers()
        assert answer["answers"][1:] == [{"question": "dish", "kind": "stars", "score": 4, "item": "cod"},
                                         {"question": "dish", "kind": "stars", "score": 2, "item": "coffee"}], answer


def without_a_menu_dishes_are_not_asked_about():
    CLOUD.forget()
    pointer = CLOUD.pages.pop("/menu/current.json")
    with guest("direct", dishes=False) as page:
        pick(page, "overall", 5)
        page.settle(0.5)
        assert not form_page.is_shown(page, "#q-dish")
        send(page)
    CLOUD.pages["/menu/current.json"] = pointer
    assert len(answers()) == 1


def the_page_stays_light():
    for path in ("direct", "api"):
        CLOUD.forget()
        with browser.Browser(flags=CLOUD.flags()) as fresh, guest(path, fresh) as page:
            page.wait("document.querySelector('.dishes')")
            page.settle(0.5)
            first, later = form_page.weigh(page)
        own = {name: weight for name, weight in first.items() if name == f"/{path}" or name.startswith("/assets/")}
        weight = sum(own.values())
        print(f"# {path}: {weight} bytes over the wire {own}, dishes {sum(later.values())} after it {later}")
        assert len(own) == 3 and len(later) == 4 and weight <= MOST_BYTES, (path, weight)


CASES = [a_signed_record_arrives, steps_of_a_visit_are_lines_of_one_record, nothing_gets_lost_or_doubled_while_the_stream_fails,
         keys_that_ran_out_are_renewed_once, a_phone_with_a_wrong_clock_is_no_obstacle, at_a_shut_door_the_answer_waits_on_the_phone,
         the_api_takes_answers_without_being_asked_first, what_the_api_refuses_comes_back_to_the_guest, a_rated_dish_arrives,
         without_a_menu_dishes_are_not_asked_about, the_page_stays_light]


def main():
    with PLACE, CLOUD:
        PLACE.do("init", "--sample")
        with PLACE.intake() as base:
            document = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document
            for path in ("direct", "api"):
                CLOUD.take_page(f"/{path}", base, document["cards"][0]["url"] + "?lang=en", os.path.join(SITE, f"form-{path}.js"), collector(path))
            CLOUD.take_menu(base)
        with browser.Browser(flags=CLOUD.flags()) as chromium:
            CHROMIUM.append(chromium)
            tap.run([(case.__name__.replace("_", " "), case) for case in CASES])


main()
