# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Athena on loopback, beside fake_aws's S3: it knows no SQL, but what a query answers, costs and how long it takes are set by the test."""

import base64
import re
import time

import fake_aws

PREFIX = "results/"


def csv_line(values):
    return ",".join("" if value is None else '"' + value.replace('"', '""') + '"' for value in values) + "\n"


class Execution:
    """One query: orders are what StartQueryExecution was told; looks counts GetQueryExecution."""

    def __init__(self, orders, number):
        self.orders, self.looks = orders, 0
        self.id = f"00000000-0000-4000-8000-{number:012d}"
        self.state, self.reason, self.reused = "QUEUED", None, False


class FakeAthena:
    """columns, rows: what every query answers: (name, type) pairs, and text cells with None for NULL.

    waits     how often it is asked before it has ended
    bytes     it reads
    reason    (or None) why it fails
    order     in which the file has the columns; None for theirs
    """

    def __init__(self, aws):
        self.aws = aws
        self.columns, self.rows, self.waits, self.bytes, self.reason, self.order = [("n", "bigint")], [["1"]], 1, 12345678, None, None
        self.executions, self.stopped = [], []
        aws.targets.update(StartQueryExecution=self.start, GetQueryExecution=self.get, StopQueryExecution=self.stop,
                           GetQueryResults=self.results)

    def find(self, asked):
        for execution in self.executions:
            if execution.id == asked["QueryExecutionId"]:
                return execution
        raise fake_aws.Refusal(400, "InvalidRequestException", "QueryExecution was not found")

    def start(self, asked):
        token = asked["ClientRequestToken"]
        if not 32 <= len(token) <= 128:
            raise fake_aws.Refusal(400, "InvalidRequestException", "ClientRequestToken")
        for execution in self.executions:
            if execution.orders["ClientRequestToken"] == token:
                if execution.orders != asked:
                    raise fake_aws.Refusal(400, "InvalidRequestException", "Idempotent parameters do not match")
                return {"QueryExecutionId": execution.id}
        execution = self.make_execution(asked, len(self.executions))
        reuse = asked.get("ResultReuseConfiguration", {}).get("ResultReuseByAgeConfiguration", {})
        execution.reused = bool(reuse.get("Enabled")) and any(
            before.state == "SUCCEEDED" and before.orders["QueryString"] == asked["QueryString"] for before in self.executions)
        self.executions.append(execution)
        return {"QueryExecutionId": execution.id}

    def make_execution(self, orders, number):
        if orders["QueryString"].count("?") != len(orders.get("ExecutionParameters", [])):
            raise fake_aws.Refusal(400, "InvalidRequestException", "Incorrect number of parameters")
        return Execution(orders, number)

    def write(self, execution):
        order = self.order or list(range(len(self.columns)))
        lines = csv_line([self.columns[i][0] for i in order]) + "".join(csv_line([row[i] for i in order]) for row in self.rows)
        self.aws.put(f"{PREFIX}{execution.id}.csv", lines.encode())

    def get(self, asked):
        execution = self.find(asked)
        execution.looks += 1
        if execution.state in ("QUEUED", "RUNNING"):
            execution.state = "RUNNING"
            if execution.looks > self.waits:
                execution.state, execution.reason = ("FAILED", self.reason) if self.reason else ("SUCCEEDED", None)
                if not self.reason:
                    self.write(execution)
        status = {"State": execution.state, "SubmissionDateTime": time.time()}
        if execution.reason:
            status["StateChangeReason"] = execution.reason
        return {"QueryExecution": {
            "QueryExecutionId": execution.id, "Status": status, "WorkGroup": execution.orders["WorkGroup"],
            "ResultConfiguration": {"OutputLocation": f"s3://{self.aws.bucket}/{PREFIX}{execution.id}.csv"},
            "Statistics": {"DataScannedInBytes": 0 if execution.reused else self.bytes, "TotalExecutionTimeInMillis": 1500,
                           "ResultReuseInformation": {"ReusedPreviousResult": execution.reused}}}}

    def stop(self, asked):
        execution = self.find(asked)
        self.stopped.append(execution.id)
        if execution.state in ("QUEUED", "RUNNING"):
            execution.state, execution.reason = "CANCELLED", "Query cancelled by user"
        return {}

    def results(self, asked):
        execution = self.find(asked)
        if execution.state != "SUCCEEDED":
            raise fake_aws.Refusal(400, "InvalidRequestException", f"Query has not yet finished. Current state: {execution.state}")
        described = [{"Name": name, "Label": name, "Type": kind.partition("(")[0], "Precision": read_number(kind, 0), "Scale": read_number(kind, 1),
                      "Nullable": "UNKNOWN", "CaseSensitive": False} for name, kind in self.columns]
        rows = ([[name for name, _ in self.columns]] + self.rows)[:asked.get("MaxResults", 1000)]
        return {"UpdateCount": 0, "NextToken": base64.b64encode(b"1").decode(), "ResultSet": {
            "Rows": [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in rows],
            "ResultSetMetadata": {"ColumnInfo": described}}}


def read_number(kind, place):
    """Precision or scale of "decimal(10, 2)"."""
    numbers = re.findall(r"\d+", kind)
    return int(numbers[place]) if len(numbers) > place else 0
