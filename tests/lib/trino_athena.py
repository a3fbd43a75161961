# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Athena's calls, answered by a Trino on loopback: a query runs there, and its result is written into a bucket as Athena writes it."""

import base64
import decimal
import hashlib
import hmac
import json
import re
import threading
import time
import urllib.request

import fake_athena
import fake_aws
import trino

BUCKET = "harbour-lake"


def format_double(value):
    """As Java's Double.toString() does, from a JSON number, or "NaN", "Infinity", "-Infinity" as they are."""
    if isinstance(value, str):
        return value
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(float(value))
    digits, exponent = f"{decimal.Decimal(repr(float(value))).normalize():E}".split("E")
    return f"{digits if '.' in digits else digits + '.0'}E{int(exponent)}"


def format_cell(kind, value):
    """The text of a value in a result's file; None for NULL."""
    if value is None:
        return None
    if kind in ("double", "real"):
        return format_double(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join("null" if item is None else str(item) for item in value) + "]"
    return str(value)


def describe(name, kind):
    """A column as Athena does, which says nothing of a time's digits and gives a decimal's two numbers apart."""
    numbers = [int(number) for number in re.findall(r"\d+", kind)] if kind.startswith("decimal") else []
    plain = re.sub(r"\(\d+(, ?\d+)?\)", "", kind)
    return {"Name": name, "Label": name, "Type": {"real": "float"}.get(plain, plain), "Precision": numbers[0] if numbers else 0,
            "Scale": numbers[1] if numbers else 0, "Nullable": "UNKNOWN", "CaseSensitive": plain == "varchar"}


class SignedAws(fake_aws.FakeAws):
    """One that reckons each call's signature itself. The calls of JSON services are all of one kind: POST of a body to the root."""

    def check_signature(self, request):
        super().check_signature(request)
        found = re.search(r"Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=(.*)$",
                          request.headers["authorization"])
        _, day, region, service, names, signature = found.groups()
        headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in names.split(";"))
        canonical = f"POST\n/\n\n{headers}\n{names}\n{hashlib.sha256(request.body).hexdigest()}"
        text = f"AWS4-HMAC-SHA256\n{request.headers['x-amz-date']}\n{day}/{region}/{service}/aws4_request\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = ("AWS4" + fake_aws.SECRET).encode()
        for part in (day, region, service, "aws4_request", text):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        if key.hex() != signature:
            raise fake_aws.Refusal(403, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided.")


class Execution(fake_athena.Execution):
    """One query, on its way in a thread of its own."""

    def __init__(self, orders, number):
        super().__init__(orders, number)
        self.stop, self.answer, self.bytes, self.milliseconds = threading.Event(), trino.Answer(), 0, 0
        self.is_query = re.match(r"\s*(SELECT|WITH|VALUES)\b", re.sub(r"(--[^\n]*\n|\s)*", "", orders["QueryString"], count=1), re.IGNORECASE) is not None


class TrinoAthena(fake_athena.FakeAthena):
    """AWS gets the calls; results go into the bucket of STORE, an S3 that does not ask who writes."""

    def __init__(self, aws, server, store):
        super().__init__(aws)
        self.server, self.store, self.turn = server, store, threading.Lock()

    def start(self, asked):
        with self.turn:
            return super().start(asked)

    def make_execution(self, orders, number):
        execution = Execution(orders, number)
        threading.Thread(target=self.work, args=(execution,), daemon=True).start()
        return execution

    def work(self, execution):
        begun = time.monotonic()
        try:
            execution.state = "RUNNING"
            execution.answer = self.run(execution, execution.orders["QueryExecutionContext"]["Database"])
            self.write(execution)
            execution.bytes = execution.answer.stats.get("physicalInputBytes", 0)
            state, reason = "SUCCEEDED", None
        except trino.Refusal as refusal:
            state, reason = ("CANCELLED", "Query cancelled by user") if execution.stop.is_set() else ("FAILED", str(refusal))
        except OSError as error:
            state, reason = "FAILED", f"GENERIC_INTERNAL_ERROR: {error}"
        execution.milliseconds = round((time.monotonic() - begun) * 1000)
        execution.reason, execution.state = reason, state

    def run(self, execution, schema):
        """UNLOAD, which Trino does not have, is a table that is made of the query where its files are wanted, and forgotten."""
        found = re.match(r"UNLOAD \((.*)\) TO '([^']+)' WITH \(format = 'PARQUET', compression = 'SNAPPY'\)$", execution.orders["QueryString"], re.DOTALL)
        if found is None:
            return self.server.ask(self.write_sql(execution.orders), schema, execution.stop)
        table = "unloads.unload.unload_" + execution.id.rpartition("-")[2]
        self.server.ask("CREATE SCHEMA IF NOT EXISTS unloads.unload")
        answer = self.server.ask(f"CREATE TABLE {table} WITH (external_location = '{found[2]}', format = 'PARQUET') AS {found[1]}", schema, execution.stop)
        self.server.ask(f"DROP TABLE {table}", schema)
        return answer

    @staticmethod
    def write_sql(orders):
        """Athena's parameters are literals, put where a question mark stands."""
        values = orders.get("ExecutionParameters", [])
        if not values:
            return orders["QueryString"]
        text = orders["QueryString"].replace("'", "''")
        return f"EXECUTE IMMEDIATE '{text}' USING {', '.join(values)}"

    def put(self, key, data):
        request = urllib.request.Request(f"{self.store}/{BUCKET}/{key}", data, {"Content-Type": "application/octet-stream"}, method="PUT")
        with urllib.request.urlopen(request, timeout=60):
            pass

    def write(self, execution):
        key = f"{fake_athena.PREFIX}{execution.id}.{'csv' if execution.is_query else 'txt'}"
        answer = execution.answer
        if not execution.is_query:
            self.put(key, b"")
            return
        cells = ([format_cell(kind, value) for (_, kind), value in zip(answer.columns, row)] for row in answer.rows)
        self.put(key, (fake_athena.csv_line([name for name, _ in answer.columns]) + "".join(map(fake_athena.csv_line, cells))).encode())
        # Nobody but Athena reads this one, which is in a form of its own.
        self.put(key + ".metadata", json.dumps(answer.columns).encode())

    def get(self, asked):
        execution = self.find(asked)
        execution.looks += 1
        state = execution.state
        status = {"State": state, "SubmissionDateTime": time.time()}
        if execution.reason and state != "SUCCEEDED":
            status["StateChangeReason"] = execution.reason
        return {"QueryExecution": {
            "QueryExecutionId": execution.id, "Status": status, "WorkGroup": execution.orders["WorkGroup"],
            "StatementType": "DML" if execution.is_query else "DDL",
            "ResultConfiguration": {"OutputLocation": f"s3://{BUCKET}/{fake_athena.PREFIX}{execution.id}.{'csv' if execution.is_query else 'txt'}"},
            "Statistics": {"DataScannedInBytes": execution.bytes, "TotalExecutionTimeInMillis": execution.milliseconds,
                           "ResultReuseInformation": {"ReusedPreviousResult": False}}}}

    def stop(self, asked):
        execution = self.find(asked)
        self.stopped.append(execution.id)
        execution.stop.set()
        return {}

    def results(self, asked):
        execution = self.find(asked)
        if execution.state != "SUCCEEDED":
            raise fake_aws.Refusal(400, "InvalidRequestException", f"Query has not yet finished. Current state: {execution.state}")
        answer = execution.answer
        rows = [[name for name, _ in answer.columns]] + [[format_cell(kind, value) for (_, kind), value in zip(answer.columns, row)]
                                                         for row in answer.rows[:asked.get("MaxResults", 1000)]]
        return {"UpdateCount": 0, "NextToken": base64.b64encode(b"1").decode(), "ResultSet": {
            "Rows": [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in rows[:asked.get("MaxResults", 1000)]],
            "ResultSetMetadata": {"ColumnInfo": [describe(name, kind) for name, kind in answer.columns]}}}
