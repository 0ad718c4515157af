#===- empty.py - Tensors without elements, compared with numpy -----------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with inputs and outputs without elements; each output must be
numpy's, to the bit."""

import sys

import numpy as np

import harness

KINDS = ("float32", "int64", "int32", "int8", "uint8", "bool")
SHAPE, LAST, MIDDLE = (2, 0, 4), (2, 4), (2, 1, 4)
INPUTS = {kind: np.zeros(SHAPE, kind) for kind in KINDS}
INPUTS.update(full=np.arange(24, dtype=np.float32).reshape(2, 3, 4) - 9,
              none=np.zeros((2, 0), np.float32), no_axes=np.zeros(0, np.int64),
              no_columns=np.zeros((0, 3), np.float32))
FULL = INPUTS["full"]
INFINITY = np.float32(np.inf)

# Reductions of nothing.
FORMULAS = []
for op, value in [("Sum", 0), ("SumSquare", 0), ("L1", 0), ("L2", 0), ("Prod", 1), ("Mean", np.nan),
                  ("Max", -INFINITY), ("Min", INFINITY), ("LogSum", -INFINITY),
                  ("LogSumExp", -INFINITY)]:
    FORMULAS += [(f"Reduce{op} (float32, middle)", np.full(MIDDLE, value, np.float32)),
                 (f"Reduce{op} <keepdims=0> (float32, back)", np.full(2, value, np.float32)),
                 (f"Reduce{op} <keepdims=0> (float32)", np.full((), value, np.float32)),
                 (f"Reduce{op} <noop_with_empty_axes=1> (float32, no_axes)",
                  np.zeros(SHAPE, np.float32)),
                 (f"Reduce{op} (float32, last)", np.zeros((2, 0, 1), np.float32))]
for kind in ("int32", "int64", "int8", "uint8"):
    least, most = np.iinfo(kind).min, np.iinfo(kind).max
    FORMULAS += [(f"ReduceMax <keepdims=0> ({kind}, middle)", np.full(LAST, least, kind)),
                 (f"ReduceMin ({kind}, middle)", np.full(MIDDLE, most, kind))]
FORMULAS += [("ReduceMax (bool, middle)", np.zeros(MIDDLE, bool)),
             ("ReduceMin (bool, middle)", np.ones(MIDDLE, bool)),
             ("ReduceProd (int32, middle)", np.ones(MIDDLE, np.int32)),
             ("ReduceL1 (int64, middle)", np.zeros(MIDDLE, np.int64)),
             ("ReduceSum <keepdims=0> (no_axes)", np.zeros((), np.int64))]

# What gives no elements, of some and of none, and what goes on with it.
EMPTY = {kind: np.zeros(SHAPE, kind) for kind in KINDS}
FORMULAS += [
    ("Relu (float32)", EMPTY["float32"]), ("Cast <to=1> (int64)", EMPTY["float32"]),
    ("Add (float32, float32)", EMPTY["float32"]), ("Greater (int64, int64)", EMPTY["bool"]),
    ("Concat <axis=2> (float32, float32)", np.zeros((2, 0, 8), np.float32)),
    ("Concat <axis=1> (full, float32, full)", np.concatenate([FULL, FULL], 1)),
    ("Transpose (float32)", np.zeros((4, 0, 2), np.float32)),
    ("Reshape <allowzero=1> (int32, shape)", np.zeros((4, 0, 6), np.int32)),
    ("Flatten (float32)", np.zeros((2, 0), np.float32)),
    ("Softmax (float32)", EMPTY["float32"]), ("Trilu (int64)", EMPTY["int64"]),
    ("MatMul (no_columns, full_rows)", np.zeros((0, 5), np.float32)),
    ("Gather (full, no_axes)", np.zeros((0, 3, 4), np.float32)),
    ("Slice (full, one, one)", np.zeros((0, 3, 4), np.float32)),
    ("Slice (full, two, far)", np.zeros((0, 3, 4), np.float32)),
    ("Tile (full, repeats)", np.zeros((2, 0, 4), np.float32)),
    ("Expand (ones, shape)", np.zeros((4, 0, 6), np.float32)),
    ("ConstantOfShape (shape)", np.zeros((4, 0, 6), np.float32)),
    ("ConstantOfShape <value = bool[1] {1}> (no_axes)", np.ones((), bool)),
    ("Constant <value = float[0] {}> ()", np.zeros(0, np.float32)),
    ("Constant <value = int64[0] {}> ()", np.zeros(0, np.int64)),
    ("Identity (bool)", EMPTY["bool"]), ("Dropout (float32)", EMPTY["float32"]),
    ("Shape (float32)", np.array(SHAPE)), ("Size (uint8)", np.array(0)),
    ("Shape <start=2, end=1> (full)", np.zeros(0, np.int64)),
    ("CastLike (full, int32)", FULL.astype(np.int32)),
    ("sum = ReduceSum (float32, middle)\n  y{} = Add (sum, full)", FULL),
    ("cut = Slice (full, two, far)\n  y{} = ReduceMax <keepdims=0> (cut, front)",
     np.full((3, 4), -INFINITY)),
    ("y{}, rest = Split <axis=1> (full, parts)", FULL[:, :0]),
    ("Relu (full)", np.maximum(FULL, 0)),
]

net = harness.Network(
    "empty", INPUTS,
    "int64[1] middle = {1}, int64[2] back = {1, -1}, int64[1] last = {2}, "
    "int64[1] front = {0}, int64[3] shape = {4, 0, 6}, int64[1] one = {1}, "
    "int64[1] two = {2}, int64[1] far = {100}, int64[3] repeats = {1, 0, 1}, int64[2] parts = {0, 3}, "
    + harness.initialize("ones", np.ones((4, 1, 6), np.float32)) + ", "
    + harness.initialize("full_rows", np.full((3, 5), 2, np.float32)))
net.add_each(FORMULAS)
# What has no bytes may lie anywhere, be it inside an input.
inside = [i for i, (node, _) in enumerate(FORMULAS) if node == "Relu (float32)"][0]
results = net.run(sys.argv[1:], {f"y{inside}": FULL.reshape(-1)[5:5].reshape(SHAPE)})
harness.check(results, rtol=0, atol=0)
print(f"{len(FORMULAS)} formulas are right")
