#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager deploys what collects, guests' answers come back to the cache, and everything goes again but the lake: on an AWS of loopback that checks signatures and rights.

What that AWS does not do is left out by parameter or is not claimed: it has no alarm on a share, writes an object a record, and serves no site.
"""

import base64
import hashlib
import hmac
import json
import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import browser
import form_page
import guest_cloud
import restaurant
import tap

PLACE = restaurant.Restaurant()
ACCOUNTS = []
SET = ["--parameter", "RejectedShare=0"]
KNOWN = {}

CLIENT = """
import boto3, json, sys
def client(name, **more):
    return boto3.client(name, **{"endpoint_url": sys.argv[1], "region_name": "eu-central-1", "aws_access_key_id": "test", "aws_secret_access_key": "test", **more})
"""

# Sends lines to a stream as a guest does, and says what else a guest may do. With keys, it goes on with those of an earlier run.
GUEST = CLIENT + """
from botocore import UNSIGNED
from botocore.config import Config
pool, streams, body, keys = sys.argv[2], sys.argv[3].split(","), sys.argv[4], json.loads(sys.argv[5])
if not keys:
    cognito = client("cognito-identity", config=Config(signature_version=UNSIGNED))
    identity = cognito.get_id(IdentityPoolId=pool)["IdentityId"]
    got = cognito.get_credentials_for_identity(IdentityId=identity)["Credentials"]
    keys = {"aws_access_key_id": got["AccessKeyId"], "aws_secret_access_key": got["SecretKey"], "aws_session_token": got["SessionToken"]}
def attempt(call):
    try:
        call()
        return "allowed"
    except Exception as error:
        return type(error).__name__ + str(error)[:60]
firehose, s3 = client("firehose", **keys), client("s3", **keys)
said = {"keys": keys, "sent": [attempt(lambda: firehose.put_record(DeliveryStreamName=stream, Record={"Data": body.encode()})) for stream in streams]}
said["else"] = [attempt(call) for call in (
    lambda: firehose.put_record_batch(DeliveryStreamName=streams[0], Records=[{"Data": b"x"}]), firehose.list_delivery_streams, s3.list_buckets,
    lambda: client("ssm", **keys).get_parameter(Name="/sobremesa/harbour/guests/card-key"), lambda: client("cloudformation", **keys).describe_stacks(),
    lambda: client("iam", **keys).list_roles(), lambda: client("lambda", **keys).list_functions())]
