# ===- write-npy.py - A .npy file of one value ------------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: write-npy.py FILE ROWS COLUMNS VALUE
#
# Writes a matrix of float32.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))

import npy  # noqa: E402

path, rows, columns, value = sys.argv[1:]
shape = int(rows), int(columns)
npy.write(pathlib.Path(path), [float(value)] * (shape[0] * shape[1]), shape)
