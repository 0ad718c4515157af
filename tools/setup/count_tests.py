#===- count_tests.py - Counts the results of a test run ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Reads the JSON that lit (`-o`) or GoogleTest (`--gtest_output`) wrote, prints
"PASSED FAILED SKIPPED" on standard output for check.sh to add up, and on
standard error what failed, with its output, and what was skipped.

usage: count_tests.py lit|gtest FILE
"""

import json
import sys

# How many lines of a failing test's output are shown; the log has all.
SHOWN_LINES = 40


def lit_results(report):
    """Yields (name, verdict, output) for each test of a lit report."""
    verdicts = {"PASS": "passed", "XFAIL": "passed", "FLAKYPASS": "passed",
                "UNSUPPORTED": "skipped", "SKIPPED": "skipped"}
    for test in report["tests"]:
        # lit's --filter reports what it left out under this code.
        if test["code"] == "EXCLUDED":
            continue
        yield (test["name"], verdicts.get(test["code"], "failed"),
               test.get("output", ""))


def gtest_results(report):
    """Yields (name, verdict, output) for each test of a GoogleTest report."""
    for suite in report["testsuites"]:
        for test in suite["testsuite"]:
            name = f"{suite['name']}.{test['name']}"
            failures = test.get("failures", [])
            # A disabled test is NOTRUN; so is what --gtest_filter left out,
            # but that does not get into the report at all.
            skipped = test["status"] == "NOTRUN" or test["result"] == "SKIPPED"
            verdict = ("failed" if failures else
                       "skipped" if skipped else "passed")
            yield name, verdict, "\n".join(f["failure"] for f in failures)


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("lit", "gtest"):
        sys.exit(__doc__)
    with open(sys.argv[2]) as file:
        report = json.load(file)
    read = lit_results if sys.argv[1] == "lit" else gtest_results
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name, verdict, output in read(report):
        counts[verdict] += 1
        if verdict == "skipped":
            print(f"skipped: {name}", file=sys.stderr)
        if verdict == "failed":
            lines = output.rstrip().splitlines()
            print(f"FAILED: {name}", *(f"  {line}" for line in
                                       lines[-SHOWN_LINES:]),
                  sep="\n", file=sys.stderr)
    print(counts["passed"], counts["failed"], counts["skipped"])


if __name__ == "__main__":
    main()