print(json.dumps(said))
"""

STACKS = CLIENT + """
print(json.dumps({stack["StackName"]: stack["StackStatus"] for stack in client("cloudformation").describe_stacks()["Stacks"]}))
"""

BUCKETS = CLIENT + """
print(json.dumps([bucket["Name"] for bucket in client("s3").list_buckets()["Buckets"]]))
"""

GLUE = CLIENT + """
glue = client("glue")
glue.create_database(DatabaseInput={"Name": "harbour"}) if sys.argv[2] == "create" else glue.delete_database(Name="harbour")
print("{}")
"""

FOREIGN = CLIENT + """
client("cloudformation").create_stack(StackName="theirs", TemplateBody=json.dumps({"Description": "Somebody's", "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}))
print("{}")
"""


def account():
    if not ACCOUNTS:
        ACCOUNTS.append(aws_double.Account("unused", ["*"], tls=True).__enter__())
        PLACE.env.update(ACCOUNTS[0].environment())
        PLACE.do("init", "--sample")
    return ACCOUNTS[0]


def ask(script, *arguments):
    return json.loads(account().run(script, account().endpoint, *arguments))


def deploy(*more, run=PLACE.do):
    return run("--json", "stack", "deploy", "--stack", "harbour", "--yes", *SET, *more, timeout=300)


def the_plan_tells_and_leaves_nothing():
    account()
    before = ask(STACKS)
    told = PLACE.do("--json", "stack", "plan", "--stack", "harbour", *SET, timeout=120).document["parts"]
    assert [part["stack"] for part in told] == ["harbour-lake", "harbour"] and all(part["new"] for part in told), told
    assert {change["group"] for part in told for change in part["changes"]} == {"add"}, told
    words = {change["resource"]: change["words"] for part in told for change in part["changes"]}
    assert words["LakeBucket"] == "bucket LakeBucket" and words["Transform"] == "function Transform", words
    assert ask(STACKS) == before == {}
    text = PLACE.do("stack", "plan", "--stack", "harbour", timeout=120).out
    assert "harbour-lake: new, " in text and "  Add\n" in text and "AWS::" not in text, text


def what_speaks_against_it_is_told_first():
    found = PLACE.do("--json", "stack", "plan", "--stack", "harbour", *SET, timeout=120).document["preflight"]
    print("# " + json.dumps([[finding["subject"], finding["state"], finding["words"][:60]] for finding in found]))
    assert list(dict.fromkeys(finding["subject"] for finding in found)) == ["identity", "region", "names", "limits", "rights"], found
    assert found[0]["state"] == "good" and "user/maria" in found[0]["words"], found[0]
    assert not [finding for finding in found if finding["state"] == "bad"], found
    ask(GLUE, "create")
    result = PLACE.run("--json", "stack", "deploy", "--stack", "harbour", "--yes", *SET, timeout=120)
    message = result.document["error"]["message"]
    assert result.status == 1 and "database harbour" in message and "Database=NAME" in message and ask(STACKS) == {}, result
    ask(GLUE, "delete")


def cards_lead_to_the_site():
    base = PLACE.do("--json", "cards", "--table", "harbour/7", "--output", PLACE.path("site.pdf")).document["base"]
    assert base == KNOWN["SiteUrl"], base
    with open(os.path.join(PLACE.workspace, "workspace.json"), encoding="utf-8") as file:
        athena = json.load(file)["aws"]["athena"]
    assert (athena["database"], athena["workgroup"]) == ("harbour", "harbour-lake"), athena


def nothing_is_deployed_unasked():
    result = PLACE.run("--json", "stack", "deploy", "--stack", "harbour", *SET, timeout=120)
    assert result.status == 1 and "Nothing was deployed" in result.document["error"]["message"] and ask(STACKS) == {}, result


def it_is_deployed_from_nothing():
    result = deploy()
    KNOWN.update(result.document["outputs"])
    assert KNOWN["IngestPath"] == "Direct" and KNOWN["SiteUrl"].startswith("https://") and KNOWN["LakeBucket"], KNOWN
    assert ask(STACKS) == {"harbour-lake": "CREATE_COMPLETE", "harbour": "UPDATE_COMPLETE"}
    assert "CREATE_COMPLETE  LakeBucket" in result.err and "CREATE_COMPLETE  Transform" in result.err, result.err
    outputs = PLACE.do("--json", "stack", "outputs").document["outputs"]
    assert outputs == KNOWN, "the name is known from the journal"
    tables = result.document["tables"]
    assert (tables["from"] is None) != (tables["problem"] is None), tables
    print(f"# tables: {tables}")


def a_second_time_there_is_nothing_to_do():
    parts = deploy().document["parts"]
    assert [(part["stack"], part["changes"]) for part in parts] == [("harbour-lake", []), ("harbour", [])], parts
    assert PLACE.do("--json", "stack", "status").document["door"] == "open"


def guests_answers_come_to_the_cache():
    record = {"id": "01930000-0000-7000-8000-000000000001", "submitted_at": time.strftime("%Y-%m-%dT%H:%M:%S.125Z", time.gmtime()), "store_id": "HARBOUR", "table_id": "1",
              "key": "WRONG", "form_id": "visit", "form_version": 1, "language": "en", "answers": [{"question": "overall", "kind": "smiley", "score": 2}],
              "comment": "The soup was cold. Grüße 😀", "duration_ms": 9000, "website": ""}
    told = ask(GUEST, KNOWN["IdentityPool"], KNOWN["ResponsesStream"], json.dumps(record), "null")
    KNOWN["keys"] = told["keys"]
    assert told["sent"] == ["allowed"], told
    assert all("AccessDenied" in said or "not authorized" in said for said in told["else"]), told
    assert restaurant.wait_until(lambda: any(key.startswith("raw/responses/") for key in account().objects(KNOWN["LakeBucket"])), 30)
    PLACE.do("lake", "promote", "--bucket", KNOWN["LakeBucket"], timeout=300)
    PLACE.do("sync", timeout=300)
    rows = PLACE.query("SELECT store_id, table_id, verified, channel, comment, duration_ms FROM responses WHERE id = '01930000-0000-7000-8000-000000000001'")
    assert rows == [["harbour", "1", False, "direct", "The soup was cold. Grüße 😀", 9000]], rows


def a_right_key_verifies():
    with open(os.path.join(PLACE.workspace, ".sobremesa", "card.key"), "rb") as file:
        secret = file.read()
    key = base64.b32encode(hmac.new(secret, b"HARBOUR\x1f2\x1f1", hashlib.sha256).digest()[:10]).decode()
    record = {"id": "01930000-0000-7000-8000-000000000002", "submitted_at": "2026-01-02T20:00:00Z", "store_id": "HARBOUR", "table_id": "2", "key": key,
              "form_id": "visit", "form_version": 1, "language": "en", "answers": []}
    assert ask(GUEST, KNOWN["IdentityPool"], KNOWN["ResponsesStream"], json.dumps(record), json.dumps(KNOWN["keys"]))["sent"] == ["allowed"]

    def arrived():
        PLACE.do("sync", timeout=300)
        return PLACE.query("SELECT verified FROM responses WHERE id = '01930000-0000-7000-8000-000000000002'") == [[True]]

    assert restaurant.wait_until(arrived, 30)


def the_page_sends_to_the_stream_by_itself():
    """The form with the direct transport in a real browser: keys of Cognito, a signature that is checked, the transform, the lake, the cache."""
    port = account().endpoint.rsplit(":", 1)[1]
    flags = [f"--host-resolver-rules=MAP *.amazonaws.com:443 127.0.0.1:{port}", "--ignore-certificate-errors"]
    collector = {"region": "eu-central-1", "pool": KNOWN["IdentityPool"], "responses": KNOWN["ResponsesStream"], "events": KNOWN["EventsStream"]}
    with guest_cloud.Cloud() as site:
        site.policy = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https://cognito-identity.eu-central-1.amazonaws.com "
                       "https://firehose.eu-central-1.amazonaws.com; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
        with PLACE.intake() as base:
            card = PLACE.do("--json", "cards", "--table", "harbour/7", "--base", base, "--output", PLACE.path("card.pdf")).document["cards"][0]["url"]
            site.take_page("/form", base, card + "?lang=en", os.path.join(sys.argv[1], "form-direct.js"), collector)
            site.take_menu(base)
        with browser.Browser(flags=flags) as chromium, form_page.open_form(chromium, f"{site.base}/form") as page:
            form_page.pick(page, "overall", 1)
            form_page.rate_dish(page, "cod", 2)
            page.click("textarea[name=comment]")
            page.type("Sent from the page itself")
            form_page.send(page)

    def arrived():
        PLACE.do("sync", timeout=300)
        return PLACE.query("SELECT table_id, verified, channel FROM responses WHERE comment = 'Sent from the page itself'") == [["7", True, "direct"]]

    assert restaurant.wait_until(arrived, 60)
    said = PLACE.query("SELECT a.item, a.score FROM answers a JOIN responses r ON r.id = a.id WHERE r.comment = 'Sent from the page itself' AND a.item IS NOT NULL")
    assert [[item, float(score)] for item, score in said] == [["cod", 2.0]], said


def a_pause_shuts_the_door_at_once():
    def sent():
        return ask(GUEST, KNOWN["IdentityPool"], KNOWN["ResponsesStream"] + "," + KNOWN["EventsStream"], "{}", json.dumps(KNOWN["keys"]))["sent"]

    for _ in range(2):
        assert PLACE.do("--json", "stack", "pause").document["door"] == "shut"
        assert all("AccessDenied" in said for said in sent()), "keys that a guest has already are refused too"
    assert PLACE.do("--json", "stack", "status").document["door"] == "shut"
    for _ in range(2):
        assert PLACE.do("--json", "stack", "resume").document["door"] == "open"
        assert sent() == ["allowed", "allowed"]


def a_failing_change_is_taken_back_and_explained():
    before = PLACE.do("--json", "stack", "outputs").document
    result = PLACE.run("--json", "stack", "deploy", "--yes", "--parameter", "RejectedShare=20", timeout=300)
    assert result.status == 1, result
    message = result.document["error"]["message"]
    assert "Rejected (AWS::CloudWatch::Alarm)" in message and "metric math" in message and "nothing is lost" in message, message
    assert ask(STACKS)["harbour"] == "UPDATE_ROLLBACK_COMPLETE"
    assert PLACE.do("--json", "stack", "outputs").document == before
    events = PLACE.do("--json", "stack", "events").document["parts"][1]
    assert events["cause"]["resource"] == "Rejected" and "metric math" in events["cause"]["reason"], events["cause"]
    text = PLACE.do("stack", "events", "--count", "3").out
    assert text.index("What went wrong first:") < text.index("metric math") < text.index("All events:"), text


def an_unknown_parameter_is_refused():
    result = PLACE.run("stack", "deploy", "--yes", "--parameter", "Colour=red")
    assert result.status == 1 and "Colour" in result.err, result
    assert PLACE.run("stack", "plan", "--stack", "Not a name").status == 2


def anothers_stack_is_left_alone():
    ask(FOREIGN)
    result = PLACE.run("--json", "stack", "deploy", "--stack", "theirs", "--yes", timeout=120)
    assert result.status == 1 and "not Sobremesa's" in result.document["error"]["message"], result
    result = PLACE.run("--json", "stack", "delete", "--stack", "theirs", "--confirm", "theirs", timeout=120)
    assert result.status == 1 and ask(STACKS)["theirs"] == "CREATE_COMPLETE", result


def remove_all(name, bucket):
    PLACE.do("stack", "delete", "--stack", name, "--confirm", name, "--lake", "--confirm-lake", bucket, timeout=300)
    assert not [stack for stack in ask(STACKS) if stack.startswith(name)]


def killed_at_any_moment_it_converges():
    """The moments are spread over what a deploy takes on this machine."""
    started = time.monotonic()
    whole = PLACE.do("--json", "stack", "deploy", "--stack", "killed-never", "--yes", *SET, timeout=300)
    seconds, unfinished = time.monotonic() - started, 0
    remove_all("killed-never", whole.document["outputs"]["LakeBucket"])
    for number in range(7):
        name = f"killed-{number}"
        command = ["--json", "stack", "deploy", "--stack", name, "--yes", *SET]
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            process = PLACE.start(*command, stdout=nowhere, stderr=nowhere)
            time.sleep(seconds * (number + 0.5) / 9)
            unfinished += process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        result = PLACE.do(*command, timeout=300)
        assert result.document["outputs"]["SiteUrl"], result
        mine = {stack: state for stack, state in ask(STACKS).items() if stack.startswith(name)}
        assert set(mine) == {name, f"{name}-lake"} and set(mine.values()) <= {"CREATE_COMPLETE", "UPDATE_COMPLETE"}, mine
        remove_all(name, result.document["outputs"]["LakeBucket"])
    print(f"# {unfinished} of 7 were killed before their end")
    assert unfinished >= 4


def nothing_is_removed_without_its_name():
    for arguments in ([], ["--confirm", "harbor"], ["--lake", "--confirm", "harbour"], ["--lake", "--confirm", "harbour", "--confirm-lake", "lake"]):
        result = PLACE.run("--json", "stack", "delete", "--stack", "harbour", *arguments, timeout=120)
        assert result.status == 1 and result.document["error"]["domain"] == "sobre-stack-error-quark", result
    assert "harbour" in ask(STACKS)


def the_lake_outlives_the_rest():
    objects = account().objects(KNOWN["LakeBucket"])
    PLACE.do("stack", "delete", "--stack", "harbour", "--confirm", "harbour", timeout=300)
    assert [stack for stack in ask(STACKS) if stack.startswith("harbour")] == ["harbour-lake"]
    assert KNOWN["SiteBucket"] not in ask(BUCKETS) and account().objects(KNOWN["LakeBucket"]) == objects and len(objects) > 100
    again = deploy().document
    assert again["outputs"]["LakeBucket"] == KNOWN["LakeBucket"] and again["parts"][0]["changes"] == [], again["parts"][0]
    assert account().objects(KNOWN["LakeBucket"]) == objects


def the_lake_goes_when_its_name_is_typed():
    told = PLACE.do("--json", "stack", "delete", "--stack", "harbour", "--confirm", "harbour", "--lake", "--confirm-lake", KNOWN["LakeBucket"], timeout=300).document
    assert told == {"stack": "harbour", "lake_removed": True}
    assert not os.path.exists(os.path.join(PLACE.workspace, ".sobremesa", "deploy-journal", "site")), "cards lead there no longer"
    assert list(ask(STACKS)) == ["theirs"] and ask(BUCKETS) == ["unused"], (ask(STACKS), ask(BUCKETS))


def main():
    try:
        tap.run([(function.__name__.replace("_", " "), function) for function in (
            the_plan_tells_and_leaves_nothing, what_speaks_against_it_is_told_first, nothing_is_deployed_unasked, it_is_deployed_from_nothing, cards_lead_to_the_site, a_second_time_there_is_nothing_to_do, guests_answers_come_to_the_cache,
            a_right_key_verifies, the_page_sends_to_the_stream_by_itself, a_pause_shuts_the_door_at_once, a_failing_change_is_taken_back_and_explained, an_unknown_parameter_is_refused,
            anothers_stack_is_left_alone, killed_at_any_moment_it_converges, nothing_is_removed_without_its_name, the_lake_outlives_the_rest,
            the_lake_goes_when_its_name_is_typed)])
    finally:
        for double in ACCOUNTS:
            double.__exit__()
        PLACE.__exit__()


if __name__ == "__main__":
    main()
