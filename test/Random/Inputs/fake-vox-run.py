#!/usr/bin/env python3
#===- fake-vox-run.py - Stands in for a compiler with a bug ----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Verification "fails" for models with a Softmax whose axis is an attribute, so
that a test can watch a failing graph being reduced."""

import pathlib
import sys

wrong = "Softmax <axis" in pathlib.Path(sys.argv[1]).read_text()
print("verify: output: max error 1.00e+00 of RMS (limit 2.00e-05):", "FAILED" if wrong else "ok")
sys.exit(2 if wrong else 0)
