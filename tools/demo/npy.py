#===- npy.py - Reads .npy files without numpy ----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Just enough of the format for the outputs of a network: float32 and float64,
little-endian, row-major."""

import array
import ast
import math
import struct

# dtype to the array module's type code.
TYPES = {"<f4": "f", "<f8": "d"}


def read_npy(path):
    """The shape, and the elements as a flat list."""
    with open(path, "rb") as file:
        if file.read(6) != b"\x93NUMPY":
            raise ValueError(f"{path}: not an .npy file")
        major, _ = file.read(2)
        length = struct.unpack(*(("<H", file.read(2)) if major == 1 else
                                 ("<I", file.read(4))))[0]
        header = ast.literal_eval(file.read(length).decode())
        if header["descr"] not in TYPES or header["fortran_order"]:
            raise ValueError(f"{path}: expected row-major float32 or float64, "
                             f"got {header['descr']}")
        values = array.array(TYPES[header["descr"]])
        values.frombytes(file.read())
    if len(values) != math.prod(header["shape"]):
        raise ValueError(f"{path}: {len(values)} elements, expected "
                         f"{math.prod(header['shape'])}")
    return header["shape"], values.tolist()
