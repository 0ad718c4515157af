# Writes the samples of monitor.mlir: a and b, a again in a second format, and
# what is no sample; or, with --wrong, one more of another shape.
import pathlib
import struct
import sys

folder = pathlib.Path(sys.argv[1])


def write_npy(name, shape, values):
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    (folder / name).write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header +
                                struct.pack(f"<{len(values)}f", *values))


if "--wrong" in sys.argv:
    write_npy("z.npy", (1, 3, 2), [0.0] * 6)
else:
    write_npy("a.npy", (1, 2, 3), [0, 1, 2, 3, 4, 5])
    write_npy("b.npy", (1, 2, 3), [0, -1, -2, -3, -4, -5])
    (folder / "a.raw").write_bytes(b"")
    write_npy("a.expected.npy", (1, 2), [1, 2])
    (folder / "labels.csv").write_text("a,1\n")
