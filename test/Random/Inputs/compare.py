#===- compare.py - When two opinions differ --------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Prints what test/Random/opinion.py says of pairs of arrays."""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import numpy  # noqa: E402

from opinion import compare  # noqa: E402

NAN, INF = numpy.nan, numpy.inf


def say(title, reference, other, kind="float32"):
    difference = compare(numpy.array(reference, "float64"), numpy.array(other).astype(kind))
    print(f"{title}: {difference or 'the same'}")


say("rounding", [1.0, 2.0, -3.0], [1.0001, 2.0, -3.0])
say("a wrong element", [1.0, 2.0, -3.0], [1.1, 2.0, -3.0])
say("a tiny value among large ones", [1e-6, 1000.0], [0.0, 1000.0])
say("zeros", [0.0, 0.0], [0.0, 0.0])
say("nothing but zeros", [0.0, 0.0], [0.0, 1e-3])
say("both not a number", [NAN, 1.0], [NAN, 1.0])
say("one not a number", [NAN, 1.0], [1.0, 1.0])
say("the other not a number", [1.0, 1.0], [NAN, 1.0])
say("infinities", [INF, -INF, 1.0], [INF, -INF, 1.0])
say("signs of infinities", [INF, 1.0], [-INF, 1.0])
say("shapes", [[1.0, 2.0]], [1.0, 2.0])
say("integers", [1, 2, 3], [1, 2, 3], "int64")
say("an integer", [1, 2, 3], [1, 2, 4], "int64")
say("truth values", [0, 1], [0, 0], "bool")
say("nothing", numpy.zeros((0, 3)), numpy.zeros((0, 3)))
