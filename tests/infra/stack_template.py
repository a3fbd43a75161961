# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built templates, and the code of their functions as it is deployed. The first argument of a test is the folder that they were built in."""

import json
import os
import re
import sys

FOLDER = sys.argv[1]
NAMES = ("lake", "quicksight", "template", "waf")


def path(name):
    return os.path.join(FOLDER, name + ".json")


def load(name):
    with open(path(name), encoding="utf-8") as file:
        return json.load(file)


def function(resource):
    """The names that the code of a Lambda function of template.json defines."""
    code = load("template")["Resources"][resource]["Properties"]["Code"]["ZipFile"]
    names = {"__name__": resource}
    exec(code, names)  # pylint: disable=exec-used # it is ours, and this is how Lambda runs it
    return names


def resolve(value, answers):
    """A value with Fn::Sub, Ref and Fn::If answered: names and conditions are looked up in answers."""
    if isinstance(value, list):
        return [resolve(item, answers) for item in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return answers[value["Ref"]]
    if "Fn::GetAtt" in value:
        return answers[".".join(value["Fn::GetAtt"])]
    if "Fn::If" in value:
        condition, yes, no = value["Fn::If"]
        return resolve(yes if answers[condition] else no, answers)
    if "Fn::Sub" in value:
        text, more = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
        known = {**answers, **resolve(more, answers)}
        return re.sub(r"\$\{([A-Za-z:.]+)\}", lambda match: known[match.group(1)], text)
    return {name: resolve(member, answers) for name, member in value.items()}
