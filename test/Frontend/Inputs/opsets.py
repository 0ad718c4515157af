#===- opsets.py - Small networks of old operator sets, against numpy -----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""What nodes meant in the operator set of their file, and what is known at
import: one network for each case."""

import numpy as np

import harness

X = np.random.default_rng(3).standard_normal((3, 3, 4)).astype(np.float32)
B = np.array([1, -2, 3], np.float32)
MATRIX = X[:2, 0]
NUMBERS = np.array([7, 8, 9])


def hard(x, axis):
    """Hardmax of rows that the dimensions from `axis` on make."""
    rows = x.reshape(int(np.prod(x.shape[:axis])), -1)
    result = np.zeros_like(rows)
    result[np.arange(len(rows)), rows.argmax(1)] = 1
    return result.reshape(x.shape)


def one_hot(indices, depth):
    return (np.arange(depth) == indices[:, None]).astype(np.float32) * 6 - 1


# Operator set, inputs, initializers, nodes that compute y, y.
CASES = [
    (11, {"x": X}, "", "y = Hardmax (x)", hard(X, 1)),
    (12, {"x": X}, "", "y = Hardmax <axis=2> (x)", hard(X, 2)),
    (12, {"x": X}, "", "y = Hardmax <axis=-3> (x)", hard(X, 0)),
    (13, {"x": X}, "", "y = Hardmax (x)", hard(X, 2)),
    (9, {"i": np.array([1, -1, 2])}, "int64 d = {3}, float[2] v = {-1, 5}", "y = OneHot (i, d, v)",
     one_hot(np.array([1, -1, 2]), 3)),
    (11, {"i": np.array([1, -1, -4])}, "int64 d = {3}, float[2] v = {-1, 5}", "y = OneHot (i, d, v)",
     one_hot(np.array([1, 2, -1]), 3)),
    # Masks have the type of the input before operator set 10.
    (7, {"x": X}, "", "z, m = Dropout (x)  y = Add (z, m)", X + 1),
    (6, {"x": X}, "", "z, y = Dropout <is_test=1> (x)", np.ones_like(X)),
    (10, {"x": X}, "", "z, y = Dropout (x)", np.ones(X.shape, bool)),
    # The second operand lies along the first from `axis` on.
    (6, {"x": X, "b": B}, "", "y = Add <broadcast=1, axis=1> (x, b)", X + B[:, None]),
    (6, {"x": X, "b": B}, "", "y = Sub <broadcast=1, axis=0> (x, b)", X - B[:, None, None]),
    (6, {"x": X, "b": B}, "", "z = Relu (x)  y = Mul <broadcast=1, axis=-2> (z, b)",
     np.maximum(X, 0) * B[:, None]),
    (6, {"x": X}, "float[2,4] b = {1, 2, 3, 4, 5, 6, 7, 8}",
     "k = Constant <value = float[3,4] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}> ()"
     "  y = Add <broadcast=1, axis=1> (x, k)", X + np.arange(1, 13).reshape(3, 4)),
    (6, {"m": MATRIX, "x": X}, "float[4] b = {1, 2, 4, 8}", "y = Div <broadcast=1, axis=1> (m, b)",
     MATRIX / [1, 2, 4, 8]),
    # Known at import.
    (28, {"x": X}, "", "f = Constant <value_floats = [0.5, -0.25, 0.0]> ()  y = Cast <to=9> (f)",
     np.array([True, True, False])),
    (28, {"x": X}, "int64[3] n = {7, 8, 9}, int64[1] a = {-100}, int64[1] e = {-200}, int64[1] d = {0}, int64[1] s = {-1}",
     "y = Slice (n, a, e, d, s)", NUMBERS[:1]),
    (28, {"x": X}, "int64[3] n = {7, 8, 9}, int64[1] a = {0}, int64[1] e = {100}, int64[1] d = {0}, int64[1] s = {2}",
     "y = Slice (n, a, e, d, s)", NUMBERS[::2]),
    (28, {"x": X}, "int64[3] n = {7, 8, 9}, int64[1] a = {9}, int64[1] e = {-9}, int64[1] d = {-1}, int64[1] s = {-2}",
     "y = Slice (n, a, e, d, s)", NUMBERS[::-2]),
    (28, {"x": X}, "int64[1] n = {40000}",
     "c = ConstantOfShape <value = int64[1] {3}> (n)  y = Concat <axis=0> (c, c)", np.full(80000, 3)),
    # One number, repeated: too often to be worked on at import.
    (28, {"x": X[0]}, "int64[2] n = {300000, 4}",
     "w = ConstantOfShape <value = float[1] {0.5}> (n)  z = Gemm <transB=1, alpha=3.0> (x, w)"
     "  n4 = Constant <value_ints=[0]> ()  e4 = Constant <value_ints=[1]> ()"
     "  y = Slice (z, n4, e4, e4)", 1.5 * X[0].sum(1, keepdims=True)),
]

results = []
for i, (opset, inputs, constants, nodes, value) in enumerate(CASES):
    net = harness.Network(f"case{i}", inputs, constants, opset)
    net.add(nodes, y=value)
    results += net.run()
harness.check(results, rtol=1e-5, atol=1e-6)
print(f"{len(CASES)} networks are right")
