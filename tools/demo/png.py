#===- png.py - Writes PNG pictures without packages ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""RGB pictures, 8 bits a channel (https://www.w3.org/TR/png-3)."""

import struct
import zlib


def write_png(path, rows):
    """`rows` of pixels, each an (r, g, b) of 0 to 255."""
    def chunk(kind, data):
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    # Each row begins with its filter, 0: none.
    pixels = b"".join(b"\0" + bytes(value for pixel in row for value in pixel)
                      for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                     + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))
