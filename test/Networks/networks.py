#!/usr/bin/env python3
#===- networks.py - Small networks that carry each activation --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Writes the kinds of networks in which activations are at home, with few
channels and seeded random weights, as NAME.onnxtxt.

    networks.py FOLDER          all of them; their names are printed
    networks.py FOLDER NAME...  some of them

- cnn_ACTIVATION: Conv3d + BatchNorm + activation + MaxPool, twice, and a dense
  layer, for each activation that ONNX has an op for.
- cnn_learned_swish, cnn_swish_17: the same with what exporters write where
  there is no op: x sigmoid(b x), x sigmoid(x).
- bert_feed_forward: dense, GELU, dense, and the residual (Devlin et al. 2018).
- gan_generator, gan_discriminator: of DCGAN (Radford et al. 2015).
- selu_mlp: a self-normalising dense network (Klambauer et al. 2017).
- efficientnet_block: MBConv with squeeze and excitation, swish spelled out
  (Tan and Le 2019).
- mobilenetv3_block: the same with hard_swish and hard_sigmoid (Howard et al.
  2019).
- shallow_relu_deep_gelu: four convolutions, ReLU in the first two.
"""

from __future__ import annotations

import math
import pathlib
import random
import sys
from typing import List, Sequence

#: ONNX ops by the activation's name here: the op with its attributes.
ACTIVATIONS = {
    "relu": "Relu", "leaky_relu": "LeakyRelu <alpha = 0.1>",
    "thresholded_relu": "ThresholdedRelu <alpha = 0.3>",
    "hard_sigmoid": "HardSigmoid <alpha = 0.3, beta = 0.4>", "hard_swish": "HardSwish",
    "elu": "Elu <alpha = 0.7>", "celu": "Celu <alpha = 1.3>", "selu": "Selu",
    "sigmoid": "Sigmoid", "tanh": "Tanh", "softplus": "Softplus", "softsign": "Softsign",
    "swish": "Swish <alpha = 1.2>", "mish": "Mish", "gelu": "Gelu",
    "gelu_tanh": 'Gelu <approximate = "tanh">',
}


def numbers(values: Sequence[float]) -> str:
    return "{" + ", ".join(f"{value:.6g}" for value in values) + "}"


class Network:
    """Text of ONNX, node by node. Methods add nodes and return their result."""

    def __init__(self, name: str, shape: Sequence[int], opset: int = 24):
        self.name, self.opset, self.shape = name, opset, shape
        self.rng = random.Random(name)
        self.nodes: List[str] = []
        self.initializers: List[str] = []
        self.channels = shape[1]

    def constant(self, shape: Sequence[int], values: Sequence[float]) -> str:
        name = f"w{len(self.initializers)}"
        kind = f"float[{','.join(map(str, shape))}]" if shape else "float"
        self.initializers.append(f"{kind} {name} = {numbers(values)}")
        return name

    def normal(self, shape: Sequence[int], deviation: float) -> str:
        return self.constant(shape, [self.rng.gauss(0, deviation) for _ in range(math.prod(shape))])

    def uniform(self, size: int, low: float, high: float) -> str:
        return self.constant([size], [self.rng.uniform(low, high) for _ in range(size)])

    def node(self, op: str, *operands: str) -> str:
        result = f"v{len(self.nodes)}"
        op, _, attributes = op.partition(" ")
        self.nodes.append(f'[{op.lower()}_{len(self.nodes)}] {result} = {op}{attributes}({", ".join(operands)})')
        return result

    def conv(self, x: str, channels: int, kernel: int, stride: int = 1, groups: int = 1,
             rank: int = 2, bias: bool = False) -> str:
        inputs = self.channels // groups
        weights = self.normal([channels, inputs] + [kernel] * rank, (2 / (inputs * kernel ** rank)) ** 0.5)
        operands = [x, weights] + ([self.normal([channels], 0.1)] if bias else [])
        pads = [kernel // 2] * (2 * rank)
        self.channels = channels
        return self.node(f"Conv <pads = {pads}, strides = {[stride] * rank}, group = {groups}>", *operands)

    def conv_transpose(self, x: str, channels: int) -> str:
        """Twice the extent, kernel 4."""
        weights = self.normal([self.channels, channels, 4, 4], (1 / (4 * self.channels)) ** 0.5)
        self.channels = channels
        return self.node("ConvTranspose <pads = [1, 1, 1, 1], strides = [2, 2]>", x, weights)

    def norm(self, x: str) -> str:
        c = self.channels
        return self.node("BatchNormalization", x, self.uniform(c, 0.5, 1.5), self.normal([c], 0.3),
                         self.normal([c], 0.3), self.uniform(c, 0.5, 1.5))

    def dense(self, x: str, features: int) -> str:
        weights = self.normal([features, self.channels], (1 / self.channels) ** 0.5)
        self.channels = features
        return self.node("Gemm <transB = 1>", x, weights, self.normal([features], 0.1))

    def global_pool(self, x: str) -> str:
        return self.node("GlobalAveragePool", x)

    def text(self, result: str, shape: Sequence[int]) -> str:
        last = self.nodes[-1]
        assert f"] {result} = " in last, "the last node gives the result"
        self.nodes[-1] = last.replace(f"] {result} = ", "] y = ")
        dims = [",".join(map(str, s)) for s in (self.shape, shape)]
        initializers = ",\n ".join(self.initializers)
        nodes = "\n ".join(self.nodes)
        return (f'<ir_version: 10, opset_import: ["": {self.opset}]>\n'
                f"{self.name} (float[{dims[0]}] x) => (float[{dims[1]}] y)\n"
                f"<{initializers}>\n{{\n {nodes}\n}}\n")


def cnn(name: str, activate, opset: int = 24) -> str:
    """Two blocks of the first user's network, and its head."""
    net = Network(name, [1, 3, 8, 9, 10], opset)
    x = "x"
    for channels in (8, 20):
        x = net.norm(net.conv(x, channels, 3, rank=3))
        x = net.node("MaxPool <kernel_shape = [2, 2, 2], strides = [2, 2, 2]>", activate(net, x))
    x = net.node("Flatten", net.global_pool(x))
    return net.text(net.dense(x, 5), [1, 5])


