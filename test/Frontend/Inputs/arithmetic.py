#===- arithmetic.py - Arithmetic of every type, compared with numpy ------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a node for each formula; integers must be numpy's."""

import sys

import numpy as np

import harness

RANDOM = np.random.default_rng(11)
INTEGERS = ["int64", "int32", "int16", "int8", "uint16", "uint8"]
FULL, PART = (3, 4, 37), (4, 1)


def draw(kind, shape):
    """Borders, zeros and any bits."""
    info = np.iinfo(kind)
    some = RANDOM.integers(info.min, info.max, shape, dtype=kind, endpoint=True)
    special = np.array([info.min, info.max, 0, 1, 2, 3, 7], dtype=kind)
    return np.where(RANDOM.random(shape) < 0.5, some, RANDOM.choice(special, shape))


def quotient(a, b):
    """Towards zero, and 0 where `b` is 0."""
    whole = np.where(b == 0, 1, b)
    result = np.floor_divide(a, whole)
    result = result + ((a % whole != 0) & ((a < 0) != (whole < 0))).astype(a.dtype)
    return np.where(b == 0, 0, result).astype(a.dtype)


def rest(function, a, b):
    return np.where(b == 0, 0, function(a, np.where(b == 0, 1, b))).astype(a.dtype)


def power(a, b):
    """Of integers, a whole `b`: as ONNX does not say, 0 to a negative power is 0."""
    a, b = np.broadcast_arrays(a, b)
    positive = a ** np.where(b < 0, 0, b).astype(a.dtype)
    inverse = np.where(np.abs(a) == 1, np.where(b % 2 == 0, 1, a), 0)
    return np.where(b < 0, inverse, positive).astype(a.dtype)


np.seterr(all="ignore")
BOOLS = RANDOM.random(FULL) < 0.5
INPUTS = {"bools": BOOLS, "part_bools": RANDOM.random(PART) < 0.5}
FORMULAS = []
for kind in INTEGERS:
    A, B = draw(kind, FULL), draw(kind, PART)
    a, b = f"a_{kind}", f"b_{kind}"
    INPUTS[a], INPUTS[b] = A, B
    signed = not kind.startswith("u")
    FORMULAS += [
        (f"Add ({a}, {b})", A + B), (f"Sub ({a}, {b})", A - B), (f"Mul ({a}, {b})", A * B),
        (f"Div ({a}, {b})", quotient(A, B)), (f"Mod ({a}, {b})", rest(np.mod, A, B)),
        (f"Mod <fmod=1> ({b}, {a})", rest(np.fmod, np.broadcast_to(B, FULL), A)),
        (f"Max ({a}, {b})", np.maximum(A, B)), (f"Min ({a}, {b}, {a})", np.minimum(A, B)),
        (f"Equal ({a}, {b})", A == B), (f"Less ({a}, {b})", A < B),
        (f"LessOrEqual ({a}, {b})", A <= B), (f"Greater ({a}, {b})", A > B),
        (f"GreaterOrEqual ({a}, {b})", A >= B), (f"Where (bools, {a}, {b})", np.where(BOOLS, A, B)),
        (f"Sign ({a})", np.sign(A)), (f"Tile ({a}, repeats)", np.tile(A, (1, 2, 3))),
        (f"ArgMax <axis=1> ({a})", A.argmax(1)[:, None]),
        (f"ArgMin <axis=2, keepdims=0> ({a})", A.argmin(2)),
        (f"Clip ({a}, low_{kind}, high_{kind})", np.clip(A, 1, 5)),
        (f"Clip ({a}, , high_{kind})", np.minimum(A, 5)),
        (f"Pad <mode=\"wrap\"> ({a}, pads)", np.pad(A, ((0, 0), (1, 2), (40, 3)), mode="wrap")),
    ]
    if kind in ("int8", "uint8", "int32", "int64"):
        FORMULAS += [(f"ReduceMax <keepdims=0> ({a}, last)", A.max(2)),
                     (f"ReduceMin ({a}, last)", A.min(2, keepdims=True))]
    if kind in ("int32", "int64"):
        FORMULAS += [(f"ReduceSum ({a}, last)", A.sum(2, keepdims=True, dtype=kind)),
                     (f"ReduceProd <keepdims=0> ({a}, last)", A.prod(2, dtype=kind))]
        # Bases and exponents that meet in powers of -1, 0 and 1, small and overflowing ones.
        BASE, EXPONENT = RANDOM.integers(-6, 7, FULL).astype(kind), RANDOM.integers(-3, 128, PART)
        HALVES = RANDOM.integers(0, 8, PART).astype(np.float32) / 2
        base, size = f"base_{kind}", f"size_{kind}"
        INPUTS.update({base: BASE, size: np.abs(BASE), f"exponent_{kind}": EXPONENT.astype(kind),
                       f"whole_{kind}": EXPONENT.astype(np.float32), f"halves_{kind}": HALVES})
        FORMULAS += [
            (f"Pow ({base}, exponent_{kind})", power(BASE, EXPONENT)),
            (f"Pow ({base}, whole_{kind})", power(BASE, EXPONENT)),
            (f"Pow ({base}, listed)", power(BASE, np.array([[-1], [0], [1], [100]]))),
            (f"Pow ({a}, three)", A ** 3), (f"Pow ({a}, most)", A ** 2001),
            (f"Pow ({size}, halves_{kind})", np.trunc(np.abs(BASE) ** HALVES.astype(float)).astype(kind)),
        ]
    if signed:
        FORMULAS += [(f"Abs ({a})", np.abs(A)), (f"Neg ({a})", -A), (f"Relu ({a})", np.maximum(A, 0))]

