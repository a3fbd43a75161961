# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network, a bucket and a clock do to a sync: after each of it, and one more sync, the cache holds each valid id of the bucket once, and is equal to
one that is built anew. Every request is scripted from one seed, which is printed when a case fails."""

import base64
import gzip
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import bucket
import fake_aws
import small_lake
import tap

SEED = 20261129
TABLE = bucket.TABLE
FOLDER = "raw/responses/dt=2026-01-04/"


def holds(place, aws):
    fault = bucket.find_fault(place, aws)
    assert fault is None, (SEED, fault)


def faults_of_the_network():
    """Drops, resets, silence, lengths that are too long or too short, flipped bits, in three of ten requests."""
    with bucket.place_with_bucket() as (place, aws):
        chance = random.Random(SEED)

        def script(request, _):
            if request.operation not in ("GetObject", "ListObjectsV2") or chance.random() > 0.3:
                return None
            return chance.choice((fake_aws.Fault(cut=chance.randrange(200)), fake_aws.Fault(silent=True), fake_aws.Fault(lie=50),
                                  fake_aws.Fault(lie=-7), fake_aws.Fault(flip=request.operation == "GetObject")))

        aws.script = script
        for _ in range(3):
            result = place.run("sync", timeout=180)
            assert result.status in (0, 1), result
        holds(place, aws)


def flipped_bits_are_never_taken():
    with bucket.place_with_bucket(200) as (place, aws):
        aws.script = lambda request, n: fake_aws.Fault(flip=True) if request.operation == "GetObject" else None
        place.run("sync", timeout=180)
        assert place.query("SELECT count(*) FROM responses") == [[0]]
        holds(place, aws)


def replies_that_only_seem_whole():
    """Over TLS: the connection ends without a goodbye, in the middle or after a reply that did not say how long it is."""
    with bucket.place_with_bucket(200, tls=True) as (place, aws):
        chance = random.Random(SEED + 2)

        def script(request, _):
            if request.operation != "GetObject" or chance.random() > 0.4:
                return None
            return fake_aws.Fault(cut=chance.randrange(300), mute=True, endless=chance.random() < 0.5)

        aws.script = script
        for _ in range(2):
            place.run("sync", timeout=180)
        holds(place, aws)


def bucket_is_in_another_region():
    """A bucket that was made elsewhere: each call is sent there once."""
    with bucket.place_with_bucket(60) as (place, aws):
        aws.script = lambda request, n: (None if "/eu-west-1/" in request.headers["authorization"]
                                         else fake_aws.Fault(status=301, code="PermanentRedirect", region="eu-west-1"))
        place.do("sync", timeout=180)
        assert aws.count() == 2 * (3 + len(aws.objects)), aws.count()
        aws.forget_requests()
        aws.script = lambda request, n: fake_aws.Fault(status=301, code="PermanentRedirect", region="eu-west-1")
        assert place.run("sync").status == 1 and aws.count() <= 2 * 3, aws.count()
        holds(place, aws)


def broken_object_is_resumed():
    """Ten drops of one large object cost no more than a fifth of it."""
    with bucket.place_with_bucket(20) as (place, aws):
        lines = [line for _, line in small_lake.make_lines(5, 12000, bad=0, twice=0)]
        data = "\n".join(lines).encode() + b"\n"
        aws.put(FOLDER + "large.json", data)
        sent = []

        def script(request, _):
            if request.key != FOLDER + "large.json" or len(sent) >= 10:
                return None
            first = int(request.headers.get("range", "bytes=0-")[6:-1])
            sent.append(first)
            assert "if-match" in request.headers
            return fake_aws.Fault(cut=len(data) // 11)

        aws.script = script
        place.do("sync", timeout=180)
        assert sent == sorted(sent) and len(set(sent)) == 10, sent
        holds(place, aws)


def errors_that_pass():
    with bucket.place_with_bucket(200) as (place, aws):
        for code, status in (("InternalError", 500), ("ServiceUnavailable", 503), ("SlowDown", 503), ("TooManyRequestsException", 429)):
            place.do("sync", "--full", timeout=180)
            aws.forget_requests()
            aws.script = lambda request, n, code=code, status=status: (
                fake_aws.Fault(status=status, code=code) if request.operation == "ListObjectsV2" and n == 1 else None)
            place.do("sync", timeout=180)
            # One list for each of the three data sets, and one more.
            assert aws.count("ListObjectsV2") == 4, (code, aws.count("ListObjectsV2"))
        aws.forget_requests()
        aws.script = lambda request, n: fake_aws.Fault(status=403, code="AccessDenied")
        result = place.run("sync")
        assert result.status == 1 and "AccessDenied" in result.err and aws.count() <= 3, (result, aws.count())
        holds(place, aws)


def clock_is_off():
    for offset in (-1200, 1200, 2 * 86400):
        with bucket.place_with_bucket(60) as (place, aws):
            aws.offset = offset
            place.do("sync", timeout=180)
            refused = sum(1 for _, status in aws.requests if status == 403)
            # Lists of the data sets are under way together; each object comes after them.
            assert 1 <= refused <= 3, (offset, refused)
            holds(place, aws)


def keys_run_out_under_way():
    """A role whose keys hold for three seconds, and a service that forgets them sooner: asked for again once each time, not once a request."""
    profile = f"[profile night]\nregion = {fake_aws.REGION}\nrole_arn = arn:aws:iam::123456789012:role/night\ncredential_source = Environment\n"
    with bucket.place_with_bucket(600, profile) as (place, aws):
        forgotten = []

        def script(request, n):
            if request.operation == "GetObject" and n == 10:
                with aws.lock:
                    for key in [key for key, until in aws.keys.items() if until is not None]:
                        aws.keys[key] = 1
                        forgotten.append(key)

        aws.script = script
        place.do("sync", timeout=180)
        assert len(forgotten) == 1 and aws.count("AssumeRole") == 2, (forgotten, aws.count("AssumeRole"))
        aws.forget_requests()
        aws.key_seconds = 3
        place.do("sync", "--full", timeout=180)
        assert aws.count("AssumeRole") <= 8, aws.count("AssumeRole")
        aws.key_seconds = 3600
        aws.script = lambda request, n: fake_aws.Fault(status=403, code="AccessDenied") if request.operation == "AssumeRole" else None
        result = place.run("sync")
        assert result.status == 1 and "AccessDenied" in result.err, result
        holds(place, aws)


def objects_change_meanwhile():
    """Objects grow, shrink, change at the same size and vanish, before, between and after; copies come twice."""
    with bucket.place_with_bucket() as (place, aws):
        chance = random.Random(SEED + 1)
        place.do("sync", timeout=180)
        keys = sorted(aws.objects)
        fresh = [line for _, line in small_lake.make_lines(99, 60, bad=0)]

        def script(request, _):
            if request.operation == "GetObject" and chance.random() < 0.3:
                key = chance.choice(keys)
                aws.put(key, ("\n".join(chance.sample(fresh, 5)) + "\n").encode())

        for round_number in range(3):
            for key in chance.sample(keys, 6):
                kind = chance.randrange(4)
                with aws.lock:
                    data = aws.objects[key].data if key in aws.objects else b""
                if kind == 0:
                    aws.put(key, gzip.compress(("\n".join(chance.sample(fresh, 9)) + "\n").encode(), mtime=0))
                elif kind == 1:
                    with aws.lock:
                        aws.objects.pop(key, None)
                elif kind == 2:
                    aws.put(key + f".copy-{round_number}.gz", data)
                else:
                    aws.put(key, data[:-1] + bytes([data[-1] ^ 1]) if data else b"")
            aws.script = script
            place.run("sync", timeout=180)
        holds(place, aws)


def the_same_answer_again_and_again():
    """One record twice in an object, in two objects, in another hour and day, and with another body: it counts once, the smaller of the bodies wins
    whichever comes first, and the other one is told of."""
    with bucket.place_with_bucket(40) as (place, aws):
        records = [json.loads(line) for _, line in small_lake.make_lines(77, 12, days=1, bad=0, twice=0)]
        later = [{**record, "received_at": record["received_at"].replace("2026-01-01", "2026-01-03"), "comment": "said otherwise"} for record in records]
        lines = [json.dumps(record) + "\n" for record in records]
        others = [json.dumps(record) + "\n" for record in later]
        day = "raw/responses/dt="
        for number, (key, text) in enumerate((("2026-01-01/twice.json", lines * 2), ("2026-01-01/again.json", lines), ("2026-01-02/next-day.json", lines[:6]),
                                              ("2026-01-19/first-comes-the-other.json", others), ("2026-01-19/z.json", lines[6:]))):
            aws.put(day + key, "".join(text).encode())
            if number % 2 == 0:
                bucket.a_day_passes(place)
                place.do("sync", timeout=180)
        told = place.do("--json", "sync", "--full", timeout=180).document
        assert told["conflicts"] == len(records), told
        holds(place, aws)
        rows = place.query("SELECT id, comment FROM responses")
        mine = {record["id"]: record.get("comment") for record in records}
        assert {row[0]: row[1] for row in rows if row[0] in mine} == mine, "the larger body won"


def objects_that_are_not_whole():
    """Each of other answers, so that each is missed by itself."""
    shapes = {
        "cut.gz": lambda text: gzip.compress(text, mtime=0)[:-20], "no-end.json": lambda text: text[:-1], "crlf.json": lambda text: text.replace(b"\n", b"\r\n"),
        "empty.json": lambda text: b"", "empty.gz": lambda text: gzip.compress(b"", mtime=0), "wrong-name.txt": lambda text: gzip.compress(text, mtime=0),
        "half-line.json": lambda text: text[:-40], "mark.json": lambda text: b"\xef\xbb\xbf" + text, "no-newlines.json": lambda text: text.replace(b"\n", b""),
        "members.gz": lambda text: gzip.compress(text[:text.index(b"\n") + 1], mtime=0) + gzip.compress(text[text.index(b"\n") + 1:], mtime=0),
        "plain.gz": lambda text: text}
    with bucket.place_with_bucket(60) as (place, aws):
        texts = {}
        for number, (name, shape) in enumerate(shapes.items()):
            texts[name] = ("\n".join(line for _, line in small_lake.make_lines(200 + number, 30, bad=0, twice=0)) + "\n").encode()
            aws.put(FOLDER + name, shape(texts[name]))
        result = place.do("sync", timeout=180)
        assert "could not be read" in result.err, result
        assert len(bucket.valid_ids(aws)) > 60 + 8 * 29, "the shapes hold no answers"
        holds(place, aws)
        aws.put(FOLDER + "cut.gz", gzip.compress(texts["cut.gz"], mtime=0))
        holds(place, aws)


def portal_is_no_data():
    with bucket.place_with_bucket(100) as (place, aws):
        place.do("sync")
        before = place.query(TABLE)
        aws.script = lambda request, n: fake_aws.Fault(page=True)
        result = place.run("sync", timeout=180)
        assert result.status == 1, result
        assert place.query(TABLE) == before
        aws.put(FOLDER + "new.json", ("\n".join(line for _, line in small_lake.make_lines(31, 5, bad=0)) + "\n").encode())
        aws.script = lambda request, n: fake_aws.Fault(page=True) if request.operation == "GetObject" else None
        place.run("sync", timeout=180)
        assert place.query(TABLE) == before
        holds(place, aws)


def refuse(*bodies):
    """As Firehose keeps what the gate refused."""
    return "".join(json.dumps({"arrivalTimestamp": 1, "rawData": base64.b64encode(body.encode()).decode()}) + "\n" for body in bodies).encode()


def make_traces(aws, gone, comment):
    """What a bucket has of an answer beside its records: refused copies, results, earlier versions."""
    escaped = gone.upper().replace("-", "\\u002d")
    aws.put("errors/responses/mixed", gzip.compress(refuse(f'{{"id": "{gone}", "comment": "{comment}"}}', '{"id": 7}') + b"another's, of no stream\n"))
    aws.put("errors/responses/whole", refuse(f'{{"id": "{escaped}"}}'))
    aws.put("errors/events/steps", refuse(f'{{"id": "{gone}"}}\n{{"id": "another"}}\n'))
    # An id that lies across the end of a part is found, too.
    for name, text in (("large", "x" * ((8 << 20) - 20) + gone), ("one", f'"id"\n"{gone}"\n'), ("other", '"count"\n"7"\n')):
        aws.put(f"results/{name}.csv", text.encode())
        aws.put(f"results/{name}.csv.metadata", b"columns")
    aws.put("results/empty.txt", b"")
    for key, text in (("raw/orders/dt=2026-01-01/other.json", b"{}\n"), ("raw/responses/dt=2026-01-01/old.json", f'{{"id": "{gone}"}}\n'.encode()),
                      ("parquet/responses/dt=2026-01-01/1", b"PAR1")):
        aws.put(key, text)
        aws.put(key, b"")


def forgetting_goes_through_the_bucket():
    """The answer is in no object any more, nor in an earlier version of one, what is beside it stays, and an object that changes meanwhile is told and left to the
    next try."""
    with bucket.place_with_bucket() as (place, aws):
        aws.versioned = True
        place.do("sync", timeout=180)
        gone, comment = place.query("SELECT id, comment FROM responses WHERE comment IS NOT NULL ORDER BY id LIMIT 1")[0]
        before = bucket.valid_ids(aws)
        copy = {"v": 1, "id": gone, "comment": comment, "note": "no record, but the guest's words"}
        aws.put(FOLDER + "again.json", (json.dumps(copy) + "\n").encode())
        make_traces(aws, gone, comment)

        def script(request, number):
            if request.operation == "PutObject" and "again" in request.key:
                return fake_aws.Fault(status=412, code="PreconditionFailed")
            return fake_aws.Fault(status=503, code="InternalError") if request.operation == "GetObject" and number == 3 else None

        aws.script = script
        result = place.run("lake", "forget", gone, timeout=180)
        assert result.status == 1 and "again.json" in result.err, result
        aws.script = lambda request, n: None
        place.do("lake", "forget", gone, timeout=180)
        for key, kept in [(key, kept) for key in {*aws.objects, *aws.earlier} for kept in [aws.objects.get(key), *aws.earlier.get(key, [])] if kept]:
            data = bucket.unpack(kept.data)
            raws = [base64.b64decode(raw) for raw in re.findall(b'"rawData": ?"([^"]*)"', data)]
            assert not any(gone.encode() in text.lower().replace(b"\\u002d", b"-") for text in [data, *raws]), key
        assert b"another's" in bucket.unpack(aws.objects["errors/responses/mixed"].data) and "errors/responses/whole" not in aws.objects
        left = json.loads(bucket.unpack(aws.objects["errors/events/steps"].data))
        assert base64.b64decode(left["rawData"]) == b'{"id": "another"}\n' and left["arrivalTimestamp"] == 1, left
        assert {key for key in aws.objects if key.startswith("results/")} == {"results/other.csv", "results/other.csv.metadata", "results/empty.txt"}
        assert [kept.data for kept in aws.earlier["raw/orders/dt=2026-01-01/other.json"]] == [b"{}\n"], "what does not hold it stays"
        assert not any(kept for key, kept in aws.earlier.items() if key.startswith(("parquet/", "results/")))
        assert bucket.valid_ids(aws) == before - {gone}
        holds(place, aws)
        # It does not come back.
        aws.put(FOLDER + "back.json", (json.dumps(copy) + "\n").encode())
        place.do("sync")
        assert place.query(f"SELECT count(*) FROM responses WHERE id = '{gone}'") == [[0]]


if __name__ == "__main__":
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        faults_of_the_network, flipped_bits_are_never_taken, broken_object_is_resumed, errors_that_pass, clock_is_off,
        replies_that_only_seem_whole, bucket_is_in_another_region, the_same_answer_again_and_again, keys_run_out_under_way, objects_change_meanwhile, objects_that_are_not_whole, portal_is_no_data,
        forgetting_goes_through_the_bucket)])
