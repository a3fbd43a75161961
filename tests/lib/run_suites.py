#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs test suites of the build in _build/test and counts their cases.

usage: run_suites.py TOP [SUITE…]

Every test speaks TAP, so a case is one line of a test's output, not one program. A program that dies, times out or reports no case
counts as one failure. The last line printed is "N passed, N failed"; what was skipped is counted on the line before.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SUITES = ["displayless", "infra", "site", "integration", "display"]


def failed_programs(log):
    """The programs that did not end well, as meson's log of tests says: a program that dies between two cases has no failed case."""
    with open(log, encoding="utf-8") as lines:
        tests = [json.loads(line) for line in lines]
    return [test["name"] for test in tests if test["result"] not in ("OK", "EXPECTEDFAIL", "SKIP")]


def count(report, log):
    """Returns (passed, failed, skipped, names of the failed) of the two files that meson wrote."""
    passed = failed = skipped = 0
    names = []
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        cases = list(suite.iter("testcase"))
        bad = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        skips = [case for case in cases if case.find("skipped") is not None]
        if not cases:
            failed += 1
            names.append(f"{suite.get('name')}: ran no case")
        passed += len(cases) - len(bad) - len(skips)
        failed += len(bad)
        skipped += len(skips)
        names += [f"{suite.get('name')}: {case.get('name')}" for case in bad]
        for case in skips:
            print(f"skipped: {suite.get('name')}: {case.get('name')}: {case.find('skipped').get('message') or ''}")
    for program in failed_programs(log):
        if not any(program.rsplit(" / ", 1)[-1] in name for name in names):
            failed += 1
            names.append(f"{program}: died or timed out")
    return passed, failed, skipped, names


def main():
    top, suites = sys.argv[1], sys.argv[2:] or SUITES
    build = os.path.join(top, "_build", "test")
    report = os.path.join(build, "meson-logs", "testlog.junit.xml")
    if os.path.exists(report):
        os.unlink(report)
    command = ["meson", "test", "-C", build, "--no-rebuild", "--print-errorlogs", "--num-processes", "2"]
    for suite in suites:
        command += ["--suite", suite]
    status = subprocess.run(command, check=False).returncode
    if not os.path.exists(report):
        print("no test ran")
        print("0 passed, 1 failed")
        return 1
    passed, failed, skipped, names = count(report, os.path.join(build, "meson-logs", "testlog.json"))
    if status != 0 and failed == 0:
        failed, names = 1, ["meson reports a failure that no case explains"]
    for name in names:
        print(f"failed: {name}")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
