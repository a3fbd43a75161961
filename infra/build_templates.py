#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a template in YAML into the compact JSON that is sent to CloudFormation.

usage: build_templates.py TEMPLATE.yaml RULES.json OUTPUT.json

Beside CloudFormation's short forms a template may say
  !Code NAME      the code of infra/functions/NAME, without comments and docstrings; Python is packed
  !Model DATASET  the JSON schema of what guests send, from the rules of data/lake/rules.json
  !Table {…}      a Glue table of a dataset, raw or parquet
  !Alarm {…}      an alarm on one metric
"""

import ast
import base64
import hashlib
import json
import os
import re
import sys
import zlib

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN = ("Ref", "Condition")
FUNCTIONS = ("Sub", "GetAtt", "If", "Equals", "Not", "And", "Or", "Join", "Select")
ID_PATTERN = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
TIME_PATTERN = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$"
PERIOD = 300

# What a dataset's columns are: name and type in the Parquet files; in raw files times are texts.
ANSWERS = "array<struct<question:string,kind:string,score:double,choice:string,text:string,item:string>>"
COLUMNS = {
    "responses": "v int,id string,submitted_at timestamp,received_at timestamp,store_id string,table_id string,verified boolean,form_id string,form_version int,"
                 f"language string,answers {ANSWERS},comment string,duration_ms bigint,channel string,suspicion double",
    "events": "v int,id string,at timestamp,received_at timestamp,visit string,store_id string,table_id string,page string,action string,target string,ms bigint",
    "orders": "v int,id string,at timestamp,store_id string,table_id string,item_id string,item string,quantity bigint,amount double,currency string",
}
FORMATS = {
    "raw": ("org.apache.hadoop.mapred.TextInputFormat", "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe", "Parameters": {"ignore.malformed.json": "true"}}),
    "parquet": ("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}),
}


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms and those above."""

    rules = None


