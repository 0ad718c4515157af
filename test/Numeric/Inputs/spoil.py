#===- spoil.py - Changes one element of a .npy file ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: spoil.py IN.npy OUT.npy: adds 0.001 to the last float32 element."""

import pathlib
import struct
import sys

data = bytearray(pathlib.Path(sys.argv[1]).read_bytes())
(last,) = struct.unpack("<f", data[-4:])
data[-4:] = struct.pack("<f", last + 0.001)
pathlib.Path(sys.argv[2]).write_bytes(data)
