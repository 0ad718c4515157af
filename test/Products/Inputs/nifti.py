# ===- nifti.py - NIfTI volumes, right and wrong ----------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: nifti.py make FOLDER    a volume of 2x3x4 shorts 0, 1, ..., 23 that lies
#                                somewhere in the world, a mask for it, and files
#                                that are almost like it
#        nifti.py show FILE...   type, extents, place and elements of each
#
# ===------------------------------------------------------------------------=== #

import gzip
import pathlib
import struct
import sys

COUNT = 24
SHORTS = struct.pack(f"<{COUNT}h", *range(COUNT))
# Offsets in the header, and what stands there.
DIM, DATATYPE, PIXDIM, OFFSET, SLOPE = (40, "8h"), (70, "2h"), (76, "8f"), (108, "f"), (112, "2f")
UNITS, CODES, QFORM, SFORM = (123, "b"), (252, "2h"), (256, "6f"), (280, "12f")
TYPES = {2: "B", 4: "h", 8: "i", 16: "f", 64: "d", 1024: "q"}
AFFINE = (-2, 0, 0, 90, 0, 2, 0, -126, 0, 0, 2.5, -72)


def volume(data=SHORTS, datatype=4, changes=()):
    header = bytearray(352)
    fields = [
        ((0, "i"), (348,)),
        (DIM, (3, 4, 3, 2, 1, 1, 1, 1)),
        (DATATYPE, (datatype, 8 * struct.calcsize("<" + TYPES.get(datatype, "b")))),
        (PIXDIM, (-1, 2, 2, 2.5, 1, 1, 1, 1)),
        (OFFSET, (352,)),
        (UNITS, (2,)),
        (CODES, (1, 4)),
        (QFORM, (0, 1, 0, 90, -126, -72)),
        (SFORM, AFFINE),
        *changes,
    ]
    for (offset, form), values in fields:
        struct.pack_into("<" + form, header, offset, *values)
    header[344:348] = b"n+1\0"
    return bytes(header) + data


def change(field, *values):
    return volume(changes=[(field, values)])


NAN, INF = float("nan"), float("inf")
FILES = {
    "x.nii": volume(),
    "x.nii.gz": gzip.compress(volume(), mtime=0),
    "mask.nii": volume(bytes([1] * 20 + [0] * 4), 2),
    "half.nii": volume(struct.pack(f"<{COUNT}d", *[0.5] * COUNT), 64),
    "mask-scaled.nii": volume(bytes(COUNT), 2, [(SLOPE, (2, 0))]),
    "magic.nii": volume()[:344] + b"ni1\0" + volume()[348:],
    "datatype.nii": change(DATATYPE, 99, 16),
    "complex.nii": change(DATATYPE, 32, 64),
    "cut.nii.gz": gzip.compress(volume(), mtime=0)[:-20],
    "cut-header.nii.gz": gzip.compress(volume(), mtime=0)[:40],
    "negative.nii": change(DIM, 3, 4, -3, 2, 1, 1, 1, 1),
    "rank.nii": change(DIM, 20, 4, 3, 2, 1, 1, 1, 1),
    "huge.nii": change(DIM, 7, *[32767] * 7),
    "larger.nii": volume()[:-2],
    "nan-slope.nii": change(SLOPE, NAN, 0),
    "inf-slope.nii": change(SLOPE, 1, INF),
    "pixdim.nii": change(PIXDIM, 1, 2, 0, 2, 1, 1, 1, 1),
    "nan-affine.nii": change(SFORM, *[NAN] * 12),
    "nan-offset.nii": change(OFFSET, NAN),
}


def show(path):
    data = pathlib.Path(path).read_bytes()
    if path.endswith(".gz"):
        data = gzip.decompress(data)

    def get(field):
        return struct.unpack_from("<" + field[1], data, field[0])

    kind = TYPES[get(DATATYPE)[0]]
    extents = get(DIM)[1 : get(DIM)[0] + 1]
    print(path, kind, *extents)
    print("place", *get(CODES), *get(UNITS), *get(PIXDIM)[:4], *get(QFORM))
    print("affine", *get(SFORM))
    print("elements", *struct.unpack_from(f"<{COUNT}{kind}", data, int(get(OFFSET)[0])))


def main():
    if sys.argv[1] == "make":
        for name, data in FILES.items():
            (pathlib.Path(sys.argv[2]) / name).write_bytes(data)
    for path in sys.argv[2:] if sys.argv[1] == "show" else ():
        show(path)


main()
