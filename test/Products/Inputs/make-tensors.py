# ===- make-tensors.py - Tensor files, right and wrong ----------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: make-tensors.py FOLDER
# Tensors of 1x1x2x3x4: 0, 1, ..., 23, as .npy, .raw, .nii and .nii.gz, and
# files that are almost like them.
#
# ===------------------------------------------------------------------------=== #

import gzip
import pathlib
import struct
import sys

COUNT = 24
FLOATS = struct.pack(f"<{COUNT}f", *range(COUNT))


def npy(data=FLOATS, shape="(1, 1, 2, 3, 4)", descr="<f4", fortran="False"):
    header = f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data


def nifti(data=FLOATS, extents=(4, 3, 2), datatype=16, bits=32):
    header = bytearray(348)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, len(extents), *extents, *[1] * (7 - len(extents)))
    struct.pack_into("<hh", header, 70, datatype, bits)
    struct.pack_into("<8f", header, 76, *[1.0] * 8)
    struct.pack_into("<f", header, 108, 352.0)
    header[344:348] = b"n+1\0"
    return bytes(header) + bytes(4) + data


FILES = {
    "x.npy": npy(),
    "x.raw": FLOATS,
    "x.nii": nifti(),
    "x.nii.gz": gzip.compress(nifti(), mtime=0),
    "shape.npy": npy(shape="(1, 1, 4, 3, 2)"),
    "type.npy": npy(data=FLOATS + FLOATS, descr="<f8"),
    "fortran.npy": npy(fortran="True"),
    "short.npy": npy(data=FLOATS[:-1]),
    "long.npy": npy(data=FLOATS + b"\0"),
    "header.npy": npy()[:40],
    "no.npy": b"no array at all",
    "empty.npy": b"",
    "short.raw": FLOATS[:-4],
    "long.raw": FLOATS + FLOATS,
    "shape.nii": nifti(extents=(2, 3, 4)),
    "short.nii": nifti(data=FLOATS[:-4]),
    "cut.nii.gz": gzip.compress(nifti(), mtime=0)[:60],
    "no.nii.gz": b"neither gzip nor NIfTI",
    "x.txt": b"0 1 2",
}


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, data in FILES.items():
        (folder / name).write_bytes(data)


main()
