#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stack whose guests go through an API: it is deployed and its site is published on an AWS of loopback, which makes the API's resources but does not run its mappings. What the API does
with a request is held by api-mapping, what "stack test" does with the API by stack-guest, and what the page does by form-transports."""

import gzip
import json
import os
import re
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import aws_double
import peers
import restaurant
import tap

PLACE = restaurant.Restaurant()
SET = ["--parameter", "RejectedShare=0"]
KNOWN = {}


def deploy(*more):
    return PLACE.do("--json", "stack", "deploy", "--stack", "harbour", "--yes", *SET, *more, timeout=300).document


def client(name):
    import boto3  # pylint: disable=import-outside-toplevel # it is a peer's
    account = KNOWN["account"]
    return boto3.client(name, endpoint_url=account.endpoint, region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test",
                        verify=account.certificate)


def page():
    """(the text of the English form's page, its script's)"""
    objects = KNOWN["account"].objects(KNOWN["outputs"]["SiteBucket"])
    text = gzip.decompress(objects["public/form/en.html"]).decode()
    (script,) = re.findall('src="/(assets/form[^"]*[.]js)"', text)
    return text, gzip.decompress(objects["public/" + script]).decode(), script


def it_is_deployed_with_an_api():
    peers.use(*aws_double.REQUIREMENTS)
    KNOWN["account"] = aws_double.Account("unused", [], tls=True)
    KNOWN["account"].policy = PLACE.do("--json", "stack", "policy", "--stack", "harbour", "--region", "eu-central-1").out
    KNOWN["account"].__enter__()
    PLACE.env.update(KNOWN["account"].environment())
    PLACE.do("init", "--sample")
    shutil.rmtree(os.path.join(PLACE.workspace, "lake", "raw"))
    told = deploy("--parameter", "IngestPath=Api")
    KNOWN["outputs"] = told["outputs"]
    assert told["outputs"]["IngestPath"] == "Api" and told["outputs"]["ApiUrl"].startswith("https://") and "IdentityPool" not in told["outputs"], told["outputs"]
    again = deploy()
    assert [part["changes"] for part in again["parts"]] == [[], []] and again["site"]["files"] == 0, again


def the_page_sends_to_the_api_and_knows_no_stream():
    text, script, name = page()
    data = json.loads(re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', text, re.DOTALL)[1])
    assert data["collector"] == {"url": KNOWN["outputs"]["ApiUrl"]} and name.startswith("assets/form-api."), (data["collector"], name)
    assert "cognito" not in (text + script).lower() and "firehose" not in (text + script).lower()


def the_api_has_two_methods_that_end_in_the_streams():
    gateway = client("apigateway")
    (api,) = gateway.get_rest_apis()["items"]
    found = {}
    for resource in gateway.get_resources(restApiId=api["id"])["items"]:
        for method in resource.get("resourceMethods", {}):
            if method == "POST":
                got = gateway.get_method(restApiId=api["id"], resourceId=resource["id"], httpMethod=method)
                found[resource["path"]] = got["methodIntegration"]
    assert set(found) == {"/responses", "/events"}, found
    for path, integration in found.items():
        stream = KNOWN["outputs"]["ResponsesStream" if path == "/responses" else "EventsStream"]
        assert all(stream in template for template in integration["requestTemplates"].values()) and integration["passthroughBehavior"] == "NEVER", (path, integration)


def what_cannot_be_reached_is_no_success():
    """The API's name is nobody's here."""
    result = PLACE.run("--json", "stack", "test", timeout=300)
    states = {check["name"]: check["state"] for check in result.document["checks"]}
    assert result.status == 1 and states == {"sent": "fails"}, result


def back_to_the_streams_the_page_follows():
    told = deploy("--parameter", "IngestPath=Direct", "--confirm", "harbour")
    KNOWN["outputs"] = told["outputs"]
    assert "ApiUrl" not in told["outputs"] and told["site"]["files"] > 0, told
    text, script, name = page()
    assert name.startswith("assets/form-direct.") and told["outputs"]["IdentityPool"] in text and "cognito" in script


def main():
    try:
        tap.run([(function.__name__.replace("_", " "), function) for function in (
            it_is_deployed_with_an_api, the_page_sends_to_the_api_and_knows_no_stream, the_api_has_two_methods_that_end_in_the_streams,
            what_cannot_be_reached_is_no_success, back_to_the_streams_the_page_follows)])
    finally:
        if "account" in KNOWN:
            KNOWN["account"].__exit__()
        PLACE.__exit__()


if __name__ == "__main__":
    main()
