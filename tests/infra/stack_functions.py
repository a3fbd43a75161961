#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code that is deployed, run as AWS runs it: the transform behind Firehose, the menu's function behind a bucket, the function in CloudFront, and the headers of its replies."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import types

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import record_corpus
import stack_template
import tap

ARRIVED = 1764590400123


class Parameters:
    """What boto3 gives of SSM."""

    exceptions = types.SimpleNamespace(ParameterNotFound=KeyError)

    def __init__(self, values):
        self.values = values
        self.asked = []

    def client(self, name):
        assert name == "ssm"
        return self

    def get_parameter(self, Name, WithDecryption):  # pylint: disable=invalid-name # boto3's names
        assert WithDecryption
        self.asked.append(Name)
        return {"Parameter": {"Value": json.dumps(self.values[Name.removeprefix("/sobremesa/x/guests/")])}}


def tables():
    stores = {}
    for store, table in record_corpus.TABLES:
        stores.setdefault(store, []).append(table)
    return {"card-key": {"secret": record_corpus.SECRET.hex(), "epoch": record_corpus.EPOCH}, "tables-1": {"Harbour": stores.pop("Harbour")}, "tables-2": stores}


def transform(parameters, bodies, dataset="responses"):
    """What the handler gives back for bodies, and what it prints."""
    sys.modules["boto3"] = types.SimpleNamespace(client=parameters.client)
    names = stack_template.function("Transform")
    printed = []
    names["print"] = printed.append
    os.environ.update(GUESTS="/sobremesa/x/guests", STACK="x", CHANNEL="direct")
    event = {"invocationId": "1", "deliveryStreamArn": f"arn:aws:firehose:eu-central-1:1:deliverystream/a-b-{dataset}", "region": "eu-central-1",
             "records": [{"recordId": str(number), "approximateArrivalTimestamp": ARRIVED, "data": base64.b64encode(body).decode()}
                         for number, body in enumerate(bodies)]}
    records = names["handler"](event, None)["records"]
    assert [record["recordId"] for record in records] == [str(number) for number in range(len(bodies))], records
    return [(record["result"], base64.b64decode(record["data"])) for record in records], [json.loads(line) for line in printed], names


def answer(**more):
    return json.dumps({**record_corpus.RESPONSE, **more}).encode()


def the_transform_stamps_and_refuses():
    parameters = Parameters(tables())
    right = record_corpus.card_key("Harbour", "T1").lower()
    bodies = [answer(store_id="HARBOUR", table_id="t1", key=right, channel="local"), answer(key="WRONG"), answer(id="x"), b"\xff", b"x" * 16385]
    results, told, _ = transform(parameters, bodies)
    assert [result for result, _ in results] == ["Ok", "Ok"] + ["ProcessingFailed"] * 3, results
    assert [data for _, data in results[2:]] == bodies[2:], "what is refused stays as it came"
    stored = [json.loads(data) for _, data in results[:2]]
    assert results[0][1].endswith(b"}\n") and results[0][1].count(b"\n") == 1
    assert [(record["verified"], record["channel"], record["received_at"]) for record in stored] == [
        (True, "direct", "2025-12-01T12:00:00.123Z"), (False, "direct", "2025-12-01T12:00:00.123Z")], stored
    assert (stored[0]["store_id"], stored[0]["table_id"]) == ("Harbour", "T1") and "key" not in stored[0]
    assert [name.rsplit("/", 1)[1] for name in parameters.asked] == ["card-key", "tables-1", "tables-2", "tables-3"], parameters.asked
    (line,) = told
    assert (line["Accepted"], line["Rejected"], line["Rules"]) == (2, 3, {"id.form": 1, "utf8": 1, "length": 1}), line
    assert "fine" not in json.dumps(told), "nothing that a guest wrote is logged"


def metrics_are_those_of_the_alarm():
    _, told, _ = transform(Parameters(tables()), [answer()])
    (group,) = told[0]["_aws"]["CloudWatchMetrics"]
    alarm = stack_template.load("template")["Resources"]["Rejected"]["Properties"]["Metrics"]
    for metric in alarm[1:]:
        wanted = metric["MetricStat"]["Metric"]
        assert wanted["Namespace"] == group["Namespace"] and {"Name": wanted["MetricName"]} in group["Metrics"], wanted
        assert [dimension["Name"] for dimension in wanted["Dimensions"]] == group["Dimensions"][0] == ["Stack", "Dataset"], wanted
        assert told[0][wanted["MetricName"]] in (0, 1) and told[0]["Dataset"] == "responses"