def prelu(net: Network, x: str) -> str:
    slopes = [net.rng.uniform(-0.5, 1.5) for _ in range(net.channels)]
    return net.node("PRelu", x, net.constant([net.channels, 1, 1, 1], slopes))


def clip(net: Network, x: str) -> str:
    return net.node("Clip", x, net.constant([], [0.0]), net.constant([], [6.0]))


def spelled_swish(net: Network, x: str) -> str:
    return net.node("Mul", x, net.node("Sigmoid", x))


def learned_swish(net: Network, x: str) -> str:
    slopes = [net.rng.uniform(0.5, 2) for _ in range(net.channels)]
    scaled = net.node("Mul", x, net.constant([net.channels, 1, 1, 1], slopes))
    return net.node("Mul", x, net.node("Sigmoid", scaled))


def bert_feed_forward() -> str:
    net = Network("bert_feed_forward", [1, 7, 24])

    def layer(x: str, inputs: int, outputs: int) -> str:
        product = net.node("MatMul", x, net.normal([inputs, outputs], inputs ** -0.5))
        return net.node("Add", product, net.normal([outputs], 0.1))

    hidden = net.node("Gelu", layer("x", 24, 96))
    return net.text(net.node("Add", layer(hidden, 96, 24), "x"), [1, 7, 24])


def gan_generator() -> str:
    net = Network("gan_generator", [1, 16, 1, 1])
    x = net.node("Relu", net.norm(net.conv("x", 16, 1)))
    x = net.node("Relu", net.norm(net.conv_transpose(x, 12)))
    x = net.node("Relu", net.norm(net.conv_transpose(x, 8)))
    return net.text(net.node("Tanh", net.conv_transpose(x, 3)), [1, 3, 8, 8])


def gan_discriminator() -> str:
    net = Network("gan_discriminator", [1, 3, 16, 16])
    x = net.node("LeakyRelu <alpha = 0.2>", net.conv("x", 8, 3, stride=2, bias=True))
    x = net.node("LeakyRelu <alpha = 0.2>", net.norm(net.conv(x, 16, 3, stride=2)))
    x = net.node("LeakyRelu <alpha = 0.2>", net.norm(net.conv(x, 24, 3, stride=2)))
    x = net.node("Flatten", net.global_pool(x))
    return net.text(net.node("Sigmoid", net.dense(x, 1)), [1, 1])


def selu_mlp() -> str:
    net = Network("selu_mlp", [4, 13])
    x = "x"
    for features in (40, 40, 24):
        x = net.node("Selu", net.dense(x, features))
    return net.text(net.dense(x, 3), [4, 3])


def mobile_block(name: str, kernel: int, activate, squeeze, gate) -> str:
    """Expansion, depthwise convolution, squeeze and excitation, projection."""
    net = Network(name, [1, 8, 14, 14], opset=17)
    x = activate(net, net.norm(net.conv("x", 32, 1)))
    x = activate(net, net.norm(net.conv(x, 32, kernel, groups=32)))
    excitation = squeeze(net, net.conv(net.global_pool(x), 8, 1, bias=True))
    excitation = gate(net, net.conv(excitation, 32, 1, bias=True))
    x = net.node("Mul", x, excitation)
    return net.text(net.node("Add", net.norm(net.conv(x, 8, 1)), "x"), [1, 8, 14, 14])


def op(text: str):
    return lambda net, x: net.node(text, x)


def shallow_relu_deep_gelu() -> str:
    net = Network("shallow_relu_deep_gelu", [1, 3, 12, 12, 12])
    x = "x"
    for function, stride in (("Relu", 1), ("Relu", 2), ("Gelu", 1), ("Gelu", 2)):
        x = net.node(function, net.norm(net.conv(x, net.channels * 2, 3, stride=stride, rank=3)))
    x = net.node("Flatten", net.global_pool(x))
    return net.text(net.dense(x, 2), [1, 2])


NETWORKS = {f"cnn_{name}": lambda name=name: cnn(f"cnn_{name}", op(ACTIVATIONS[name]))
            for name in ACTIVATIONS}
NETWORKS |= {
    "cnn_prelu": lambda: cnn("cnn_prelu", prelu),
    "cnn_clip": lambda: cnn("cnn_clip", clip),
    "cnn_learned_swish": lambda: cnn("cnn_learned_swish", learned_swish, opset=17),
    "cnn_swish_17": lambda: cnn("cnn_swish_17", spelled_swish, opset=17),
    "bert_feed_forward": bert_feed_forward,
    "gan_generator": gan_generator,
    "gan_discriminator": gan_discriminator,
    "selu_mlp": selu_mlp,
    "efficientnet_block": lambda: mobile_block(
        "efficientnet_block", 3, spelled_swish, spelled_swish, op("Sigmoid")),
    "mobilenetv3_block": lambda: mobile_block(
        "mobilenetv3_block", 5, op("HardSwish"), op("Relu"), op("HardSigmoid <alpha = 0.16666667, beta = 0.5>")),
    "shallow_relu_deep_gelu": shallow_relu_deep_gelu,
}


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or NETWORKS:
        (folder / f"{name}.onnxtxt").write_text(NETWORKS[name]())
        print(name)


if __name__ == "__main__":
    main()
