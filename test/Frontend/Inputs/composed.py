#===- composed.py - Nodes that are formulas, compared with numpy ---------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a node for each formula; each output against numpy in
float64."""

import numpy as np

import harness

RANDOM = np.random.default_rng(7)
X = RANDOM.standard_normal((2, 6, 4, 8)) * 3 + 5
GAMMA, BETA = RANDOM.standard_normal(6), RANDOM.standard_normal(6)
BOOLS = RANDOM.integers(0, 2, (2, 5)).astype(bool)
OTHERS = RANDOM.integers(0, 2, (5,)).astype(bool)
EPSILON = 1e-5


def normal(x, axes):
    """Mean 0 and variance 1 over `axes`."""
    mean = x.mean(axes, keepdims=True)
    return (x - mean) / np.sqrt(x.var(axes, keepdims=True) + EPSILON)


def per_channel(values):
    return values.reshape(-1, 1, 1)


def local_response(x, size, alpha, beta, bias):
    squares = np.zeros_like(x)
    for c in range(x.shape[1]):
        first, last = max(0, c - (size - 1) // 2), c + (size - 1 - (size - 1) // 2)
        squares[:, c] = (x[:, first:last + 1] ** 2).sum(1)
    return x / (bias + alpha / size * squares) ** beta


def norms(x, p, kernel, strides, pads, positions):
    """LpPool: `positions` windows per dimension over the input between zeros."""
    rows = (pads[0], positions[0] * strides[0] + kernel[0])
    columns = (pads[1], positions[1] * strides[1] + kernel[1])
    padded = np.pad(np.abs(x) ** p, ((0, 0), (0, 0), rows, columns))
    result = np.zeros(x.shape[:2] + positions)
    for i in np.ndindex(positions):
        r, c = i[0] * strides[0], i[1] * strides[1]
        window = padded[:, :, r:r + kernel[0], c:c + kernel[1]]
        result[:, :, i[0], i[1]] = window.sum((2, 3)) ** (1 / p)
    return result


def blocks(x, order):
    """Space to depth by 2: `order` of n, c, h, block row, w, block column."""
    n, c, h, w = x.shape
    parts = x.reshape(n, c, h // 2, 2, w // 2, 2)
    return parts.transpose(order).reshape(n, 4 * c, h // 2, w // 2)


GROUPED = normal(X.reshape(2, 3, -1), -1).reshape(X.shape)
RMS = X / np.sqrt((X ** 2).mean((2, 3), keepdims=True) + EPSILON)
SCALE = RANDOM.standard_normal((4, 8))
WIDE = RANDOM.standard_normal((6, 8, 5))

# Node, and what it gives.
FORMULAS = [
    ("InstanceNormalization (x, gamma, beta)",
     normal(X, (2, 3)) * per_channel(GAMMA) + per_channel(BETA)),
    ("GroupNormalization <num_groups=3> (x, gamma, beta)",
     GROUPED * per_channel(GAMMA) + per_channel(BETA)),
    ("LayerNormalization <axis=2> (x, scale)", normal(X, (2, 3)) * SCALE),
    ("LayerNormalization (x, row, row)", normal(X, -1) * SCALE[0] + SCALE[0]),
    ("RMSNormalization <axis=-2> (x, scale)", RMS * SCALE),
    ("MeanVarianceNormalization <axes=[0, 2, 3]> (x)",
     (X - X.mean((0, 2, 3), keepdims=True)) / X.std((0, 2, 3), keepdims=True)),
    ("LpNormalization <axis=1> (x)", X / np.sqrt((X ** 2).sum(1, keepdims=True))),
    ("LpNormalization <axis=2, p=1> (x)", X / np.abs(X).sum(2, keepdims=True)),
    ("LRN <size=3, alpha=0.5, beta=0.6, bias=2.0> (x)", local_response(X, 3, 0.5, 0.6, 2)),
    ("LRN <size=4, alpha=0.5> (x)", local_response(X, 4, 0.5, 0.75, 1)),
    ("ReduceL1 (x, axes)", np.abs(X).sum((1, 3), keepdims=True)),
    ("ReduceL2 <keepdims=0> (x, axes)", np.sqrt((X ** 2).sum((1, 3)))),
    ("ReduceSumSquare (x)", (X ** 2).sum(keepdims=True)),
    ("ReduceLogSum <keepdims=0> (positive, axes)", np.log((X ** 2).sum((1, 3)))),
    ("ReduceLogSumExp (x, axes)", np.log(np.exp(X).sum((1, 3), keepdims=True))),
    ("ReduceLogSumExp (large)", np.array([[300 + np.log(2)]])),
    ("ReduceLogSumExp (infinite)", np.array([[np.inf]])),
    ("LpPool <kernel_shape=[2, 3]> (x)", norms(X, 2, (2, 3), (1, 1), (0, 0), (3, 6))),
    ("LpPool <kernel_shape=[2, 3], p=1, strides=[2, 2], pads=[1, 0, 0, 2]> (x)",
     norms(X, 1, (2, 3), (2, 2), (1, 0), (2, 4))),
    ("LpPool <kernel_shape=[3, 3], p=3, strides=[2, 2], ceil_mode=1> (x)",
     norms(X, 3, (3, 3), (2, 2), (0, 0), (2, 4))),
    ("LpPool <kernel_shape=[3, 2], p=3, auto_pad=\"SAME_LOWER\"> (x)",
     norms(X, 3, (3, 2), (1, 1), (1, 1), (4, 8))),
    ("LpPool <kernel_shape=[1, 2], dilations=[1, 7]> (x)", np.hypot(X[..., :1], X[..., 7:])),
    ("GlobalLpPool (x)", np.sqrt((X ** 2).sum((2, 3), keepdims=True))),
    ("GlobalLpPool <p=3> (x)", (np.abs(X) ** 3).sum((2, 3), keepdims=True) ** (1 / 3)),
    ("MatMul (x, wide)", X @ WIDE),
    ("MatMul (x, row)", X @ SCALE[0]),
    ("MatMul (row, wide)", SCALE[0] @ WIDE),
    ("MatMul (row, row)", SCALE[0] @ SCALE[0]),
    ("Gemm <transA=1, alpha=0.5> (scale, scale, row)", 0.5 * SCALE.T @ SCALE + SCALE[0]),
    ("ArgMin <axis=3> (x)", X.argmin(3)[..., None]),
    ("SpaceToDepth <blocksize=2> (x)", blocks(X, (0, 3, 5, 1, 2, 4))),
    ("DepthToSpace <blocksize=2> (deep)", X),
    ("DepthToSpace <blocksize=2, mode=\"CRD\"> (columns)", X),
    ("And (bools, others)", BOOLS & OTHERS),
    ("Or (bools, others)", BOOLS | OTHERS),
    ("Xor (bools, others)", BOOLS ^ OTHERS),
    ("CastLike (x, bools)", X != 0),
    ("Size (x)", np.array(X.size)),
    ("MeanVarianceNormalization (x)",
     (X - X.mean((0, 2, 3), keepdims=True)) / X.std((0, 2, 3), keepdims=True)),
    ("ConstantOfShape <value=float[1] {2.5}> (axes)", np.full((1, 3), 2.5)),
]
INPUTS = {"x": X, "gamma": GAMMA, "beta": BETA, "scale": SCALE, "row": SCALE[0], "wide": WIDE,
          "positive": X ** 2, "large": np.array([[300.0, 300.0]]),
          "infinite": np.array([[np.inf, 1.0]]),
          "deep": blocks(X, (0, 3, 5, 1, 2, 4)), "columns": blocks(X, (0, 1, 3, 5, 2, 4)),
          "bools": BOOLS, "others": OTHERS}

net = harness.Network("formulas", INPUTS, "int64[2] axes = {1, 3}, int64[2] parts = {2, 4}")
net.add_each(FORMULAS)
net.add("front, back = Split <axis=1> (x, parts)", front=X[:, :2], back=X[:, 2:])
net.add("one = Constant <value_ints=[1]> ()")
net.add("gain = ConstantOfShape <value=float[1] {1}> (one)")
net.add("unused, mean = LayerNormalization <axis=1> (x, gain)", mean=X.mean((1, 2, 3), keepdims=True))
net.add("dropped, kept = Dropout (x)", kept=np.ones(X.shape, bool))
harness.check(net.run(), rtol=2e-5, atol=2e-5)
print(f"{len(FORMULAS)} formulas are right")
