# ===- check-trace.py - Do profile and trace tell the same? -----------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: check-trace.py PROFILE.json TRACE.json RUNS
#
# ===------------------------------------------------------------------------=== #

import json
import sys


def main():
    with open(sys.argv[1]) as file:
        profile = json.load(file)
    with open(sys.argv[2]) as file:
        events = json.load(file)["traceEvents"]
    runs, launches = int(sys.argv[3]), profile["launches"]
    assert profile["runs"] == runs
    assert len(events) == runs * len(launches)
    assert abs(sum(launch["share"] for launch in launches) - 1) < 1e-9
    for i, event in enumerate(events):
        launch = launches[i % len(launches)]
        assert event["name"] == launch["layers"], event
        assert event["args"]["kernel"] == launch["kernel"], event
        assert event["args"]["run"] == i // len(launches), event
        end = events[i - 1]["ts"] + events[i - 1]["dur"] if i else 0
        assert event["ts"] >= end - 2e-3, event
    for i, launch in enumerate(launches):
        times = [event["dur"] * 1e-3 for event in events[i :: len(launches)]]
        assert abs(sum(times) / runs - launch["meanMs"]) < 1e-5, launch
        assert abs(min(times) - launch["minMs"]) < 1e-5, launch


main()
