#===- definitions.py - Ops that ONNX defines by others, against numpy ----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a node for each op in the newest operator set, and one of an
old set in which the op had no definition yet; each output against numpy in
float64."""

import numpy as np

import harness

RANDOM = np.random.default_rng(5)


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32).astype(np.float64)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def attend(q, k, v, mask=0.0):
    return softmax(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]) + mask) @ v


def heads(x, count):
    """[batch, steps, heads * size] as [batch, heads, steps, size]."""
    return x.reshape(*x.shape[:2], count, -1).transpose(0, 2, 1, 3)


def rotate(x, cos, sin):
    """Halves of the last dimension as real and imaginary parts."""
    real, imaginary = np.split(x, 2, -1)
    return np.concatenate([real * cos - imaginary * sin, real * sin + imaginary * cos], -1)


INPUTS = {"q": normal(2, 3, 4, 8), "k": normal(2, 3, 6, 8), "v": normal(2, 3, 6, 5),
          "shared": normal(2, 1, 6, 8), "mask": normal(4, 6),
          "q3": normal(2, 4, 12), "k3": normal(2, 4, 12), "v3": normal(2, 4, 6),
          "cos": normal(10, 4), "sin": normal(10, 4),
          "at": RANDOM.integers(0, 10, (2, 4)),
          "a": normal(3, 5), "b": normal(3, 5),
          "scores": normal(4, 5), "labels": RANDOM.integers(0, 5, 4), "weights": normal(5) ** 2,
          "image": normal(6, 7)}
Q, K, V, Q3, K3, V3, A, B, IMAGE = (INPUTS[name] for name in [
    "q", "k", "v", "q3", "k3", "v3", "a", "b", "image"])
INPUTS["half"] = HALF = INPUTS["cos"][:, :2]
AT = INPUTS["at"]
TWO = heads(Q3, 2)
PARTLY = np.concatenate([rotate(TWO[..., :4], HALF[AT][:, None], HALF[AT][:, None]),
                         TWO[..., 4:]], -1)
LATER = np.where(np.tril(np.ones((4, 4))) == 1, 0, -np.inf)  # what comes later is not seen
LOG = np.log(softmax(INPUTS["scores"]))
PICKED = -LOG[np.arange(4), INPUTS["labels"]]
OF_LABELS = INPUTS["weights"][INPUTS["labels"]]
ANGLES = 2 * np.pi * np.arange(9) / 9
PADDED = np.zeros((6, 10))
PADDED[:, 1:8] = IMAGE

# Node, and what its first output is.
NODES = [
    ("Attention (q, k, v)", attend(Q, K, V)),
    ("Attention (q, k, v, mask)", attend(Q, K, V, INPUTS["mask"])),
    ("Attention (q, shared, shared)", attend(Q, INPUTS["shared"], INPUTS["shared"])),
    ("Attention <q_num_heads=3, kv_num_heads=3, is_causal=1> (q3, k3, v3)",
     attend(heads(Q3, 3), heads(K3, 3), heads(V3, 3), LATER)
     .transpose(0, 2, 1, 3).reshape(2, 4, 6)),
    ("RotaryEmbedding (q, cos, sin, at)",
     rotate(Q, INPUTS["cos"][AT][:, None], INPUTS["sin"][AT][:, None])),
    ("RotaryEmbedding <num_heads=2, rotary_embedding_dim=4> (q3, half, half, at)",
     PARTLY.transpose(0, 2, 1, 3).reshape(2, 4, 12)),
    ("SwiGLU (a, b)", A / (1 + np.exp(-A)) * B),
    ("Shrink <lambd=0.5, bias=0.25> (a)",
     np.where(A < -0.5, A + 0.25, np.where(A > 0.5, A - 0.25, 0))),
    ("SoftmaxCrossEntropyLoss (scores, labels)", PICKED.mean()),
    ("SoftmaxCrossEntropyLoss <reduction=\"none\"> (scores, labels, weights)",
     PICKED * OF_LABELS),
    ("NegativeLogLikelihoodLoss (scores, labels, weights)",
     (-INPUTS["scores"][np.arange(4), INPUTS["labels"]] * OF_LABELS).sum() / OF_LABELS.sum()),
    ("HannWindow (nine)", 0.5 - 0.5 * np.cos(ANGLES)),
    ("HammingWindow (nine)", 25 / 46 - 21 / 46 * np.cos(ANGLES)),
    ("CenterCropPad <axes=[1]> (image, ten)", PADDED),
]

newest = harness.Network("network", INPUTS, "int32 nine = {9}, int64[1] ten = {10}")
newest.add_each(NODES)
old = harness.Network("old", {"a": A}, opset=10)
old.add("[s] y = Shrink <lambd=1.0, bias=0.5> (a)",
        y=np.where(A < -1, A + 0.5, np.where(A > 1, A - 0.5, 0)))
results = newest.run() + old.run()
harness.check(results, rtol=2e-5, atol=2e-6)
print(f"{len(results)} definitions are right")
