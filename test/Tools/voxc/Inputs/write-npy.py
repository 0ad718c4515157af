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

import array
import pathlib
import struct
import sys

path, rows, columns, value = sys.argv[1:]
header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}"
header += " " * (-(len(header) + 11) % 64) + "\n"
elements = array.array("f", [float(value)] * (int(rows) * int(columns)))
pathlib.Path(path).write_bytes(
    b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + elements.tobytes()
)
