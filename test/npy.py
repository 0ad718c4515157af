#===- npy.py - Reads and writes .npy files without numpy -------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""What the tests need of the .npy format, in the standard library alone: version
1.0, row-major, little-endian, of the element types below, and a tensor's elements
as a flat list. Reading anything else is an error."""

import ast
import math
import pathlib
import struct
from typing import List, Sequence, Tuple

BEGIN = b"\x93NUMPY\x01\x00"
#: NumPy's names of element types to those of `struct`.
ELEMENTS = {"<f4": "f", "<f8": "d", "<i8": "q", "<i4": "i", "<i2": "h", "|i1": "b", "|u1": "B",
            "|b1": "?"}


def write(path: pathlib.Path, values: Sequence[float], shape: Tuple[int, ...],
          element: str = "<f4") -> None:
    header = f"{{'descr': '{element}', 'fortran_order': False, 'shape': {shape}, }}"
    # The elements begin at a multiple of 64 bytes.
    header += " " * (-(len(BEGIN) + 2 + len(header) + 1) % 64) + "\n"
    path.write_bytes(BEGIN + struct.pack("<H", len(header)) + header.encode() +
                     struct.pack(f"<{len(values)}{ELEMENTS[element]}", *values))


def read(path: pathlib.Path, expected: str = "") -> List[float]:
    """All elements as floats. If a type is expected, any other is an error."""
    data = path.read_bytes()
    if not data.startswith(BEGIN):
        raise ValueError(f"{path}: not a .npy file of version 1.0")
    length, = struct.unpack_from("<H", data, len(BEGIN))
    begin = len(BEGIN) + 2 + length
    header = ast.literal_eval(data[len(BEGIN) + 2:begin].decode())
    element = header["descr"]
    if element not in ([expected] if expected else ELEMENTS) or header["fortran_order"]:
        raise ValueError(f"{path}: unexpected header {header}")
    count = math.prod(header["shape"])
    return [float(value) for value in struct.unpack(f"<{count}{ELEMENTS[element]}", data[begin:])]