def steps_of_a_visit_are_lines_of_one_record():
    event = json.dumps(record_corpus.EVENT).encode()
    results, told, _ = transform(Parameters(tables()), [event + b"\n" + event + b"\n", event + b"\n" + b"{}", b""], "events")
    assert [result for result, _ in results] == ["Ok", "ProcessingFailed", "ProcessingFailed"], results
    lines = results[0][1].splitlines()
    assert len(lines) == 2 and all(json.loads(line)["received_at"] == "2025-12-01T12:00:00.123Z" for line in lines), lines
    assert told[0]["Rules"] == {"id.missing": 1, "json": 1}, told


def places_are_read_again_after_a_while():
    parameters = Parameters(tables())
    _, _, names = transform(parameters, [answer()])
    clock = types.SimpleNamespace(monotonic=lambda: names["secrets"]["until"] - 1, time=lambda: 0)
    names["time"] = clock
    names["load_places"]()
    assert len(parameters.asked) == 4
    clock.monotonic = lambda: names["secrets"]["until"] + 1
    names["load_places"]()
    assert len(parameters.asked) == 8


def without_the_secret_nothing_is_verified_or_lost():
    results, _, _ = transform(Parameters({}), [answer(key=record_corpus.card_key("Harbour", "T1"))])
    assert results[0][0] == "Ok" and json.loads(results[0][1])["verified"] is False, results


def an_unreadable_secret_stops_the_batch():
    parameters = Parameters({})
    parameters.get_parameter = lambda **arguments: 1 / 0
    try:
        transform(parameters, [answer()])
    except ZeroDivisionError:
        return
    raise AssertionError("it went on without the secret")


class Refusal(Exception):
    """botocore's ClientError, as far as the function looks at it."""

    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class Bucket:
    """A bucket in memory with conditional writes. before_put is called ahead of each write."""

    exceptions = types.SimpleNamespace(ClientError=Refusal)

    def __init__(self, objects):
        self.objects = {key: text.encode() for key, text in objects.items()}
        self.written = []
        self.before_put = lambda key: None

    def tag(self, key):
        return '"' + hashlib.md5(self.objects[key]).hexdigest() + '"'

    def head_object(self, Bucket, Key):  # pylint: disable=invalid-name,redefined-outer-name # boto3's names
        if Key not in self.objects:
            raise Refusal("404")
        return {"ETag": self.tag(Key)}

    def get_object(self, Bucket, Key):  # pylint: disable=invalid-name,redefined-outer-name
        body = self.objects[Key]
        return {"ETag": self.tag(Key), "ContentLength": len(body), "Body": types.SimpleNamespace(read=lambda: body)}

    def put_object(self, Bucket, Key, Body, **more):  # pylint: disable=invalid-name,redefined-outer-name
        self.before_put(Key)
        if more.get("IfNoneMatch") == "*" and Key in self.objects or "IfMatch" in more and (Key not in self.objects or self.tag(Key) != more["IfMatch"]):
            raise Refusal("PreconditionFailed")
        self.objects[Key] = Body
        self.written.append((Key, more))

    def json(self, key):
        return json.loads(self.objects[key])


def dish(own, **more):
    return {"id": own, "name": {"en": own}, "price": "9.80", "allergens": ["fish"], "traces": ["milk"], **more}


def upload(version=7, **more):
    return {"version": version, "menu": {"languages": ["en", "de"], "sections": [{"id": "sea", "dishes": [dish("cod", options=[dish("prawns")]), dish("crab")]}]},
            "files": {"en": f"<main>cod {version}</main>", "de": f"<main lang=\"de\">Kabeljau {version}</main>"}, "sold_out": ["crab", "cod/prawns"], **more}


def publish(bucket):
    os.environ["BUCKET"] = "site"
    return stack_template.function("Menu")["handler"]({}, None, bucket)


