#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the templates as they are sent: their size, what linters say, who may do what, and that no data goes with a stack.

With --print it writes the golden file of rights anew; whoever commits a change of that file has read it.
"""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SOBRE_TEST_SOURCE"], "tests", "lib"))

import peers
import stack_template
import tap

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "rights.json")
DEPLOY_GOLDEN = os.path.join(HERE, "deploy-rights.json")
# Services whose resources AWS names by itself, or whose calls name none.
WITHOUT_NAMES = {"cloudformation:DescribeStackDriftDetectionStatus", "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudfront", "cognito-identity",
                 "iam:GetAccountSummary", "iam:SimulatePrincipalPolicy", "kms", "lambda:GetAccountSettings", "quicksight:ListDashboards"}
REASONS = os.path.join(os.environ["SOBRE_TEST_SOURCE"], "infra", "checkov-reasons.yaml")
MOST_BYTES = 46000
# Lambda's service does not say for which function it takes a role, so a condition on that would keep it from taking any.
WITHOUT_SOURCE = {"lambda.amazonaws.com"}


def each(kind):
    for name in stack_template.NAMES:
        for logical, resource in stack_template.load(name)["Resources"].items():
            if resource["Type"] == kind:
                yield name, logical, resource


def listed(value):
    return value if isinstance(value, list) else [value]


def flatten(statements):
    """The statements of a policy, those behind a condition too."""
    for statement in listed(statements):
        if "Fn::If" in statement:
            yield from (one for one in statement["Fn::If"][1:] if "Effect" in one)
        else:
            yield statement


def policies():
    """(template, where, statement) of every policy."""
    for name in stack_template.NAMES:
        for logical, resource in stack_template.load(name)["Resources"].items():
            own = resource.get("Properties", {})
            documents = [("trust", own.get("AssumeRolePolicyDocument")), ("policy", own.get("PolicyDocument")), ("key", own.get("KeyPolicy"))]
            documents += [(policy["PolicyName"], policy["PolicyDocument"]) for policy in own.get("Policies", [])]
            for where, document in documents:
                for statement in flatten(document["Statement"]) if document else ():
                    yield name, f"{logical}.{where}", statement


def make_golden():
    golden = {}
    for name, where, statement in policies():
        golden.setdefault(name, {}).setdefault(where, []).append(
            {key: statement[key] for key in ("Effect", "Principal", "Action", "Resource", "Condition") if key in statement})
    return json.dumps(golden, indent=1, sort_keys=True) + "\n"


def no_template_is_too_large():
    for name in stack_template.NAMES:
        size = os.path.getsize(stack_template.path(name))
        print(f"# {name}: {size} bytes")
        assert size <= MOST_BYTES, f"{name} has {size} bytes"


def cfn_lint_finds_nothing():
    python = peers.python("cfn-lint==1.58.0")
    for name in stack_template.NAMES:
        region = "us-east-1" if name == "waf" else "eu-central-1"
        done = subprocess.run([os.path.join(os.path.dirname(python), "cfn-lint"), "-c", "I", "--regions", region, "--", stack_template.path(name)],
                              check=False, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0 and done.stdout.strip() == "", done.stdout + done.stderr


def read_reasons():
    import yaml
    with open(REASONS, encoding="utf-8") as file:
        reasons = yaml.safe_load(file)
    assert all(len(reason) > 20 for resources in reasons.values() for checks in resources.values() for reason in checks.values())
    return {(name, resource, check) for name, resources in reasons.items() for resource, checks in resources.items() for check in checks}


def checkov_finds_what_has_a_reason():
    python = peers.python("checkov==3.3.30")
    found = set()
    for name in stack_template.NAMES:
        done = subprocess.run([os.path.join(os.path.dirname(python), "checkov"), "--framework", "cloudformation", "--skip-download", "--compact",
                               "-o", "json", "-f", stack_template.path(name)], check=False, capture_output=True, text=True, timeout=300)
        told = json.loads(done.stdout)
        assert told["summary"]["parsing_errors"] == 0 and told["summary"]["passed"] > 0, told["summary"]
        found |= {(name, check["resource"].rsplit(".", 1)[1], check["check_id"]) for check in told["results"]["failed_checks"]}
    reasons = read_reasons()
    assert found == reasons, f"without a reason: {found - reasons}; no longer needed: {reasons - found}"


def rights_are_those_of_the_golden_file():
    with open(GOLDEN, encoding="utf-8") as file:
        golden = file.read()
    assert make_golden() == golden, "the rights have changed: run this test's program with --print, read the difference, commit it"


def the_guest_may_put_records_and_nothing_else():
    template = stack_template.load("template")["Resources"]
    role = template["GuestRole"]["Properties"]
    statements = [statement for policy in role["Policies"] for statement in flatten(policy["PolicyDocument"]["Statement"])]
    streams = [{"Fn::GetAtt": ["Responses", "Arn"]}, {"Fn::GetAtt": ["Events", "Arn"]}]
    assert statements == [{"Effect": "Allow", "Action": "firehose:PutRecord", "Resource": streams}], statements
    assert "ManagedPolicyArns" not in role
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"] == {"StringEquals": {"cognito-identity.amazonaws.com:aud": {"Ref": "Guests"}},
                                  "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"}}, trust
    assert template["Guests"]["Properties"]["AllowClassicFlow"] is False
    assert set(template["GuestRoles"]["Properties"]["Roles"]) == {"unauthenticated"}


def nobody_may_do_everything():
    for name, where, statement in policies():
        if statement["Effect"] != "Allow" or where == "Key.key":
            continue
        assert not any("*" in action for action in listed(statement["Action"])), (name, where)
        assert "*" not in listed(statement.get("Resource", [])), (name, where)
        assert statement.get("Principal") != "*", (name, where)


def services_act_for_this_account_only():
    seen = 0
    for name, where, statement in policies():
        principal = statement.get("Principal")
        service = principal.get("Service") if isinstance(principal, dict) else None
        if statement["Effect"] != "Allow" or service is None or str(service) in WITHOUT_SOURCE:
            continue
        seen += 1
        text = json.dumps(statement.get("Condition", {}))
        assert "aws:SourceAccount" in text or "aws:SourceArn" in text, (name, where)
    assert seen >= 8, seen


def buckets_are_closed_and_kept():
    seen = 0
    for name, logical, resource in each("AWS::S3::Bucket"):
        seen += 1
        own = resource["Properties"]
        assert resource["DeletionPolicy"] == "RetainExceptOnCreate" and resource["UpdateReplacePolicy"] == "Retain", logical
        assert set(own["PublicAccessBlockConfiguration"].values()) == {True} and len(own["PublicAccessBlockConfiguration"]) == 4, logical
        assert own["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}] and own["VersioningConfiguration"]["Status"] == "Enabled"
        rules = own["LifecycleConfiguration"]["Rules"]
        assert any(rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation", 9) <= 2 for rule in rules), logical
        denials = {json.dumps(statement["Condition"]) for where, at, statement in policies()
                   if where == name and at == f"{logical}Policy.policy" and statement["Effect"] == "Deny" and statement["Principal"] == "*"}
        assert denials == {'{"Bool": {"aws:SecureTransport": false}}', '{"NumericLessThan": {"s3:TlsVersion": "1.2"}}'}, (logical, denials)
    assert seen == 3, seen
    keys = list(each("AWS::KMS::Key"))
    assert len(keys) == 1 and keys[0][2]["UpdateReplacePolicy"] == "Retain" and keys[0][2]["Properties"]["EnableKeyRotation"]


def a_role_has_no_name_and_code_no_bucket():
    for name in stack_template.NAMES:
        for logical, resource in stack_template.load(name)["Resources"].items():
            assert not {"RoleName", "PolicyName", "UserName", "GroupName"} & set(resource.get("Properties", {})), (name, logical)
            if resource["Type"] == "AWS::Lambda::Function":
                assert set(resource["Properties"]["Code"]) == {"ZipFile"}, logical


def tables_are_projected_without_a_location_template():
    names = set()
    for _, logical, resource in each("AWS::Glue::Table"):
        table = resource["Properties"]["TableInput"]
        names.add(table["Name"])
        assert table["Parameters"]["projection.dt.type"] == "date" and "storage.location.template" not in table["Parameters"], logical
        assert [key["Name"] for key in table["PartitionKeys"]] == ["dt"], logical
    assert names == {f"{form}_{dataset}" for form in ("raw", "parquet") for dataset in ("responses", "events", "orders")}, names


def rejects_stay_apart_and_nothing_is_converted():
    for logical in ("Responses", "Events"):
        target = stack_template.load("template")["Resources"][logical]["Properties"]["ExtendedS3DestinationConfiguration"]
        dataset = logical.lower()
        assert target["Prefix"] == f"raw/{dataset}/dt=!{{timestamp:yyyy-MM-dd}}/" and target["CompressionFormat"] == "GZIP", target
        assert target["ErrorOutputPrefix"].startswith(f"errors/{dataset}/") and "S3BackupMode" not in target, target
        assert "DataFormatConversionConfiguration" not in target


def load_deploy_policy():
    with open(os.path.join(stack_template.FOLDER, "deploy-policy.json"), encoding="utf-8") as file:
        return json.load(file)


def make_deploy_golden():
    return json.dumps(load_deploy_policy(), indent=1) + "\n"


def who_deploys_may_do_what_the_golden_file_says():
    with open(DEPLOY_GOLDEN, encoding="utf-8") as file:
        assert file.read() == make_deploy_golden(), "who deploys may do something else; read it, then --print"
    for statement in load_deploy_policy()["Statement"]:
        assert statement["Effect"] == "Allow" and not [action for action in statement["Action"] if action.split(":")[1] in ("*", "Put*", "Delete*")], statement
        for action in statement["Action"] if "*" in statement["Resource"] else ():
            assert action in WITHOUT_NAMES or action.split(":")[0] in WITHOUT_NAMES, action


def main():
    if sys.argv[2:] == ["--print"]:
        with open(GOLDEN, "w", encoding="utf-8") as file:
            file.write(make_golden())
        with open(DEPLOY_GOLDEN, "w", encoding="utf-8") as file:
            file.write(make_deploy_golden())
        return
    tap.run([(function.__name__.replace("_", " "), function) for function in (
        no_template_is_too_large, rights_are_those_of_the_golden_file, who_deploys_may_do_what_the_golden_file_says, the_guest_may_put_records_and_nothing_else, nobody_may_do_everything,
        services_act_for_this_account_only, buckets_are_closed_and_kept, a_role_has_no_name_and_code_no_bucket,
        tables_are_projected_without_a_location_template, rejects_stay_apart_and_nothing_is_converted, cfn_lint_finds_nothing,
        checkov_finds_what_has_a_reason)])


if __name__ == "__main__":
    main()
