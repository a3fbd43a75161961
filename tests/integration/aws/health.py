#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a stack fares and what it costs, told by an AWS of loopback that keeps figures and alarms. It meters nothing by itself, so the test puts what AWS would have metered."""

import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import restaurant
import tap

PLACE = restaurant.Restaurant()
SET = ["--parameter", "RejectedShare=0"]

CLIENT = """
import boto3, json, sys
def client(name):
    return boto3.client(name, endpoint_url=sys.argv[1], region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")
"""

# Arguments: [namespace, name, dimensions, value, seconds ago] …
METER = CLIENT + """
import datetime
now = datetime.datetime.now(datetime.timezone.utc)
for namespace, name, dimensions, value, ago in json.loads(sys.argv[2]):
    client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[{"MetricName": name, "Value": value, "Timestamp": now - datetime.timedelta(seconds=ago),
        "Dimensions": [{"Name": key, "Value": text} for key, text in dimensions.items()]}])
print("{}")
"""

RESOURCES = CLIENT + """
print(json.dumps({one["LogicalResourceId"]: one["PhysicalResourceId"] for one in client("cloudformation").list_stack_resources(StackName="harbour")["StackResourceSummaries"]}))
"""

RAISE = CLIENT + """
client("cloudwatch").set_alarm_state(AlarmName=sys.argv[2], StateValue=sys.argv[3], StateReason="of a test")
print("{}")
"""

PUT = CLIENT + """
client("s3").put_object(Bucket=sys.argv[2], Key=sys.argv[3], Body=b"x")
print("{}")
"""


class Harbour:
    """A deployed stack."""

    def __init__(self):
        self.account = aws_double.Account("unused", ["*"], tls=True)
        self.account.__enter__()
        PLACE.env.update(self.account.environment())
        PLACE.do("init")
        self.outputs = PLACE.do("--json", "stack", "deploy", "--stack", "harbour", "--yes", *SET, timeout=300).document["outputs"]
        self.resources = self.ask(RESOURCES)

    def ask(self, script, *arguments):
        return json.loads(self.account.run(script, self.account.endpoint, *arguments))

    def meter(self, *points):
        self.ask(METER, json.dumps(points))

    def stream(self, name, value, ago, which="ResponsesStream"):
        self.meter(["AWS/Firehose", name, {"DeliveryStreamName": self.outputs[which]}, value, ago])

    def health(self):
        told = PLACE.do("--json", "stack", "health", timeout=120).document
        return told, {stage["stage"]: stage for stage in told["stages"]}


HARBOUR = []


def harbour():
    if not HARBOUR:
        HARBOUR.append(Harbour())
    return HARBOUR[0]


def a_new_stack_is_not_ill():
    told, stages = harbour().health()
    assert {stage["state"] for stage in stages.values()} == {"good"} and told["answers_until"] is None, told
    assert {alarm["raised"] for alarm in told["alarms"]} == {False} and len(told["alarms"]) == 8, told["alarms"]
    assert {alarm["alarm"] for alarm in told["alarms"]} >= {"LateResponses", "TransformErrors"}, told["alarms"]


def answers_that_do_not_arrive_are_noticed():
    harbour().stream("IncomingRecords", 7, 3600)
    _, stages = harbour().health()
    assert stages["ingest"]["last_success"] and stages["lake"]["state"] == "bad" and "not in the lake yet" in stages["lake"]["why"], stages
    day = time.strftime("%Y-%m-%d", time.gmtime())
    harbour().ask(PUT, harbour().outputs["LakeBucket"], f"raw/responses/dt={day}/x.json.gz")
    told, stages = harbour().health()
    assert stages["lake"]["state"] == "good" and told["answers_until"] == stages["lake"]["last_success"], told
    text = PLACE.do("stack", "health", timeout=120).out
    assert text.startswith("Answers up to ") and "works" in text, text


def refusals_and_alarms_are_told():
    dimensions = {"Stack": "harbour", "Dataset": "responses"}
    harbour().meter(["Sobremesa", "Accepted", dimensions, 10, 600], ["Sobremesa", "Rejected", dimensions, 6, 600])
    told, stages = harbour().health()
    assert (told["accepted_last_hour"], told["rejected_last_hour"], stages["ingest"]["state"]) == (10, 6, "attention"), told
    name = harbour().resources["TransformErrors"]
    harbour().ask(RAISE, name, "ALARM")
    told, stages = harbour().health()
    assert stages["ingest"]["state"] == "bad" and "gate" in stages["ingest"]["why"], stages
    assert [alarm["alarm"] for alarm in told["alarms"] if alarm["raised"]] == ["TransformErrors"], told["alarms"]
    assert "Alarm TransformErrors since" in PLACE.do("stack", "health", timeout=120).out
    harbour().ask(RAISE, name, "OK")


def a_pause_is_told():
    PLACE.do("stack", "pause", timeout=120)
    _, stages = harbour().health()
    assert stages["ingest"]["state"] == "attention" and "Paused" in stages["ingest"]["why"], stages
    PLACE.do("stack", "resume", timeout=120)


def the_month_is_counted_from_what_was_metered():
    def cost():
        told = PLACE.do("--json", "stack", "cost", timeout=120).document
        return told, {line["what"]: line["dollars"] for line in told["lines"]}

    before = cost()[1]
    now = time.gmtime()
    ago = 60 if (now.tm_mday, now.tm_hour, now.tm_min) > (1, 0, 1) else 0
    harbour().stream("IncomingRecords", 2_000_000, ago, "EventsStream")
    harbour().stream("DeliveryToS3.Success", 1000, ago, "EventsStream")
    harbour().meter(["AWS/Lambda", "Invocations", {"FunctionName": harbour().resources["Transform"]}, 1_000_000, ago])
    told, after = cost()
    gained = {name: round(after[name] - before[name], 4) for name in after}
    assert gained["Streams"] == 0.29 and gained["Functions"] == 0.2 and abs(gained["Lake"] - 0.005) < 0.0002, gained
    assert abs(told["until_now"] - sum(after.values())) < 1e-9 and told["whole_month"] >= told["until_now"], told
    assert "so far this month" in PLACE.do("stack", "cost", timeout=120).out


def what_may_not_be_seen_is_not_known():
    account = harbour().account
    script = CLIENT + """
client("iam").put_user_policy(UserName="maria", PolicyName="lake", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["cloudformation:*", "iam:*", "sts:*"], "Resource": "*"}]}))
print("{}")
"""
    account.run(script, account.endpoint)
    _, stages = harbour().health()
    assert {stages[name]["state"] for name in ("form", "ingest", "lake")} == {"unknown"} and "may not look" in stages["lake"]["why"], stages


def main():
    try:
        tap.run([(function.__name__.replace("_", " "), function) for function in (
            a_new_stack_is_not_ill, answers_that_do_not_arrive_are_noticed, refusals_and_alarms_are_told, a_pause_is_told, the_month_is_counted_from_what_was_metered,
            what_may_not_be_seen_is_not_known)])
    finally:
        for place in HARBOUR:
            place.account.__exit__()
        PLACE.__exit__()


if __name__ == "__main__":
    main()
