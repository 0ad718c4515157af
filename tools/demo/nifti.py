#===- nifti.py - Reads NIfTI volumes without packages --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Just enough of NIfTI-1 (https://nifti.nimh.nih.gov/nifti-1) for the volumes of
the bundled networks: one file, little-endian, no scaling, an sform."""

import array
import gzip
import math
import struct

# datatype to the array module's type code.
TYPES = {2: "B", 4: "h", 8: "i", 16: "f", 512: "H"}


class Volume:
    """Extents (z, y, x), voxels as a flat array in that order, and the affine:
    three rows that turn (x, y, z, 1) into millimetres."""

    def __init__(self, extents, voxels, affine):
        self.extents = extents
        self.voxels = voxels
        self.affine = affine

    def __getitem__(self, position):
        z, y, x = position
        return self.voxels[(z * self.extents[1] + y) * self.extents[2] + x]


def read_nifti(path):
    with gzip.open(path) as file:
        data = file.read()
    if len(data) < 352 or data[344:348] != b"n+1\0":
        raise ValueError(f"{path}: not a NIfTI-1 file")
    dims = struct.unpack_from("<8h", data, 40)
    datatype, = struct.unpack_from("<h", data, 70)
    offset, slope, intercept = struct.unpack_from("<3f", data, 108)
    if datatype not in TYPES or (slope, intercept) not in ((0, 0), (1, 0)):
        raise ValueError(f"{path}: data type {datatype} or scaling not supported")
    extents = dims[3:0:-1]
    voxels = array.array(TYPES[datatype])
    voxels.frombytes(data[int(offset):][:math.prod(extents) * voxels.itemsize])
    if math.prod(dims[1:dims[0] + 1]) != len(voxels):
        raise ValueError(f"{path}: {len(voxels)} voxels, expected {dims[1:]}")
    affine = [struct.unpack_from("<4f", data, 280 + 16 * row) for row in range(3)]
    return Volume(extents, voxels, affine)
