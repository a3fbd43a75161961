#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies that break one rule each are refused with 400 and that rule's name, and none of them is stored."""

import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
import intake_process  # noqa: E402 its folder has just been added

TEXTS = {"store_id": 64, "table_id": 64, "form_id": 64, "language": 35}
REQUIRED = ["id", "submitted_at", "store_id", "table_id", "form_id", "form_version", "language", "answers"]
NOT_A_TEXT = [5, 1.5, True, [], {}, ["x"]]
NOT_AN_ID = ["", "x", "0190A5A0-0000-7000-8000-000000000001", "{0190a5a0-0000-7000-8000-000000000001}", "0190a5a000007000800000000000001",
             "0190a5a0-0000-7000-8000-00000000000", "0190a5a0-0000-7000-8000-0000000000011", "0190a5a0-0000-7000-8000-00000000000g",
             "0190a5a0_0000-7000-8000-000000000001", " 190a5a0-0000-7000-8000-000000000001", "urn:uuid:0190a5a0-0000-7000-8000-000000000001"]
NOT_A_TIME = ["", "now", "2026-11-24", "2026-11-24T12:00:00.000", "2026-11-24 12:00:00.000Z", "2026-11-24T12:00:00.000+01:00",
              "2026-02-30T12:00:00.000Z", "2026-13-01T12:00:00.000Z", "2026-11-24T24:00:00.000Z", "2026-11-24T12:60:00.000Z",
              "2026-11-24T12:00:61.000Z", "1795521600000", "2026-11-24t12:00:00.000z", "+12026-11-24T12:00:00.000Z",
              "2026-11-24T12:00:00.Z"]


def answer(**changes):
    item = {"question": "q", "kind": "stars", "score": 3}
    item.update(changes)
    return {"answers": [{name: value for name, value in item.items() if value is not None}]}