X = np.where(RANDOM.random(FULL) < 0.2, RANDOM.choice([np.nan, np.inf, -np.inf, 0.5, 2.5, -0.0], FULL),
             RANDOM.standard_normal(FULL) * 3).astype(np.float32)
Y = (RANDOM.integers(-9, 9, PART) / 4).astype(np.float32)
U = RANDOM.uniform(-0.99, 0.99, FULL).astype(np.float32)
INPUTS.update(x=X, y=Y, unit=U, scalar=np.float32(0.5).reshape(1))
for name in ("Floor", "Ceil", "Sign", "Sin", "Cos", "Tan", "Sinh", "Cosh"):
    FORMULAS.append((f"{name} (x)", getattr(np, name.lower())(X)))
for name in ("Asin", "Acos", "Atan", "Asinh", "Atanh"):
    FORMULAS.append((f"{name} (unit)", getattr(np, name.lower().replace("a", "arc", 1))(U)))
FORMULAS += [
    ("Round (x)", np.round(X)), ("Acosh (x)", np.arccosh(X)),
    ("Mod <fmod=1> (x, y)", np.fmod(X, Y)), ("Mod (x, y)", np.mod(X, Y)), ("IsNaN (x)", np.isnan(X)), ("IsInf (x)", np.isinf(X)),
    # What is computed in the same kernel is looked at, too.
    ("computed = Add (x, x)\n  y{} = IsNaN (computed)", np.isnan(X)),
    ("other = Sub (x, y)\n  y{} = IsInf <detect_negative=0> (other)", np.isposinf(X)),
    ("IsInf <detect_positive=0> (x)", np.isneginf(X)),
    ("IsInf <detect_positive=0, detect_negative=0> (x)", np.zeros(FULL, bool)),
    ("Clip (x, scalar)", np.maximum(X, 0.5)), ("Clip (x, low, scalar)", np.clip(X, -1, 0.5)),
    ("Where (bools, part_bools, bools)", np.where(BOOLS, INPUTS["part_bools"], BOOLS)),
    ("Equal (bools, part_bools)", BOOLS == INPUTS["part_bools"]),
    ("ReduceMax <keepdims=0> (bools, last)", BOOLS.max(2)), ("ReduceMin (bools, last)", BOOLS.min(2, keepdims=True)),
    ("Expand (y, shape)", np.broadcast_to(Y, (2, 3, 4, 5))), ("Expand (part_bools, one)", INPUTS["part_bools"]),
    ("Expand (x, one)", X), ("ReduceProd (unit, last)", U.astype(float).prod(2, keepdims=True)),
    ("ReduceL1 <keepdims=0> (a_int32, last)", np.abs(INPUTS["a_int32"]).sum(2, dtype=np.int32)),
]
# Removals come first, as in ONNX Runtime.
KEPT = X[:, 1:, :35]
FORMULAS += [
    (f"Pad <mode=\"{mode}\"> (x, mixed)", np.pad(KEPT, ((0, 0), (0, 5), (100, 0)), mode=mode))
    for mode in ("edge", "reflect", "wrap")]
FORMULAS += [
    ("Pad <mode=\"reflect\"> (x, two, , axes)", np.pad(X, ((0, 0), (0, 1), (2, 0)), mode="reflect")),
    ("Pad <mode=\"edge\"> (bools, pads)", np.pad(BOOLS, ((0, 0), (1, 2), (40, 3)), mode="edge"))]
# Integers known at import: the shape that Expand gets from a Where.
FORMULAS.append(("""minus = Constant <value_ints=[-1, 4, -1]> ()
  ones = Constant <value_ints=[1]> ()
  open = Mul (ones, minus)
  negative = Constant <value_ints=[-1]> ()
  is_open = Equal (open, negative)
  extents = Where (is_open, ones, open)
  y{} = Expand (scalar, extents)""", np.full((1, 4, 1), 0.5)))
FORMULAS.append(("""extents_x = Shape (x)
  size_x = ReduceProd <keepdims=0> (extents_x)
  rest_x = Mod (size_x, seven)
  most_x = Max (rest_x, three)
  less_x = Less (three, most_x)
  not_x = Not (less_x)
  both_x = Or (less_x, not_x)
  chosen_x = Where (both_x, most_x, seven)
  minus_x = Neg (chosen_x)
  size_again = Abs (minus_x)
  vector_x = Expand (size_again, one)
  y{} = Expand (scalar, vector_x)""", np.full(max(X.size % 7, 3), 0.5)))

bounds = [harness.initialize(f"{end}_{kind}", np.array(value, kind))
          for kind in INTEGERS for end, value in (("low", 1), ("high", 5))]
net = harness.Network(
    "arithmetic", INPUTS,
    "int64[3] repeats = {1, 2, 3}, int64[1] last = {-1}, int64[4] shape = {2, 3, 1, 5}, "
    "int64[1] one = {1}, int64[6] pads = {0, 1, 40, 0, 2, 3}, int64 seven = {7}, "
    "int64[6] mixed = {0, -1, 100, 0, 5, -2}, int64[4] two = {2, 0, 0, 1}, int64 three = {3}, "
    "int64[2] axes = {-1, 1}, float low = {-1}, float most = {2001}, "
    "float[4,1] listed = {-1, 0, 1, 100}, " + ", ".join(bounds))
net.add_each(FORMULAS)
harness.check(net.run(sys.argv[1:]), rtol=2e-6, atol=1e-6)
print(f"{len(FORMULAS)} formulas are right")
