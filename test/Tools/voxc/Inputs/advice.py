#!/usr/bin/env python3
# ===- advice.py - Every rule of --advise fires, and stays silent -----------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: advice.py REPOSITORY FOLDER
#
# Two small networks for each rule of lib/Analysis/AdviceRules.cpp: in one it
# fires, with the figure that is expected, and its flag applies; its look-alike
# lacks what the rule is about. Files go to FOLDER.
#
# ===------------------------------------------------------------------------=== #

import array
import json
import os
import pathlib
import random
import re
import subprocess
import sys


class Network:
    """Writes a chain of layers; `x` is the value that the next one takes."""

    def __init__(self, *shape):
        self.random = random.Random(0)
        self.lines, self.count = [], 0
        self.shape, self.x = list(shape), "%input"
        self.input = self.type()
        self.at = {}

    def type(self, shape=None):
        return f"tensor<{'x'.join(map(str, self.shape if shape is None else shape))}xf32>"

    def emit(self, text, shape=None):
        self.count += 1
        if shape is not None:
            self.shape = list(shape)
        self.x = f"%v{self.count}"
        self.lines.append(f"{self.x} = {text}")
        return self

    def constant(self, *shape, values=None):
        """Weights whose signs take turns: no pass can say what comes out."""
        size = 1
        for extent in shape:
            size *= extent
        values = values or [
            abs(self.random.gauss(0, 1)) * (-1) ** i for i in range(size)
        ]
        data = array.array("f", values).tobytes().hex().upper()
        self.count += 1
        name = f"%c{self.count}"
        text = f'"0x{data}"' if size > 1 else f"{values[0]:e}"
        self.lines.append(f"{name} = vox.constant dense<{text}> : {self.type(shape)}")
        return name

    def conv(self, channels, kernel=3, stride=1, groups=1):
        spatial = self.shape[2:]
        weights = [channels, self.shape[1] // groups] + [kernel] * len(spatial)
        constant, before = self.constant(*weights), self.type()
        pad = kernel // 2
        result = [(e + 2 * pad - kernel) // stride + 1 for e in spatial]
        n = len(spatial)
        return self.emit(
            f"vox.conv {self.x}, {constant} strides = {[stride] * n} dilations = "
            f"{[1] * n} pads = {[pad] * 2 * n} groups = {groups} : ({before}, "
            f"{self.type(weights)}) -> {self.type([self.shape[0], channels] + result)}",
            [self.shape[0], channels] + result,
        )

    def conv_transpose(self, channels):
        """Kernel 2, stride 2: twice the extents."""
        spatial = self.shape[2:]
        n = len(spatial)
        weights = [channels, self.shape[1]] + [2] * n
        constant, before = self.constant(*weights), self.type()
        result = [self.shape[0], channels] + [2 * e for e in spatial]
        return self.emit(
            f"vox.conv_transpose {self.x}, {constant} strides = {[2] * n} dilations = "
            f"{[1] * n} pads = {[0] * 2 * n} output_pads = {[0] * n} groups = 1 : "
            f"({before}, {self.type(weights)}) -> {self.type(result)}",
            result,
        )

    def dense(self, units):
        constant, before = self.constant(units, self.shape[-1]), self.type()
        weights = self.type([units, self.shape[-1]])
        result = self.shape[:-1] + [units]
        return self.emit(
            f"vox.dense {self.x}, {constant} : ({before}, {weights}) -> {self.type(result)}",
            result,
        )

    def act(self, function, layer):
        name = f'{{layer = "{layer}"}} ' if layer else ""
        return self.emit(f"vox.activation #vox.{function} {self.x} {name}: {self.type()}")

    def norm(self, gamma=None, beta=None):
        channels = self.shape[1]
        names = [
            self.constant(channels, values=gamma or [1.0] * channels),
            self.constant(channels, values=beta or [0.1] * channels),
            self.constant(channels),
            self.constant(channels, values=[1.0] * channels),
        ]
        types = ", ".join([self.type([channels])] * 4)
        return self.emit(
            f"vox.batch_norm {self.x} scale {names[0]} bias {names[1]} mean {names[2]} "
            f"variance {names[3]} epsilon = 1.0e-5 : {self.type()}, {types}"
        )

    def affine(self, scale, shift):
        """Multiplies and adds a number."""
        for op, number in (("mul", scale), ("add", shift)):
            constant, before = self.constant(1, values=[number]), self.type()
            self.emit(
                f"vox.{op} {self.x}, {constant} : ({before}, {self.type([1])}) -> {before}"
            )
        return self

    def softmax(self):
        return self.emit(f"vox.softmax {self.x} axis = 1 : {self.type()}")

    def flatten(self):
        size = 1
        for extent in self.shape[1:]:
            size *= extent
        before, result = self.type(), [self.shape[0], size]
        return self.emit(
            f"vox.flatten {self.x} axis = 1 : {before} -> {self.type(result)}", result
        )

    def global_pool(self):
        before, result = self.type(), self.shape[:2] + [1] * (len(self.shape) - 2)
        return self.emit(
            f"vox.global_pool average {self.x} : {before} -> {self.type(result)}", result
        )

    def remember(self, name):
        self.at[name] = (self.x, list(self.shape))
        return self

    def binary(self, op, name):
        """With a value that was remembered."""
        other, shape = self.at[name]
        result = [max(a, b) for a, b in zip(shape, self.shape)]
        return self.emit(
            f"vox.{op} {other}, {self.x} : ({self.type(shape)}, {self.type()}) -> "
            f"{self.type(result)}",
            result,
        )

    def text(self):
        body = "\n  ".join(self.lines)
        return (
            f"func.func @main(%input: {self.input}) -> {self.type()} {{\n  {body}\n"
            f"  return {self.x} : {self.type()}\n}}\n"
        )


def unit(least, greatest, mean=0.0, variance=1.0, zeros=0, low=0, count=100):
    return {
        "count": count, "zeros": zeros, "atLow": low, "atHigh": 0, "mean": mean,
        "variance": variance, "min": least, "max": greatest, "samples": [],
    }


DEAD, ALIVE = unit(0, 0, 0, 0, 100), unit(0, 3, 0.5, 1.0, 50)


def conv_relu(function="relu"):
    return Network(1, 2, 6, 6).conv(4).act(function, "hidden").conv(1)


def deep(layers, residual, window=False):
    net = Network(1, 2, 4, 4).remember("x")
    if window:
        net.act("clip<min = -2.0, max = 2.0>", "window")
    for i in range(layers - 1):
        net.conv(2, kernel=1).act("relu", f"r{i}")
    net.conv(2, kernel=1)
    if residual:
        net.binary("add", "x")
    return net


def dense(*functions, last=None, width=4, inputs=4):
    net = Network(1, inputs)
    for i, function in enumerate(functions):
        net.dense(width).act(function, f"h{i}")
    net.dense(1)
    return net.act(last, "last") if last else net


def generator(hidden, last, latent=True):
    net = Network(1, 8, 1, 1) if latent else Network(1, 8, 4, 4)
    net.conv_transpose(4).act(hidden, "hidden").conv_transpose(2)
    return net.act(last, "last") if last else net


def discriminator(hidden, last, stride=2):
    net = Network(1, 1, 8, 8)
    net.conv(2, stride=stride).act(hidden, "hidden").conv(2, stride=2).act(hidden, "b")
    net.flatten().dense(1)
    return net.act(last, "last") if last else net


def mobile(function, groups, gate=None):
    net = Network(1, 4, 6, 6).conv(4).act(function, "first")
    net.conv(4, groups=groups).act(function, "hidden").remember("x")
    if gate:
        net.global_pool().conv(4, kernel=1).act(gate, "gate").binary("mul", "x")
    return net.conv(2)


def feed_forward(*shape, wide=8):
    return Network(*shape).dense(wide).act("relu", "hidden").dense(shape[-1])


#: A rule, whether it fires, the network, what is said of it, and its inputs:
#: statistics by layer, labels, or data (a function of the element's number).
CASES = [
    ("dead-units", True, conv_relu(), "hidden: dead_units 0.75 (3 of 4)",
     {"statistics": {"hidden": [DEAD, DEAD, DEAD, ALIVE]}}),
    ("dead-units", False, conv_relu(), "",
     {"statistics": {"hidden": [DEAD, DEAD, ALIVE, ALIVE]}}),
    ("dead-units", True,
     Network(1, 2, 6, 6).conv(4).act("relu", "S").conv(4).act("relu", "S").conv(1),
     "S: dead_units 0.75 (3 of 4)",
     {"statistics": {"S": [ALIVE] * 4, "S#2": [DEAD, DEAD, DEAD, ALIVE]}}),
    ("dead-units", True,
     Network(1, 2, 6, 6).conv(4).act("relu", None).conv(1),
     "vox.activation: dead_units 0.75 (3 of 4)",
     {"statistics": {"activation": [DEAD, DEAD, DEAD, ALIVE]}}),
    ("dead-units", False, conv_relu("leaky_relu"), "",
     {"statistics": {"hidden": [DEAD, DEAD, DEAD, ALIVE]}}),
    ("saturated", True, dense("tanh"), "h0: saturated_share 0.6",
     {"statistics": {"h0": [unit(-1, 1, low=60)]}}),
    ("saturated", False, dense("tanh"), "", {"statistics": {"h0": [unit(-1, 1, low=20)]}}),
    ("saturated", False, dense("relu", last="tanh"), "",
     {"statistics": {"last": [unit(-1, 1, low=60)]}}),
    ("output-range", True, dense("relu", last="sigmoid"),
     "last: sigmoid gives 0 to 1, labels are 0.5 to 20",
     {"labels": [0.5, 20], "statistics": {}}),
    ("output-range", False, dense("relu", last="relu"), "",
     {"labels": [0.5, 20], "statistics": {}}),
    ("output-range", False, dense("relu", last="sigmoid").affine(100.0, 0.0), "",
     {"labels": [0, 100], "statistics": {}}),
    ("output-range", True, dense("relu", last="sigmoid").affine(-100.0, 50.0),
     "last: sigmoid and what follows it gives -50 to 50, labels are 0 to 100",
     {"labels": [0, 100], "statistics": {}}),
    ("softmax-of-one", True, dense("relu").softmax(), "vox.softmax: softmax over 1 element", {}),
    ("softmax-of-one", False, Network(1, 4).dense(2).softmax(), "", {}),
    ("likely-dead", True,
     Network(1, 2, 4, 4).conv(4).norm([1, 0.1, -0.1, 0], [0, -1, -1, 0]).act("relu", "r"),
     "r: 3 of 4 units are active with probability below 0.001", {}),
    ("likely-dead", False,
     Network(1, 2, 4, 4).conv(4).norm([1, 1, -1, 0], [0, -3, -3, 1]).act("relu", "r"), "", {}),
    ("likely-dead", False,
     Network(1, 2, 4, 4).conv(4).norm([0.1] * 4, [-1] * 4).act("elu", "r"), "", {}),
    ("likely-dead", True,
     Network(1, 2, 4, 4).conv(4).norm([1, 1, 1, 0], [0, 2, 8, 4])
     .act("thresholded_relu<alpha = 5.0>", "r"),
     "r: 2 of 4 units are active with probability below 0.001", {}),
    ("likely-dead", False,
     Network(1, 2, 4, 4).conv(4).norm([1, 1, 1, 0], [3, 4, 8, 6])
     .act("thresholded_relu<alpha = 5.0>", "r"), "", {}),
    ("saturating-dense", True, dense(*["sigmoid"] * 5), "h0: sigmoid in 6 layers", {}),
    ("saturating-dense", False, dense(*["sigmoid"] * 4), "", {}),
    ("costly-conv", True, conv_relu("softplus"), "hidden: softplus after a convolution", {}),
    ("costly-conv", False, conv_relu("elu"), "", {}),
    ("costly-conv", False, mobile("relu", 1, gate="sigmoid"), "", {}),
    ("deep-plain", True, deep(51, False), "51 layers with weights, no residual", {}),
    ("deep-plain", False, deep(51, True), "", {}),
    ("deep-plain", False, deep(50, False), "", {}),
    ("selu-batch-norm", True, Network(1, 2, 4, 4).conv(2).norm().act("selu", "s").conv(2),
     "s: selu beside a batch norm", {}),
    ("selu-batch-norm", False, Network(1, 2, 4, 4).conv(2).act("selu", "s").conv(2), "", {}),
    ("squashed-logits", True, Network(1, 4).dense(3).act("relu", "r").softmax(),
     "r: relu before a softmax", {}),
    ("squashed-logits", False, Network(1, 4).dense(3).act("relu", "r").dense(3).softmax(),
     "", {}),
    ("squashed-logits", False, Network(1, 4).dense(3).act("leaky_relu", "r").softmax(),
     "", {}),
    ("squashed-logits", False,
     Network(1, 4).dense(3).act("tanh", "r").affine(30.0, 0.0).softmax(), "", {}),
    ("feed-forward", True, feed_forward(1, 5, 4),
     "hidden: between dense layers of 4, 8 and 4 on a sequence", {}),
    ("feed-forward", False, feed_forward(5, 4), "", {}),
    ("feed-forward", False, feed_forward(1, 5, 4, wide=2), "", {}),
    ("generator-hidden", True, generator("elu", "tanh"),
     "hidden: elu before transposed convolutions", {}),
    ("generator-hidden", False, generator("leaky_relu", "tanh"), "", {}),
    ("generator-hidden", False, generator("elu", "tanh", latent=False), "", {}),
    ("generator-hidden", True, generator("elu", "tanh").affine(0.5, 0.5),
     "hidden: elu before transposed convolutions", {}),
    ("generator-output", False, generator("relu", "tanh").affine(0.5, 0.5), "", {}),
    ("generator-output", False, generator("relu", "sigmoid").affine(2.0, -1.0), "", {}),
    ("generator-output", True, generator("relu", "sigmoid"), "last: the image ends in sigmoid",
     {}),
    ("generator-output", True, generator("relu", None), "the image ends in no activation", {}),
    ("generator-output", False, generator("relu", "tanh"), "", {}),
    ("generator-output", False, generator("relu", "sigmoid", latent=False), "", {}),
    ("discriminator-hidden", True, discriminator("relu", "sigmoid"),
     "hidden: relu between strided convolutions", {}),
    ("discriminator-hidden", False, discriminator("leaky_relu", "sigmoid"), "", {}),
    ("discriminator-hidden", False, discriminator("relu", "sigmoid", stride=1), "", {}),
    ("discriminator-output", True, discriminator("leaky_relu<alpha = 0.2>", None),
     "strided convolutions with leaky_relu(0.2) end in one number", {}),
    ("discriminator-output", False, discriminator("leaky_relu<alpha = 0.2>", "sigmoid"), "",
     {}),
    ("discriminator-output", False, discriminator("relu", None), "", {}),
    ("mobile", True, mobile("swish", 4), "hidden: swish in a network of depthwise", {}),
    ("mobile", True, mobile("relu", 4, gate="sigmoid"), "gate: sigmoid gate among", {}),
    ("mobile", False, mobile("swish", 2), "", {}),
    ("efficient-swish", True, mobile("relu", 4, gate="sigmoid"),
     "first: relu among depthwise convolutions", {}),
    ("efficient-swish", False, mobile("relu", 4), "", {}),
    ("efficient-swish", False, mobile("relu", 1, gate="sigmoid"), "", {}),
    ("shifted-mean", True, conv_relu(), "hidden: mean 2, standard deviation 1",
     {"statistics": {"hidden": [unit(0, 5, 2.0, 1.0)]}}),
    ("shifted-mean", False, conv_relu(), "",
     {"statistics": {"hidden": [unit(0, 5, 0.8, 1.0)]}}),
    ("shifted-mean", False, conv_relu().norm(), "",
     {"statistics": {"hidden": [unit(0, 5, 2.0, 1.0)]}}),
    ("self-normalising", True, dense("relu", "relu", "relu"),
     "h0: relu in 4 layers with weights, all dense", {}),
    ("self-normalising", False, dense("relu", "relu"), "", {}),
    ("self-normalising", False, dense("selu", "selu", "selu"), "", {}),
    ("bounded-output", True, dense("relu", last="sigmoid"), "last: one output through sigmoid",
     {}),
    ("bounded-output", False, dense("relu", last="relu"), "", {}),
    ("bounded-output", False, dense("relu", last="sigmoid").affine(100.0, 0.0), "", {}),
    ("bounded-output", False, discriminator("relu", "sigmoid"), "", {}),
    ("class-output", True, Network(1, 4).dense(3).act("sigmoid", "last"),
     "last: 3 outputs through sigmoid", {}),
    ("class-output", False,
     Network(1, 4).dense(3).act("sigmoid", "last").affine(10.0, 0.0), "", {}),
    ("class-output", False, Network(1, 4).dense(3).softmax(), "", {}),
    ("negative-data", True, conv_relu(), "hidden: 0.889 of the data is negative",
     {"data": lambda i: 1.0 if i % 10 == 0 else -1.0}),
    ("negative-data", False, conv_relu(), "",
     {"data": lambda i: 1.0 if i % 2 == 0 else -1.0}),
    ("negative-data", False, Network(1, 2, 6, 6).norm().conv(4).act("relu", "hidden"), "",
     {"data": lambda i: -1.0}),
    ("sparse-data", True, conv_relu("tanh"), "hidden: 0.889 of the data is zero",
     {"data": lambda i: 1.0 if i % 10 == 0 else 0.0}),
    ("sparse-data", False, conv_relu(), "",
     {"data": lambda i: 1.0 if i % 10 == 0 else 0.0}),
    ("wide-data", True, Network(1, 1, 60, 60).conv(1).act("relu", "hidden"),
     "hidden: the data reaches", {"data": lambda i: 1e6 if i == 0 else 1.0}),
    ("wide-data", False, Network(1, 1, 60, 60).conv(1).act("relu", "hidden"), "",
     {"data": lambda i: float(i)}),
    ("low-contrast", True, conv_relu(),
     "hidden: the data has a standard deviation of 0.01 of its mean",
     {"data": lambda i: 99.0 if i % 2 == 0 else 101.0}),
    ("low-contrast", False, conv_relu(), "", {"data": lambda i: float(i % 2)}),
    ("low-contrast", False, conv_relu().norm(), "",
     {"data": lambda i: 99.0 if i % 2 == 0 else 101.0}),
    ("sparse-units", True, conv_relu(), "hidden: zero_share 0.95",
     {"statistics": {"hidden": [unit(0, 1, 0.1, 1, zeros=95)]}}),
    ("sparse-units", False, conv_relu(), "",
     {"statistics": {"hidden": [unit(0, 1, 0.1, 1, zeros=50)]}}),
    ("mix", True, deep(5, False), "all 4 hidden activations are relu", {}),
    ("mix", True, deep(5, False, window=True), "all 4 hidden activations are relu", {}),
    ("mix", False, deep(4, False), "", {}),
    ("mix", False, dense("relu", "relu", "gelu", "relu"), "", {}),
]


def run(*arguments):
    return subprocess.run(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def prepare(folder, network, inputs):
    """Writes the case's files; the options that name them."""
    folder.mkdir()
    (folder / "net.mlir").write_text(network.text())
    options = []
    if "statistics" in inputs or "data" in inputs:
        layers = [
            {"layer": layer, "function": "", "units": units}
            for layer, units in inputs.get("statistics", {}).items()
        ]
        (folder / "statistics.json").write_text(json.dumps({"layers": layers}))
        options.append(f"--activation-statistics={folder}/statistics.json")
    if "data" in inputs or "labels" in inputs:
        samples = folder / "samples"
        samples.mkdir()
        size = 1
        for extent in re.findall(r"\d+(?=x)", network.input):
            size *= int(extent)
        value = inputs.get("data", float)
        for i in range(len(inputs.get("labels", [0]))):
            elements = array.array("f", [value(j) for j in range(size)])
            (samples / f"s{i}.raw").write_bytes(elements.tobytes())
        options.append(f"--samples={samples}")
    if "labels" in inputs:
        lines = [f"s{i},{x}" for i, x in enumerate(inputs["labels"])]
        (folder / "labels.csv").write_text("\n".join(["sample,value"] + lines))
        options += [f"--labels={folder}/labels.csv", "--metric=rmse"]
    return options


def sections(output):
    """The text on each rule."""
    parts = re.split(r"^\d+\. (?:high|medium|low): (\S+)$", output, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def check(folder, rule, fires, network, figure, inputs):
    """What is wrong with a case, or None."""
    options = prepare(folder, network, inputs)
    model = f"{folder}/net.mlir"
    result = run("voxc", "--advise", model, *options, "--remarks=vox-advise")
    if result.returncode:
        return f"exit code {result.returncode}\n{result.stdout}"
    found = sections(result.stdout)
    if (rule in found) != fires:
        return f"{'silent' if fires else 'fires'}\n{result.stdout}"
    if not fires:
        return None
    if f"     {figure}" not in found[rule]:
        return f"does not say '{figure}'\n{result.stdout}"
    if not re.search(rf"remark: .*{rule}: .*\[vox-advise\]", result.stdout):
        return f"has no remark\n{result.stdout}"
    flag = re.search(r"^   try: --replace-activations='(.*)'$", found[rule], re.M)
    if not flag:
        return None
    # Statistics are all that the flag needs besides.
    options = [option for option in options if "statistics" in option]
    if not re.search("dead_units|share", flag[1]):
        options = []
    result = run("voxc", model, f"--replace-activations={flag[1]}", *options,
                 "--compile-to=graph", "-o", f"{folder}/out.mlir")
    if result.returncode:
        return f"its flag does not apply\n{result.stdout}"
    return None


def main():
    repository, folder = map(pathlib.Path, sys.argv[1:])
    table = (repository / "lib/Analysis/AdviceRules.cpp").read_text()
    rules = re.findall(r'\{"([a-z-]+)",\s*Importance', table)
    for fires in (True, False):
        tested = {rule for rule, its, *_ in CASES if its == fires}
        if tested != set(rules):
            sys.exit(f"no case in which these {'fire' if fires else 'stay silent'}, or no "
                     f"such rules: {sorted(tested ^ set(rules))}")
    faults = 0
    for number, (rule, *case) in enumerate(CASES):
        message = check(folder / f"{number}-{rule}", rule, *case)
        if message:
            faults += 1
            print(f"case {number}, {rule}: {message}")
    print(f"{len(rules)} rules, {len(CASES)} cases, {faults} faults")
    sys.exit(faults > 0)


main()
