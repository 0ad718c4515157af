# Writes the samples of monitor.mlir: a and b, a again in a second format, and
# what is no sample; or, with --wrong, one more of another shape.
import pathlib
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))

import npy  # noqa: E402

folder = pathlib.Path(sys.argv[1])
if "--wrong" in sys.argv:
    npy.write(folder / "z.npy", [0.0] * 6, (1, 3, 2))
else:
    npy.write(folder / "a.npy", [0, 1, 2, 3, 4, 5], (1, 2, 3))
    npy.write(folder / "b.npy", [0, -1, -2, -3, -4, -5], (1, 2, 3))
    (folder / "a.raw").write_bytes(b"")
    npy.write(folder / "a.expected.npy", [1, 2], (1, 2))
    (folder / "labels.csv").write_text("a,1\n")
