#!/usr/bin/env python3
#===- fake-peer.py - Stands in for another implementation of ONNX ----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Gives what the evaluator has given, except for models with a convolution, on
which it has no opinion, and those with a Sigmoid, which it takes for another
function."""

import pathlib
import sys

import numpy

model, folder = pathlib.Path(sys.argv[1]).read_text(), pathlib.Path(sys.argv[2])
if " = Conv" in model:
    print("no opinion: Conv is not implemented for 17 groups")
    sys.exit(3)
for path in folder.glob("reference-*.npy"):
    values = numpy.load(path)
    if " = Sigmoid" in model:
        values.flat[-1] += 0.01
    numpy.save(folder / path.name.replace("reference", "output"), values)