def literal(value):
    """A Python literal without spaces; its texts are in single quotes, which JSON does not escape."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{literal(key)}:{literal(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(literal(item) for item in value) + "]"
    return repr(value)


def strip_python(text, rules):
    """Code of the same meaning, as short as lines that can still be read allow."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and isinstance(getattr(body[0].value, "value", None), str):
            body[0:1] = [] if len(body) > 1 else [ast.Pass()]
    code = ast.unparse(tree)
    assert "\\\n" not in code and "'''" not in code and '"""' not in code
    lines = [re.sub("^ +", lambda match: " " * (len(match.group()) // 4), line) for line in code.splitlines() if line]
    kept = {**rules, "datasets": {name: rules["datasets"][name] for name in ("responses", "events")}}
    return "\n".join(lines).replace("'@RULES@'", literal(kept)) + "\n"


def pack(name, code):
    """Code that unpacks and runs itself: a template that is sent as it is may have 51,200 bytes."""
    packed = base64.b85encode(zlib.compress(code.encode(), 9)).decode()
    return f"# infra/functions/{name}, packed by the build\nimport base64,zlib\nexec(zlib.decompress(base64.b85decode('{packed}')))\n"


def strip_javascript(text):
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def construct_code(loader, node):
    name = loader.construct_scalar(node)
    with open(os.path.join(HERE, "functions", name), encoding="utf-8") as file:
        text = file.read()
    if name.endswith(".py"):
        return pack(name, strip_python(text, loader.rules))
    code = strip_javascript(text)
    assert "${" not in code
    return {"Fn::Sub": code.replace("@LANGUAGES@", "${Languages}")}


def make_schema(member):
    kind = member["type"]
    if kind in ("id", "time"):
        return {"type": "string", "pattern": ID_PATTERN if kind == "id" else TIME_PATTERN}
    if kind == "text":
        bounds = {"minLength": member.get("min_bytes"), "maxLength": member.get("max_bytes"), "enum": member.get("values")}
    elif kind == "array":
        bounds = {"maxItems": member["max_items"], "items": make_object(member["items"])}
    else:
        bounds = {"minimum": member.get("minimum"), "maximum": member.get("maximum")}
    return {"type": "string" if kind == "text" else kind, **{key: value for key, value in bounds.items() if value is not None}}


def make_object(rules):
    """Whatever the gate would take passes; what is optional may be null. Lengths are counted in characters, which are never more than bytes."""
    members = [member for member in rules["members"] if "by" not in member]
    schemas = {}
    for member in members:
        schema = make_schema(member)
        if not member.get("required"):
            schema["type"] = [schema["type"], "null"]
        schemas[member["name"]] = schema
    return {"type": "object", "required": [member["name"] for member in members if member.get("required")], "properties": schemas}


def construct_model(loader, node):
    dataset = loader.construct_scalar(node)
    schema = make_object(loader.rules["datasets"][dataset])
    if dataset == "events":
        schema = {"type": "array", "minItems": 1, "maxItems": 50, "items": schema}
    return {"$schema": "http://json-schema.org/draft-04/schema#", **schema}


def construct_table(loader, node):
    wanted = loader.construct_mapping(node, deep=True)
    dataset, form = wanted["dataset"], wanted["format"]
    reader, writer, serde = FORMATS[form]
    columns = [column.split(" ", 1) for column in re.split(r",(?![^<]*>)", COLUMNS[dataset])]
    if form == "raw":
        columns = [(name, "string" if kind == "timestamp" else kind) for name, kind in columns]
    return {"Type": "AWS::Glue::Table", "Properties": {
        "CatalogId": {"Ref": "AWS::AccountId"}, "DatabaseName": {"Ref": "Catalogue"},
        "TableInput": {
            "Name": f"{form}_{dataset}", "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "dt", "Type": "string"}],
            "Parameters": {"projection.enabled": "true", "projection.dt.type": "date", "projection.dt.format": "yyyy-MM-dd",
                           "projection.dt.range": "2020-01-01,NOW+1DAY"},
            "StorageDescriptor": {"Location": {"Fn::Sub": [f"s3://${{Lake}}/{form}/{dataset}/", {"Lake": {"Fn::If": ["Made", {"Ref": "LakeBucket"}, {"Ref": "Bucket"}]}}]}, "InputFormat": reader, "OutputFormat": writer,
                                  "SerdeInfo": serde, "Columns": [{"Name": name, "Type": kind} for name, kind in columns]}}}}


def construct_alarm(loader, node):
    wanted = loader.construct_mapping(node, deep=True)
    namespace, metric = wanted["metric"].split(" ")
    times = wanted.get("times", 1)
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": {
        "Namespace": namespace, "MetricName": metric, "Statistic": wanted["statistic"], "Period": PERIOD,
        "Dimensions": [{"Name": name, "Value": {"Ref": resource}} for name, resource in wanted["of"].items()],
        "ComparisonOperator": "GreaterThanThreshold", "Threshold": wanted["over"], "EvaluationPeriods": times,
        "TreatMissingData": "notBreaching", "AlarmActions": [{"Ref": "Alarms"}]}}


def construct_function(loader, tag, node):
    name = tag[1:] if tag in ("!Ref", "!Condition") else "Fn::" + tag[1:]
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if name == "Fn::GetAtt" else value}
    return {name: loader.construct_sequence(node, deep=True)}


def hash_deployments(template):
    """A deployment copies the API as it is: whatever changes in the API has to make another deployment, which its name does."""
    resources = template["Resources"]
    copied = {name: resource for name, resource in resources.items()
              if resource["Type"].startswith("AWS::ApiGateway::") and resource["Type"].rsplit("::", 1)[1] not in ("Deployment", "Stage")}
    digest = hashlib.sha256(json.dumps(copied, sort_keys=True).encode()).hexdigest()[:8]
    text = json.dumps(template, ensure_ascii=False, separators=(",", ":"))
    return json.loads(re.sub(r'"Deployment(Bare|Site|Domain)"', rf'"Deployment\g<1>{digest}"', text))


def load(path, rules):
    loader = type("TemplateLoader", (Loader,), {"rules": rules})
    loader.add_constructor("!Code", construct_code)
    loader.add_constructor("!Model", construct_model)
    loader.add_constructor("!Table", construct_table)
    loader.add_constructor("!Alarm", construct_alarm)
    for name in PLAIN + FUNCTIONS:
        loader.add_constructor("!" + name, lambda self, node, tag="!" + name: construct_function(self, tag, node))
    with open(path, encoding="utf-8") as file:
        return hash_deployments(yaml.load(file, loader))  # nosec: a SafeLoader


def main():
    source, rules, output = sys.argv[1:]
    with open(rules, encoding="utf-8") as file:
        template = load(source, json.load(file))
    with open(output, "w", encoding="utf-8") as file:
        json.dump(template, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
