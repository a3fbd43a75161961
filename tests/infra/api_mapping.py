#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API makes of a guest's request and of Firehose's reply: the mapping templates evaluated, the patterns matched, the models held against the corpus."""

import base64
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import peers
import record_corpus
import stack_template
import tap

ANSWERS = {"Responses": "x-responses", "Events": "x-events", "HasSite": True, "HasDomain": False, "Distribution.DomainName": "d1.cloudfront.net"}
POSTS = ("ResponsesPost", "EventsPost")


def method(name):
    return stack_template.load("template")["Resources"][name]["Properties"]


class Input:
    """$input, as far as the templates ask it."""

    def __init__(self, body):
        self.body = body

    def path(self, expression):
        assert expression == "$"
        return json.loads(self.body)

    def json(self, expression):
        place = re.fullmatch(r"\$\[(\d+)\]", expression)
        return json.dumps(json.loads(self.body)[int(place.group(1))], separators=(",", ":"), ensure_ascii=False)


class Util:
    """$util."""

    @staticmethod
    def base64Encode(text):  # pylint: disable=invalid-name # API Gateway's name
        return base64.b64encode(text.encode()).decode()


def evaluate(name, kind, body):
    """What is sent to Firehose for a request."""
    peers.use("airspeed==0.6.0")
    import airspeed
    template = stack_template.resolve(method(name)["Integration"]["RequestTemplates"][kind], ANSWERS)
    return json.loads(airspeed.Template(template).merge({"input": Input(body), "util": Util}))


def reply(name, status):
    """The status, headers and body that a guest gets for a status of Firehose's: the first pattern that fits the whole of it, else the reply without one."""
    replies = method(name)["Integration"]["IntegrationResponses"]
    fitting = [one for one in replies if "SelectionPattern" in one and re.fullmatch(one["SelectionPattern"], str(status))]
    (chosen,) = fitting or [one for one in replies if "SelectionPattern" not in one]
    headers = {key.rsplit(".", 1)[1]: value for key, value in stack_template.resolve(chosen.get("ResponseParameters", {}), ANSWERS).items()}
    return chosen["StatusCode"], headers, json.loads(chosen["ResponseTemplates"]["application/json"])


def an_answer_becomes_one_record():
    bodies = [body.decode() for dataset, body in record_corpus.good(40) if dataset == "responses"]
    for kind in ("application/json", "text/plain"):
        for body in bodies:
            sent = evaluate("ResponsesPost", kind, body)
            assert sent["DeliveryStreamName"] == "x-responses" and set(sent) == {"DeliveryStreamName", "Record"}
            assert base64.b64decode(sent["Record"]["Data"]).decode() == body


def steps_become_lines_of_one_record():
    events = [{**record_corpus.EVENT, "target": "gr\u00fcn \U0001f600 \"x\" $foreach #end"}, record_corpus.EVENT, {**record_corpus.EVENT, "ms": 13}]
    for kind in ("application/json", "text/plain"):
        for some in (events, events[:1]):
            sent = evaluate("EventsPost", kind, json.dumps(some))
            lines = base64.b64decode(sent["Record"]["Data"]).decode()
            assert sent["DeliveryStreamName"] == "x-events" and lines.endswith("\n"), sent
            assert [json.loads(line) for line in lines.splitlines()] == some, lines


def what_the_stream_refuses_is_never_a_success():
    for name in POSTS:
        for status, wanted in ((200, 200), (400, 502), (403, 502), (429, 502), (500, 503), (502, 503), (503, 503), (504, 503)):
            told, headers, body = reply(name, status)
            assert told == wanted, (name, status, told)
            assert headers == {"Access-Control-Allow-Origin": "'https://d1.cloudfront.net'"}, headers
            assert ("error" in body) == (wanted != 200) and ("stored" in body) == (wanted == 200), body


def every_reply_may_be_read_by_the_forms_page_only():
    for name in POSTS:
        declared = {one["StatusCode"]: one["ResponseParameters"] for one in method(name)["MethodResponses"]}
        assert declared == {status: {"method.response.header.Access-Control-Allow-Origin": True} for status in (200, 502, 503)}, declared
    kinds = set()
    for name in ("Refusals", "Failures"):
        own = method(name)
        kinds.add(own["ResponseType"])
        for domain, origin in ((False, "'https://d1.cloudfront.net'"), (True, "'https://form.example.org'")):
            answers = {**ANSWERS, "HasDomain": domain, "DomainName": "form.example.org"}
            assert list(stack_template.resolve(own["ResponseParameters"], answers).values()) == [origin]
        assert "$context.error.responseType" in own["ResponseTemplates"]["application/json"]
    assert kinds == {"DEFAULT_4XX", "DEFAULT_5XX"}


def nothing_passes_without_a_model_and_a_limit():
    resources = stack_template.load("template")["Resources"]
    for name, model in zip(POSTS, ("ResponsesModel", "EventsModel")):
        own = method(name)
        assert own["RequestModels"] == {"application/json": {"Ref": model}, "$default": {"Ref": model}} and own["RequestValidatorId"] == {"Ref": "Validator"}
        assert own["Integration"]["PassthroughBehavior"] == "NEVER" and set(own["Integration"]["RequestTemplates"]) == {"application/json", "text/plain"}
    assert method("Validator")["ValidateRequestBody"] is True
    (settings,) = resources["Stage"]["Properties"]["MethodSettings"]
    assert settings["DataTraceEnabled"] is False and settings["ThrottlingRateLimit"] == {"Ref": "RequestsPerSecond"} and settings["ThrottlingBurstLimit"] > 0
    copies = [name for name, resource in resources.items() if resource["Type"] == "AWS::ApiGateway::Deployment"]
    assert len(copies) == 3 and all(re.fullmatch("Deployment(Bare|Site|Domain)[0-9a-f]{8}", name) for name in copies), copies
    assert all(set(resources[name]["DependsOn"]) == {"ResponsesPost", "EventsPost", "Refusals", "Failures"} for name in copies)


def the_models_take_what_the_gate_takes():
    peers.use("jsonschema==4.23.0")
    import jsonschema
    validators = {name: jsonschema.Draft4Validator(method(model)["Schema"]) for name, model in (("responses", "ResponsesModel"), ("events", "EventsModel"))}
    taken = 0
    for dataset, body in record_corpus.good(2000):
        document = json.loads(body) if dataset == "responses" else [json.loads(line) for line in body.split(b"\n") if line]
        fault = jsonschema.exceptions.best_match(validators[dataset].iter_errors(document))
        assert fault is None, (fault.message, body)
        taken += 1
    refused = 0
    for dataset, body in record_corpus.bad(200):
        try:
            document = json.loads(body) if dataset == "responses" else [json.loads(line) for line in body.split(b"\n")]
        except ValueError:
            refused += 1
            continue
        refused += not validators[dataset].is_valid(document)
    print(f"# the models refuse {refused} of 200 bad bodies; the others are the transform's")
    assert taken == 2000 and refused > 130, (taken, refused)


def main():
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        what_the_stream_refuses_is_never_a_success, every_reply_may_be_read_by_the_forms_page_only, nothing_passes_without_a_model_and_a_limit,
        an_answer_becomes_one_record, steps_become_lines_of_one_record, the_models_take_what_the_gate_takes)])


if __name__ == "__main__":
    main()