def changed():
    """(what is changed, the rule that names it)."""
    for name in REQUIRED:
        yield {name: None}, f"{name}.missing"
    for name, longest in TEXTS.items():
        for value in NOT_A_TEXT:
            yield {name: value}, f"{name}.type"
        yield {name: ""}, f"{name}.length"
        yield {name: "x" * (longest + 1)}, f"{name}.length"
        yield {name: "é" * (longest // 2 + 1)}, f"{name}.length"
    for name in ("key", "comment"):
        for value in NOT_A_TEXT:
            yield {name: value}, f"{name}.type"
    yield {"key": "A" * 65}, "key.length"
    for value in NOT_AN_ID:
        yield {"id": value}, "id.form"
    for value in NOT_A_TEXT:
        yield {"id": value}, "id.type"
        yield {"submitted_at": value}, "submitted_at.type"
    for value in NOT_A_TIME:
        yield {"submitted_at": value}, "submitted_at.form"
    for name in ("form_version", "duration_ms"):
        for value in ("1", True, [], {}, 1.5):
            yield {name: value}, f"{name}.type"
        yield {name: -1}, f"{name}.range"
    yield {"form_version": 2**31}, "form_version.range"
    yield {"duration_ms": 2**53}, "duration_ms.range"
    for value in ("x", 5, True, {}):
        yield {"answers": value}, "answers.type"
    for value in ("x", 5, True, [], None):
        yield {"answers": [value]}, "answers.type"
    yield {"answers": [{"question": "q", "kind": "text", "text": "x"}] * 201}, "answers.count"
    for name in ("question", "kind"):
        yield answer(**{name: None}), f"answers.{name}.missing"
        for value in NOT_A_TEXT:
            yield answer(**{name: value}), f"answers.{name}.type"
    yield answer(question=""), "answers.question.length"
    yield answer(question="q" * 65), "answers.question.length"
    for value in ("", "star", "Stars", "rating"):
        yield answer(kind=value), "answers.kind.value"
    for kind, low, high in (("stars", 1, 5), ("smiley", 1, 5), ("nps", 0, 10)):
        yield answer(kind=kind, score=None), "answers.score.missing"
        for value in (low - 1, high + 1, high + 0.5, -1e300):
            yield answer(kind=kind, score=value), "answers.score.range"
        for value in ("3", True, [], {}):
            yield answer(kind=kind, score=value), "answers.score.type"
    yield answer(kind="choice", score=None), "answers.choice.missing"
    yield answer(kind="choice", choice="x"), "answers.score.forbidden"
    yield answer(kind="choice", score=None, choice="x" * 257), "answers.choice.length"
    yield answer(kind="choice", score=None, choice=7), "answers.choice.type"
    yield answer(kind="text", score=None), "answers.text.missing"
    yield answer(kind="text", text="x"), "answers.score.forbidden"
    yield answer(kind="text", score=None, text=7), "answers.text.type"
    yield answer(item="i" * 129), "answers.item.length"
    yield answer(item=7), "answers.item.type"


def apply(change):
    """A good body with the change; None takes the member out."""
    body = intake_process.make_response() | change
    return json.dumps({name: value for name, value in body.items() if value is not None}).encode()


def raw():
    """(bytes that are no record at all, the rule)."""
    good = json.dumps(intake_process.make_response()).encode()
    for text in (b"", b" ", b"{", b"}", b"{]", b"{'id':1}", b"{id:1}", b"{\"id\"}", b"{\"id\":}", b"{\"id\":1,}", b"nul", good[:-1],
                 good + b"x", good + good, b"//\n" + good, b"\xef\xbb\xbf" + good, b"{\"id\":+1}", b"{\"id\":.5}",
                 b"{\"id\":NaN}", b"{\"id\":Infinity}", b"{\"id\":0x1}", good.replace(b"}", b",}", 1), b"<html>", b"id=1&store=2"):
        yield text, "json"
    for text in (b"[]", b"5", b"\"x\"", b"true", b"null", b"[" + good + b"]"):
        yield text, "object"
    for text in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"):
        yield good.replace(b"Very good.", text), "utf8"
    yield good.replace(b"Very", b"Ve\0y"), "nul"
    for name in (b"\"id\"", b"\"comment\"", b"\"store_id\"", b"\"key\""):
        yield b"{" + name + b":\"0190a5a0-0000-7000-8000-000000000001\"," + good[1:], "duplicate"
    yield b"{\"answers\":[]," + good[1:], "duplicate"
    yield good.replace(b"9000", b"09000"), "number"
    yield good.replace(b"9000", b"1e999"), "number"
    yield good.replace(b"9000", b"-1e999"), "number"
    yield good.replace(b"Very", b"\\ud800"), "string"
    yield good.replace(b"Very", b"\\udc00\\ud800"), "string"
    yield b"{\"deep\":" + b"[" * 40 + b"]" * 40 + b"," + good[1:], "depth"
    yield b"[" * 8000 + b"]" * 8000, "depth"
    yield b"{\"a\":" * 2500 + b"1" + b"}" * 2500, "depth"


def main():
    cases = [(apply(change), rule) for change, rule in changed()]
    cases += [(json.dumps(intake_process.make_response() | {name: None}).encode(), f"{name}.missing") for name in REQUIRED]
    cases += list(raw())
    print(f"1..{len(cases) + 2}")
    failed = 0

    def case(number, good, name):
        nonlocal failed
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)

    with tempfile.TemporaryDirectory(prefix="sobremesa-bad-") as folder:
        libexec = os.environ["SOBRE_TEST_LIBEXECDIR"]
        site, form = intake_process.sample_site(os.path.dirname(os.path.dirname(libexec)))
        with intake_process.Intake(os.path.join(libexec, "sobremesa-intake"), folder, site, form) as intake:
            intake.start()
            for number, (body, rule) in enumerate(cases, 1):
                status, reply = intake.post(body)
                try:
                    got = json.loads(reply)["error"]["code"]
                except (ValueError, KeyError):
                    got = None
                case(number, (status, got) == (400, rule), f"{rule}{'' if (status, got) == (400, rule) else f' # {status} {got} {body[:60]!r}'}")
            case(len(cases) + 1, not intake.stored(), "none of them is stored")
            case(len(cases) + 2, intake.post(intake_process.make_response())[0] == 201, "a good one is")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
