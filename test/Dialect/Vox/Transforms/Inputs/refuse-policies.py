# ===- refuse-policies.py - Policies that must be refused -------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: refuse-policies.py POLICIES NETWORK FOLDER
#
# Applies each line of the file POLICIES, "POLICY" or "POLICY ;; OPTION...", to
# the network and prints what users see. FOLDER, "%t" in options, is left out of
# it. Fails where a policy is not refused, or something is written.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import subprocess
import sys

policies, network, folder = sys.argv[1:]
for line in pathlib.Path(policies).read_text().splitlines():
    policy, _, options = line.partition(" ;; ")
    options = options.replace("%t", folder)
    # Braces must match themselves, so only those have them that need them.
    if " " in policy or not policy:
        policy = f"{{{policy}}}"
    command = ["vox-opt", network, f"--vox-replace-activations=policy={policy} {options}"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 1 or result.stdout:
        sys.exit(f"{policy}: not refused: {result}")
    print(result.stderr.replace(folder + "/", "").removeprefix("<unknown>:0: "), end="")
