#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the policy of whoever deploys from deploy-policy.yaml and the types of resources that the built templates have.

usage: build_policy.py POLICY.yaml OUTPUT.json TEMPLATE.json…

In the result @PARTITION@, @REGION@, @ACCOUNT@ and @STACK@ are still to be filled in. A managed policy of IAM may have 6,144 characters, whatever they are filled in with.
"""

import json
import re
import sys

import yaml

MOST = 6144
LONGEST = {"@PARTITION@": "aws-us-gov", "@REGION@": "ap-southeast-1", "@ACCOUNT@": "123456789012", "@STACK@": "a-name-of-twenty-char"[:20]}


def name_resource(short):
    """'s3:::Stack-*' is for every region and account; in 'service:*:rest' the asterisk is where both belong."""
    if short == "*":
        return short
    filled = re.sub(r"^([a-z]+):\*:", r"\1:@REGION@:@ACCOUNT@:", short)
    if filled.startswith("iam:"):
        filled = filled.replace("@REGION@", "", 1)
    return "arn:@PARTITION@:" + filled.replace("Region::", "@REGION@::").replace("Stack", "@STACK@")


def main():
    source, output, *templates = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        policy = yaml.safe_load(file)
    types = set()
    for path in templates:
        with open(path, encoding="utf-8") as file:
            types |= {resource["Type"] for resource in json.load(file)["Resources"].values()}
    wanted = {}
    for grant in policy["Program"] + [policy["Types"][kind] for kind in sorted(types)]:
        wanted.setdefault(tuple(grant["Resource"]), set()).update(grant["Action"])
    for kind in set(policy["Types"]) - types:
        raise SystemExit(f"{source}: no template has {kind}")
    statements = [{"Effect": "Allow", "Action": sorted(actions), "Resource": [name_resource(short) for short in resources]}
                  for resources, actions in sorted(wanted.items())]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
    filled = text
    for place, longest in LONGEST.items():
        filled = filled.replace(place, longest)
    if len(filled) > MOST:
        raise SystemExit(f"{source}: {len(filled)} characters are more than a policy may have")
    with open(output, "w", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    main()
