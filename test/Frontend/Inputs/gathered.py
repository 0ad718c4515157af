#===- gathered.py - Nodes that take positions, compared with numpy -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a node for each case; each output against numpy."""

import numpy as np

import harness

RANDOM = np.random.default_rng(11)
X = RANDOM.standard_normal((3, 4, 5)).astype(np.float32)
BITS = RANDOM.integers(0, 2, (3, 4)).astype(bool)
INTS = RANDOM.integers(-9, 9, (3, 4))
IDS = np.array([[0, -1, 2], [-3, 1, 1]])
COLUMNS = RANDOM.integers(-4, 4, (2, 4, 5))
PAIRS = np.array([[0, 3], [-1, -4], [0, 3]])
UPDATES = RANDOM.standard_normal((2, 4, 5)).astype(np.float32)
ROWS = RANDOM.standard_normal((3, 5)).astype(np.float32)
TIES = np.array([[3, 1, 3, 2, 1], [0, 0, 0, 0, 0], [-1, -5, 7, 7, -5]], np.float32)
# Outside of 4: ONNX gives such one-hot vectors no element that is on.
HOT = np.array([[0, -1, 3], [4, -5, -4], [-2 ** 63, 2 ** 63 - 1, 2 ** 32]])
CLASSES = np.array([1.5, -1.0, 3.9], np.float32)
VALUES = np.array([-2.0, 5.0], np.float32)
ENDLESS = np.array([1, np.inf, 2, -np.inf, 3, np.nan, 4], np.float32)


def scattered(combine):
    """`combine` for each update along dimension 1, one after the other."""
    y = X.copy()
    for i, j, k in np.ndindex(COLUMNS.shape):
        at = i, COLUMNS[i, j, k], k
        y[at] = combine(y[at], UPDATES[i, j, k])
    return y


def scattered_rows(data, updates, combine):
    y = data.copy()
    for (i, j), row in zip(PAIRS, updates):
        y[i, j] = combine(y[i, j], row)
    return y


def assign(_, update):
    return update


def top(x, k, axis, smallest=False):
    """Positions; the first among equals comes first."""
    return np.argsort(x if smallest else -x, axis, kind="stable").take(range(k), axis)


def one_hot(indices, depth, off, on):
    at = np.where(indices < 0, indices + depth, indices)
    return np.where(at[..., None] == np.arange(depth), on, off).astype(np.float32)


def cumulative(x, axis, exclusive=False, reverse=False):
    x = np.flip(x, axis) if reverse else x
    y = np.cumsum(x, axis) - (x if exclusive else 0)
    return np.flip(y, axis) if reverse else y


# Node, and what it gives.
CASES = [
    ("Gather (x, ids)", X[IDS]),
    ("Gather <axis=-1> (bits, ids)", BITS[:, IDS]),
    ("Gather <axis=1> (ints, two)", INTS[:, 2]),
    ("GatherElements <axis=1> (x, columns)",
     np.take_along_axis(X[:2], COLUMNS, 1)),
    ("GatherND (x, pairs)", X[PAIRS[:, 0], PAIRS[:, 1]]),
    ("GatherND <batch_dims=1> (x, pairs)", X[range(3), PAIRS[:, 0], PAIRS[:, 1]]),
    ("GatherND (bits, pairs)", BITS[PAIRS[:, 0], PAIRS[:, 1]]),
    ("ScatterElements <axis=1> (x, columns, updates)", scattered(assign)),
    ("ScatterElements <axis=1, reduction=\"add\"> (x, columns, updates)", scattered(np.add)),
    ("ScatterElements <axis=1, reduction=\"mul\"> (x, columns, updates)", scattered(np.multiply)),
    ("ScatterElements <axis=1, reduction=\"max\"> (x, columns, updates)", scattered(np.maximum)),
    ("ScatterElements <axis=1, reduction=\"min\"> (x, columns, updates)", scattered(np.minimum)),
    ("ScatterND (x, pairs, rows)", scattered_rows(X, ROWS, assign)),
    ("ScatterND <reduction=\"add\"> (x, pairs, rows)", scattered_rows(X, ROWS, np.add)),
    ("ScatterND <reduction=\"mul\"> (ints, pairs, numbers)",
     scattered_rows(INTS, [7, -3, 2], np.multiply)),
    ("OneHot (hot, four, values)", one_hot(HOT, 4, -2, 5)),
    ("OneHot <axis=0> (hot, four, values)", one_hot(HOT, 4, -2, 5).transpose(2, 0, 1)),
    ("OneHot (classes, five, bools)", one_hot(CLASSES.astype(int), 5, 1, 0).astype(bool)),
    ("Hardmax (ties)", one_hot(TIES.argmax(1), 5, 0, 1)),
    ("Hardmax <axis=0> (ties)", one_hot(TIES.argmax(0), 3, 0, 1).T),
    ("EyeLike <k=1> (bits)", np.eye(3, 4, 1).astype(bool)),
    ("EyeLike <k=-2, dtype=1> (ints)", np.eye(3, 4, -2).astype(np.float32)),
    ("EyeLike <k=-9223372036854775808> (ints)", np.zeros((3, 4), int)),
    ("Trilu (x)", np.triu(X)),
    ("Trilu <upper=0> (x, two)", np.tril(X, 2)),
    ("Trilu (ints, minus)", np.triu(INTS, -1)),
    ("Trilu <upper=0> (bits, minus)", np.tril(BITS, -1)),
    ("CumSum (x, two)", cumulative(X, 2)),
    ("CumSum <reverse=1> (x, minus)", cumulative(X, -1, reverse=True)),
    ("CumSum <exclusive=1> (ints, one)", cumulative(INTS, 1, exclusive=True)),
    ("CumSum <exclusive=1, reverse=1> (x, one)", cumulative(X, 1, True, True)),
    ("CumSum (endless, zero)", np.cumsum(ENDLESS)),
]
INPUTS = {"x": X, "bits": BITS, "ints": INTS, "ids": IDS, "columns": COLUMNS, "pairs": PAIRS,
          "updates": UPDATES, "rows": ROWS, "ties": TIES, "hot": HOT, "classes": CLASSES,
          "endless": ENDLESS}
CONSTANTS = ("int64 two = {2}, int64 minus = {-1}, int64 zero = {0}, int64 one = {1}, int32 four = {4}, "
             "float five = {5.5}, int64[1] k = {3}, int64[3] numbers = {7, -3, 2}, "
             "float[2] values = {-2, 5}, bool[2] bools = {1, 0}")
BEST = top(TIES, 3, 1)

net = harness.Network("positions", INPUTS, CONSTANTS)
net.add_each(CASES)
net.add("best, best_at = TopK (ties, k)", best=np.take_along_axis(TIES, BEST, 1), best_at=BEST)
net.add("least, least_at = TopK <largest=0> (ties, k)", least_at=top(TIES, 3, 1, True))
net.add("oldest, oldest_at = TopK <axis=0> (ints, k)", oldest=np.take_along_axis(INTS, top(INTS, 3, 0), 0))
results = net.run()
harness.check(results, rtol=1e-5, atol=1e-5)
print(f"{len(results)} outputs are right")