def a_menu_becomes_files_and_then_the_pointer():
    bucket = Bucket({"source/menu.json": json.dumps(upload())})
    assert publish(bucket) == "published"
    pointer = bucket.json("public/menu/current.json")
    assert pointer["version"] == 7 and pointer["sold_out"] == ["crab", "cod/prawns"] and set(pointer["files"]) == {"en", "de"}, pointer
    keys = [key for key, _ in bucket.written]
    assert keys[:2] == [f"public/menu/{name}" for name in pointer["files"].values()] and keys[2] == "public/menu/current.json", keys
    settings = dict(bucket.written)
    assert settings[keys[0]]["CacheControl"] == "max-age=31536000, immutable" and settings[keys[0]]["ContentType"] == "text/html; charset=utf-8"
    assert settings[keys[2]]["CacheControl"] == "max-age=5" and settings[keys[2]]["ContentType"] == "application/json"
    name = pointer["files"]["en"]
    assert name == "en." + hashlib.sha256(bucket.objects[f"public/menu/{name}"]).hexdigest()[:16] + ".html"
    assert bucket.json("source/result.json") == {"etag": hashlib.md5(bucket.objects["source/menu.json"]).hexdigest(), "state": "published", "version": 7}


def an_earlier_menu_comes_back_as_the_same_bytes():
    bucket = Bucket({"source/menu.json": json.dumps(upload())})
    publish(bucket)
    first = dict(bucket.json("public/menu/current.json")["files"])
    for version, text in ((8, upload(8)), (9, {**upload(7), "version": 9})):
        bucket.objects["source/menu.json"] = json.dumps(text).encode()
        assert publish(bucket) == "published"
        assert (bucket.json("public/menu/current.json")["files"] == first) == (version == 9)
    assert len([key for key in bucket.objects if key.startswith("public/menu/en.")]) == 2


def a_bad_menu_changes_nothing():
    bucket = Bucket({"source/menu.json": json.dumps(upload())})
    publish(bucket)
    before = {key: body for key, body in bucket.objects.items() if key.startswith("public/")}
    menu = upload()["menu"]
    section = {"id": "sea"}
    bad = ["{", "[]", "null", json.dumps(upload(version=0)), json.dumps(upload(version=True)), json.dumps(upload(files={"en": "<main></main>"})),
           json.dumps(upload(files={"en": "<main></main>", "de": "<p></p>"})), json.dumps(upload(files={"en": "<main></main>", "de": "<main><script>x</script></main>"})),
           json.dumps(upload(files={"en": "<main></main>", "de": "<main><b onclick = 'x'></b></main>"})), json.dumps(upload(sold_out=["lobster"])), json.dumps(upload(menu={}))]
    for dishes in ([dish("cod"), dish("cod")], [{"id": "cod"}], [dish("cod", allergens=["fisch"])], [dish("cod", traces=["fish"])], [dish("c d")], [dish("cod", options=[{"id": "x"}])], []):
        bad.append(json.dumps(upload(menu={**menu, "sections": [{**section, "dishes": dishes}]}, sold_out=[])))
    for text in bad:
        bucket.objects["source/menu.json"] = text.encode()
        assert publish(bucket) == "refused", text
        told = bucket.json("source/result.json")
        assert told["state"] == "refused" and told["reason"] and told["etag"] == hashlib.md5(text.encode()).hexdigest(), told
        assert {key: body for key, body in bucket.objects.items() if key.startswith("public/")} == before, text


def the_newest_upload_wins():
    """A run that read an old upload meets the pointer of a newer one, reads again and publishes what is newest."""
    bucket = Bucket({"source/menu.json": json.dumps(upload(7))})

    def overtake(key):
        if key == "public/menu/current.json":
            bucket.before_put = lambda key: None
            bucket.objects["source/menu.json"] = json.dumps(upload(8)).encode()
            assert publish(bucket) == "published"

    bucket.before_put = overtake
    assert publish(bucket) == "published"
    assert bucket.json("public/menu/current.json")["version"] == 8


