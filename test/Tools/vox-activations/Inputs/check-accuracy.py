# ===- check-accuracy.py - Are the recorded errors as they should be? -------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: vox-activations --list | check-accuracy.py ACCURACY.json

import json
import sys

with open(sys.argv[1]) as file:
    measured = json.load(file)
faults = [] if measured["step"] == 1 else [f"step is {measured['step']}; expected 1"]
# By default clip does nothing: relu6 stands for it.
names = {line.split()[0] for line in sys.stdin.readlines()[1:]} - {"clip"} | {"relu6"}
records = {record["activation"]: record for record in measured["activations"]}
if names != set(records):
    faults.append(f"{sorted(names ^ set(records))} in the table or the file, not both")
for name, record in records.items():
    if float(record["max_ulp"]) > 4:
        faults.append(f"{name}: {record['max_ulp']} ulp; expected at most 4")
    if float(record["subnormal_error"]) > 2**-126:
        faults.append(f"{name}: subnormal results are off by {record['subnormal_error']}")
if faults:
    sys.exit("\n".join(faults))
print(f"{len(records)} activations within 4 ulp")
