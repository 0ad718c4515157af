#===- model.py - The Python package, used rightly and wrongly ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Prints what model.test expects. Runs in a folder of its own."""

import os
import pathlib

import numpy as np
import voxc

TWO = """<ir_version: 10, opset_import: ["" : 20]>
two (float[2,3] x, int64[2] labels) => (float[2,3] y, int64[2] copy) {
  y = Relu(x)
  copy = Identity(labels)
}
"""
ONE = """<ir_version: 10, opset_import: ["" : 20]>
one (float s) => (float t) {
  t = Neg(s)
}
"""
BAD = """<ir_version: 10, opset_import: ["" : 20]>
bad (float[2] x) => (float[2] y) {
  [a] y = NoSuchOp(x)
}
"""

OPEN = """<ir_version: 10, opset_import: ["" : 20]>
open (float[N,2] x, float[N,2] z) => (float[N,2] y) {
  y = Sub(x, z)
}
"""

for name, text in {"two": TWO, "one": ONE, "bad": BAD, "open": OPEN}.items():
    pathlib.Path(f"{name}.onnxtxt").write_text(text)

x = np.array([[1, -2, 3], [-4, 5, -6]], np.float32)
labels = np.array([7, -8], np.int64)
expected = np.maximum(x, 0)


def judge(what, results, other=None):
    wanted = expected if other is None else other
    same = np.array_equal(results["y"], wanted) and np.array_equal(results["copy"], labels)
    print(f"{what}: {'equal' if same else f'different: {results}'}")


model = voxc.compile("two.onnxtxt", threads=1)
print(model)
calls = [model(x, labels), model(labels=labels, x=x), model(x, labels=labels)]
judge("in order, by name and mixed",
      next((r for r in calls if not np.array_equal(r["y"], expected)), calls[0]))

# Between runs the bound arrays are the model's own memory.
mine = x.copy()
call = model.bind([mine, labels])
call.run()
mine[0, 1] = 9
call.run()
judge("bound once, run twice", call.outputs, np.maximum(mine, 0))
y = np.full((2, 3), np.nan, np.float32)
results = model.bind({"x": x, "labels": labels}, outputs={"y": y})
results.run()
if results.outputs["y"] is y and np.array_equal(y, expected):
    print("results are written where asked")
if call._inputs.arrays[0] is mine:
    print("inputs are read in place")
# Arrays that do not lie densely are copied.
wide = np.zeros((2, 6), np.float32)
wide[:, ::2] = x
assert np.array_equal(model(wide[:, ::2], labels)["y"], expected)

single = voxc.compile("one.onnxtxt", output="kept.so")
answer = single(np.array(3, np.float32))
if isinstance(answer, np.ndarray) and answer == -3:
    print("one output is an array")
# Another model under the same name is another model.
assert voxc.compile("two.onnxtxt", output="kept.so").inputs[0].name == "x"
single = voxc.compile("one.onnxtxt", output="kept.so")
again = voxc.Model("kept.so", name="model")
print("a library is kept and loaded again:",
      "equal" if again(np.array(3, np.float32)) == answer else "different")
print("scalars stay scalars:", answer.shape)

opened = voxc.compile("open.onnxtxt", min_shapes={"x": (1, 2), "z": (1, 2)},
                      max_shapes={"x": (5, 2), "z": (5, 2)})
print(opened)
print("open:", opened.inputs[0].least, "to", opened.inputs[0].greatest)
rows = [np.arange(2 * n, dtype=np.float32).reshape(n, 2) for n in range(7)]
print("1 to 5 rows:", "equal" if all(np.array_equal(opened(r, 3 * r), -2 * r)
                                      for r in rows[1:6]) else "different")
y = np.empty((3, 2), np.float32)
opened.bind([rows[3], 3 * rows[3]], outputs={"y": y}).run()
if np.array_equal(y, -2 * rows[3]):
    print("an open output is written where asked")

frozen = np.zeros((2, 3), np.float32)
frozen.flags.writeable = False


def without_compiler():
    path, package = os.environ["PATH"], voxc.compiler.HERE
    del os.environ["VOXC"]
    os.environ["PATH"] = "nowhere"
    voxc.compiler.HERE = pathlib.Path("/nowhere/a/b/c/d")
    try:
        voxc.compile("two.onnxtxt")
    finally:
        os.environ["PATH"], voxc.compiler.HERE = path, package


WRONG = [
    lambda: opened(rows[6], rows[6]),
    lambda: opened(rows[3], rows[2]),
    lambda: opened.bind([rows[3], rows[3]], outputs={"y": rows[2]}),
    lambda: model(x),
    lambda: model(x, labels, x),
    lambda: model(x, x=x),
    lambda: model(x, labels, z=x),
    lambda: model(x.astype(np.float64), labels),
    lambda: model(x.T, labels),
    lambda: model([1.0], labels),
    lambda: model.bind([x, labels], outputs={"w": x}),
    lambda: model.bind([x, labels], outputs={"y": frozen}),
    lambda: voxc.compile("missing.onnx"),
    lambda: voxc.compile("bad.onnxtxt"),
    lambda: voxc.compile(3),
    lambda: voxc.compile("two.onnxtxt", options="-O0"),
    lambda: model.bind([wide[:, ::2], labels]),
    without_compiler,
    lambda: voxc.Model("out.txt"),
    lambda: voxc.compile("two.onnxtxt", timeout=0.0001),
]
for call in WRONG:
    try:
        call()
        print("no error")
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