def a_function_that_dies_leaves_the_old_menu():
    for fatal in range(5):
        bucket = Bucket({"source/menu.json": json.dumps(upload(7))})
        publish(bucket)
        bucket.objects["source/menu.json"] = json.dumps(upload(8)).encode()
        left = [fatal]

        def die(key, left=left):
            left[0] -= 1
            if left[0] < 0:
                raise Refusal("InternalError")

        bucket.before_put = die
        try:
            publish(bucket)
        except Refusal:
            pass
        pointer = bucket.json("public/menu/current.json")
        assert pointer["version"] == (7 if fatal < 3 else 8), (fatal, pointer)
        for name in pointer["files"].values():
            assert str(pointer["version"]) in bucket.objects[f"public/menu/{name}"].decode()


def cards_lead_to_pages_in_the_guests_language():
    node = shutil.which("node")
    if node is None:
        raise tap.Skip("there is no node")
    code = stack_template.load("template")["Resources"]["SitePaths"]["Properties"]["FunctionCode"]["Fn::Sub"].replace("${Languages}", "en,de,pt-BR")
    cases = [("/T/HARBOUR/T1/ABCDEFGHIJKLMNOP", None, None, "/form/en.html"), ("/T/HARBOUR/T1/K", "de", None, "/form/de.html"), ("/T/A/1/K", "fr", "de-AT", "/form/de.html"),
             ("/T/A/1/K", None, "fr;q=0.9, DE;q=0.8, en;q=0.7", "/form/de.html"), ("/T/A/1/K", None, "pt-br, en", "/form/pt-BR.html"),
             ("/T/A/1/K", None, "pt, en;q=0.1", "/form/en.html"), ("/T/A/1/K", None, "de;q=0", "/form/en.html"), ("/T/A/1/K", None, "*;q=x,,;", "/form/en.html"),
             ("/T/A/1/K", None, "zh-Hant-x-private, de", "/form/de.html"), ("/M/HARBOUR/T1/K", None, "de", "/menu-page/de.html"), ("/M/", None, None, "/menu-page/en.html"),
             ("/T/", None, None, "/T/"), ("/T/A/1", None, None, "/T/A/1"), ("/T/A/1/K/..", None, None, "/T/A/1/K/.."), ("/t/A/1/K", None, None, "/t/A/1/K"),
             ("/constructor/A/1/K", None, None, "/constructor/A/1/K"), ("/menu/current.json", None, "de", "/menu/current.json"), ("/assets/form.12345678.js", None, None, "/assets/form.12345678.js"),
             ("/", None, None, "/")]
    events = [{"request": {"uri": uri, "querystring": {"lang": {"value": lang}} if lang else {}, "headers": {"accept-language": {"value": header}} if header else {}}}
              for uri, lang, header, _ in cases]
    script = f"{code}\nconsole.log(JSON.stringify({json.dumps(events)}.map((event) => handler(event).uri)))"
    done = subprocess.run([node, "-e", script], check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    assert json.loads(done.stdout) == [wanted for *_, wanted in cases], list(zip(json.loads(done.stdout), cases))
    assert len(code) < 10240


def pages_are_sent_with_headers_that_close_them():
    headers = stack_template.load("template")["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert all(one["Override"] is True for one in headers.values())
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 63072000 and headers["FrameOptions"]["FrameOption"] == "DENY"
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer" and "ContentTypeOptions" in headers
    answers = {"AWS::Region": "eu-central-1", "AWS::URLSuffix": "amazonaws.com", "RestApi": "abc123"}
    for api, hosts in ((False, "https://cognito-identity.eu-central-1.amazonaws.com https://firehose.eu-central-1.amazonaws.com"),
                       (True, "https://abc123.execute-api.eu-central-1.amazonaws.com")):
        policy = stack_template.resolve(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"], {**answers, "Api": api})
        assert policy == ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' " + hosts +
                          "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"), policy


def main():
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        the_transform_stamps_and_refuses, metrics_are_those_of_the_alarm, steps_of_a_visit_are_lines_of_one_record, places_are_read_again_after_a_while,
        without_the_secret_nothing_is_verified_or_lost, an_unreadable_secret_stops_the_batch, a_menu_becomes_files_and_then_the_pointer,
        an_earlier_menu_comes_back_as_the_same_bytes, a_bad_menu_changes_nothing, the_newest_upload_wins, a_function_that_dies_leaves_the_old_menu,
        cards_lead_to_pages_in_the_guests_language, pages_are_sent_with_headers_that_close_them)])


if __name__ == "__main__":
    main()
