#===- resize-modes.py - Resizes of every mode, compared with numpy -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a Resize per case; each output against numpy in float64,
where a resize along one dimension is the product with a full matrix."""

import numpy as np

import harness

RANDOM = np.random.default_rng(5)
INPUTS = {"image": RANDOM.standard_normal((1, 2, 7, 10)),
          "volume": RANDOM.standard_normal((2, 3, 4, 5, 6)),
          "line": RANDOM.standard_normal((9,)),
          "point": RANDOM.standard_normal((1, 1)),
          "labels": RANDOM.integers(0, 200, (1, 7, 10)).astype(np.uint8)}

# Input, attributes, and scales, sizes and roi of `axes`.
CASES = [
    # Cubic, in each coordinate mode.
    ("image", dict(mode="cubic", axes=[2, 3]), dict(scales=[2, 1.5])),
    ("image", dict(mode="cubic", axes=[2, 3]), dict(scales=[0.6, 0.75])),
    ("image", dict(mode="cubic", coordinate_transformation_mode="align_corners"),
     dict(sizes=[1, 2, 11, 4])),
    ("image", dict(mode="cubic", coordinate_transformation_mode="asymmetric", axes=[-1]),
     dict(sizes=[21])),
    ("image", dict(mode="cubic", coordinate_transformation_mode="pytorch_half_pixel",
                   cubic_coeff_a=-0.5, axes=[2, 3]), dict(sizes=[1, 15])),
    ("image", dict(mode="cubic", coordinate_transformation_mode="half_pixel_symmetric",
                   axes=[3, 2]), dict(scales=[1.25, 0.5])),
    # Three dimensions, channels and batches.
    ("volume", dict(mode="cubic", exclude_outside=1), dict(sizes=[3, 5, 7, 4, 3])),
    ("volume", dict(mode="linear", antialias=1, axes=[0, 1, 4]), dict(sizes=[1, 2, 4])),
    # Antialiasing counts where a dimension shrinks.
    ("image", dict(mode="linear", antialias=1, axes=[2, 3]), dict(sizes=[3, 20])),
    ("image", dict(mode="cubic", antialias=1, axes=[2, 3]), dict(scales=[0.6, 0.3])),
    ("image", dict(mode="cubic", antialias=1, exclude_outside=1, cubic_coeff_a=-0.5,
                   axes=[2, 3]), dict(sizes=[2, 7])),
    ("line", dict(mode="linear", antialias=1, coordinate_transformation_mode="align_corners"),
     dict(sizes=[4])),
    ("line", dict(mode="linear", antialias=1), dict(sizes=[1])),
    # One element.
    ("point", dict(mode="cubic"), dict(sizes=[3, 1])),
    ("point", dict(mode="cubic", coordinate_transformation_mode="align_corners"),
     dict(sizes=[1, 4])),
    ("line", dict(mode="cubic", coordinate_transformation_mode="align_corners"),
     dict(sizes=[1])),
    # Crops, inside and outside, mirrored and wholly outside.
    ("image", dict(coordinate_transformation_mode="tf_crop_and_resize", mode="linear",
                   axes=[2, 3]), dict(sizes=[4, 5], roi=[0.3, 0.1, 0.9, 0.75])),
    ("image", dict(coordinate_transformation_mode="tf_crop_and_resize", mode="cubic",
                   extrapolation_value=7.5), dict(sizes=[1, 2, 5, 9],
                                                  roi=[0, 0, -0.5, 0.4, 1, 1, 0.5, 1.3])),
    ("image", dict(coordinate_transformation_mode="tf_crop_and_resize", axes=[3, 2]),
     dict(sizes=[6, 1], roi=[1, 0.2, -0.2, 0.9])),
    ("line", dict(coordinate_transformation_mode="tf_crop_and_resize", mode="linear",
                  extrapolation_value=-3.0), dict(sizes=[4], roi=[1.5, 2])),
    ("line", dict(coordinate_transformation_mode="tf_crop_and_resize", mode="linear"),
     dict(scales=[1.5], roi=[0.5, 1.5])),
    # Nearest elements of any type.
    ("labels", dict(coordinate_transformation_mode="half_pixel_symmetric", axes=[1, 2]),
     dict(scales=[1.3, 0.45])),
    ("labels", dict(coordinate_transformation_mode="tf_crop_and_resize", nearest_mode="ceil",
                    extrapolation_value=9.0, axes=[1, 2]),
     dict(sizes=[5, 6], roi=[0.1, -0.3, 0.8, 1.1])),
    # One scale for all dimensions.
    ("image", dict(mode="cubic", keep_aspect_ratio_policy="not_larger", axes=[2, 3]),
     dict(sizes=[5, 9])),
    ("image", dict(mode="linear", keep_aspect_ratio_policy="not_smaller", axes=[2, 3]),
     dict(sizes=[5, 9])),
    ("line", dict(keep_aspect_ratio_policy="not_smaller"), dict(sizes=[13])),
]


def position(mode, i, scale, before, after, roi):
    """Where element `i` of `after` lies among `before` elements."""
    length = after if abs(scale * before - after) < 1e-5 else scale * before
    if mode == "half_pixel":
        return (i + 0.5) / scale - 0.5
    if mode == "half_pixel_symmetric":
        return before / 2 * (1 - after / length) + (i + 0.5) / scale - 0.5
    if mode == "pytorch_half_pixel":
        return (i + 0.5) / scale - 0.5 if length > 1 else 0
    if mode == "align_corners":
        return i * (before - 1) / (length - 1) if length > 1 else 0
    if mode == "asymmetric":
        return i / scale
    share = i / (length - 1) if length > 1 else 0.5
    return (roi[0] + share * (roi[1] - roi[0])) * (before - 1)


def cubic(x, a):
    x = abs(x)
    near = (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1
    far = a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a
    return np.where(x <= 1, near, np.where(x < 2, far, 0))


def matrix(attributes, scale, before, after, roi):
    """The weights [after, before], and which elements are outside of a crop."""
    transform = attributes.get("coordinate_transformation_mode", "half_pixel")
    xs = np.array([position(transform, i, scale, before, after, roi) for i in range(after)])
    outside = np.zeros(after, bool)
    if transform == "tf_crop_and_resize":
        outside = (xs < -1e-9) | (xs > before - 1 + 1e-9)
        xs = np.where(outside, 0, xs)
    stretch = max(1, 1 / scale) if attributes.get("antialias") else 1
    margin = 3 * int(np.ceil(stretch)) + 1
    every = np.arange(-margin, before + margin)
    distances = (every - xs[:, None]) / stretch
    mode = attributes.get("mode", "nearest")
    if mode == "nearest":
        rounding = {"round_prefer_floor": lambda x: np.ceil(x - 0.5), "ceil": np.ceil}
        nearest = rounding[attributes.get("nearest_mode", "round_prefer_floor")](xs)
        weights = (every == nearest[:, None]).astype(float)
    elif mode == "linear":
        weights = np.maximum(0, 1 - abs(distances))
    else:
        weights = cubic(distances, attributes.get("cubic_coeff_a", -0.75))
    if attributes.get("exclude_outside"):
        weights = weights * ((every >= 0) & (every < before))
    weights = weights / weights.sum(1, keepdims=True)
    result = np.zeros((after, before))
    for i, p in enumerate(every):  # beyond the border lies what lies on it
        result[:, min(max(p, 0), before - 1)] += weights[:, i]
    return result, outside


def resize(x, attributes, scales=None, sizes=None, roi=None):
    axes = [axis % x.ndim for axis in attributes.get("axes", range(x.ndim))]
    extents = [x.shape[axis] for axis in axes]
    if sizes:
        scales = [size / extent for size, extent in zip(sizes, extents)]
        choose = {"not_larger": min, "not_smaller": max}.get(
            attributes.get("keep_aspect_ratio_policy"))
        if choose:
            scales = [choose(scales)] * len(axes)
            sizes = [int(np.floor(scales[0] * extent + 0.5)) for extent in extents]
    else:
        scales = [float(np.float32(scale)) for scale in scales]
        sizes = [int(extent * scale) for extent, scale in zip(extents, scales)]
    y, outside = x.astype(float), np.zeros((1,) * x.ndim, bool)
    for i, axis in enumerate(axes):
        part = [float(np.float32(value)) for value in roi[i::len(axes)]] if roi else None
        weights, beyond = matrix(attributes, scales[i], extents[i], sizes[i], part)
        y = np.moveaxis(np.tensordot(weights, y, (1, axis)), 0, axis)
        outside = outside | beyond.reshape([-1 if d == axis else 1 for d in range(x.ndim)])
    return np.where(outside, attributes.get("extrapolation_value", 0.0), y).astype(x.dtype)


def attribute(name, value):
    return f'{name}="{value}"' if isinstance(value, str) else f"{name}={value}"


nodes, constants = [], []
for i, (x, attributes, lists) in enumerate(CASES):
    names = []
    for role, kind in (("roi", float), ("scales", float), ("sizes", int)):
        if role in lists:
            constants.append(harness.initialize(f"{role}{i}", np.array(lists[role], kind)))
        names.append(role + str(i) if role in lists else '""')
    text = ", ".join(attribute(*pair) for pair in attributes.items())
    nodes.append((f"Resize <{text}> ({x}, {', '.join(names)})", resize(INPUTS[x], attributes, **lists)))
net = harness.Network("resizes", INPUTS, ", ".join(constants), opset=19)
net.add_each(nodes)
harness.check(net.run(["-O0"]) + net.run(["-O2"]), rtol=2e-5, atol=2e-5)
print(f"{len(CASES)} resizes are right")
