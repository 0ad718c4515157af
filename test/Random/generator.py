#===- generator.py - Seeded random ONNX graphs -----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Makes one valid graph per seed.

A graph grows node by node: a layer kind is drawn, it picks values computed so
far (mostly the last ones) and adds its nodes. A layer that does not fit, or
that `Graph.infer` refuses, is drawn anew.

Values stay tame, so that an error relative to the output's root mean square
says something: `Generator.scale` holds a rough RMS of each value, weights are
divided by it and by sqrt(K), and divisors stay within 0.5 to 2.
"""

from __future__ import annotations

import contextlib
import math
from typing import Callable, Dict, Optional, Tuple

from defined import DefinedLayers
from graph import Graph
from node import Attribute, Invalid, Shape
from values import CHANNELS, MAX_PRODUCTS

Layer = Callable[[], Optional[bool]]


class Generator(DefinedLayers):
    """Builds the graph of one seed; see `generate`."""

    def __init__(self, seed: int):
        super().__init__(seed)
        self.layers: Tuple[Tuple[int, Layer], ...] = (
            (14, self.conv), (4, self.batch_norm), (9, self.activation),
            (2, self.softmax), (6, self.pool), (4, self.function), (3, self.power),
            (3, self.selection), (4, self.reduce), (2, self.global_pool),
            (5, self.dense), (4, self.matmul), (3, self.recurrent), (2, self.pool_indices),
            (5, self.arithmetic_with_constant),
            (6, self.arithmetic), (2, self.division), (4, self.concat),
            (7, self.conv_transpose), (3, self.prelu), (3, self.slice), (4, self.resize),
            (5, self.integers_and_back), (4, self.gather), (1, self.gather_integers),
            (2, self.gather_nd), (3, self.scatter_elements), (2, self.scatter_nd), (2, self.top_k),
            (1, self.hard), (2, self.triangle), (2, self.running_sum), (1, self.diagonal),
            (3, self.smooth_function), (2, self.step), (2, self.remainder), (1, self.not_a_number),
            (2, self.product), (5, self.integer_arithmetic), (2, self.tile), (2, self.expand),
            (3, self.repeating_pad),
            (4, self.pad), (2, self.reshape), (1, self.flatten),
            (2, self.transpose), (1, self.squeeze), (1, self.unsqueeze),
            (1, self.dropout), (1, self.identity), (5, self.residual_block),
            (4, self.channel_norm), (3, self.layer_norm), (2, self.other_norm),
            (5, self.smooth_activation), (1, self.threshold), (2, self.logic),
            (2, self.split), (2, self.blocks), (1, self.upsample), (1, self.center),
            (2, self.made_of_shapes), (1, self.window_function), (2, self.loss),
            (3, self.attention), (2, self.rotary), (1, self.gated), (1, self.causal_conv))

    def generate(self) -> Graph:
        for _ in range(self.rng.choice((1, 1, 1, 1, 2))):
            self.add_input()
        wanted = self.rng.randint(3, 14)
        weights, layers = zip(*self.layers)
        for _ in range(40 * wanted):
            if len(self.graph.nodes) >= wanted:
                break
            self.attempt(self.rng.choices(layers, weights)[0])
        self.choose_outputs()
        return self.graph

    def attempt(self, layer: Layer) -> None:
        """Adds one layer, or leaves everything as it was."""
        graph = self.graph
        before = len(graph.nodes), len(self.values), dict(graph.initializers)
        try:
            if layer() is not False:
                return
        except Invalid:
            pass
        del graph.nodes[before[0]:]
        for name in self.values[before[1]:]:
            del self.shapes[name]
        del self.values[before[1]:]
        graph.initializers = before[2]

    #===--------------------------------------------------------------------===#
    # Layers of most networks
    #===--------------------------------------------------------------------===#

    def activation(self, x: Optional[str] = None) -> str:
        rng = self.rng
        x = x or self.pick()
        scale = self.scale[x]
        op = rng.choice(("Relu", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Clip"))
        if op == "LeakyRelu":
            attributes = {"alpha": round(rng.uniform(-0.5, 1.5), 3)} if self.chance(0.7) else {}
            return self.node(op, [x], scale, **attributes)
        if op != "Clip":
            return self.node(op, [x], {"Relu": 0.7 * scale, "Sigmoid": 0.5}.get(op, 0.7))
        low = rng.choice((None, -1.0, 0.0, -0.25))
        high = rng.choice((None, 1.0, 6.0, 0.5)) if low is None or self.chance(0.95) else low - 1
        if self.graph.opset < 11:
            bounds = {k: v for k, v in (("min", low), ("max", high)) if v is not None}
            return self.node(op, [x], 0.7 * scale, **bounds)
        inputs = [x] + ["" if b is None else self.scalar(b) for b in (low, high)]
        while not inputs[-1]:
            inputs.pop()
        return self.node(op, inputs, 0.7 * scale)

    def prelu(self) -> str:
        x = self.pick()
        slope = self.constant(self.broadcastable(self.shapes[x]), "slope",
                              lambda: self.rng.uniform(-0.5, 1.5), overridable=True)
        return self.node("PRelu", [x, slope], self.scale[x])

    def dense(self) -> str:
        rng = self.rng
        if self.chance(0.4):
            x = self.pick(lambda shape: len(shape) >= 2)
            k, n = self.shapes[x][-1], rng.choice(CHANNELS)
            weights = self.constant((k, n), "w", self.normal(1 / math.sqrt(k) / self.scale[x]),
                                    overridable=True)
            return self.node("MatMul", [x, weights], 1.0)
        if self.chance(0.6):  # the head of a network
            spatial = self.pick_spatial()
            x = self.node("Flatten", [spatial], self.scale[spatial])
        else:
            x = self.pick(lambda shape: len(shape) == 2)
        attributes: Dict[str, Attribute] = {}
        trans_a, trans_b = self.chance(0.15), self.chance(0.6)
        m, k = self.shapes[x][::-1] if trans_a else self.shapes[x]
        n = rng.choice(CHANNELS)
        if trans_a:
            attributes["transA"] = 1
        if trans_b:
            attributes["transB"] = 1
        if self.chance(0.2):
            attributes["alpha"] = rng.choice((0.5, -1.5))
        weights = self.constant((n, k) if trans_b else (k, n), "w",
                                self.normal(1 / math.sqrt(k) / self.scale[x]), overridable=True)
        inputs = [x, weights]
        if self.graph.opset < 11 or self.chance(0.7):
            shape = rng.choice(((n,), (n,), (1, n), (m, 1), (1,), (m, n), ()))
            inputs.append(self.constant(shape, "b", self.normal(0.3)))
            if self.chance(0.2):
                attributes["beta"] = rng.choice((0.5, -2.0))
        return self.node("Gemm", inputs, 1.2, **attributes)

    def matmul(self) -> str:
        """Two computed operands: a value by itself turned around, as attention
        has it, or by any one that fits; vectors, broadcast batches."""
        rng = self.rng
        x = self.pick(lambda shape: len(shape) >= 1, deep=0.6)
        shape = self.shapes[x]
        k = shape[-1]
        size = math.sqrt(k) * self.scale[x]
        choice = rng.random()
        if choice < 0.4 and len(shape) >= 2:
            perm = list(range(len(shape) - 2)) + [len(shape) - 1, len(shape) - 2]
            y = self.node("Transpose", [x], self.scale[x], perm=perm)
            size = k * self.scale[x] ** 2
        elif choice < 0.7:
            lead = [rng.choice((1, e)) for e in shape[:-2]][rng.randrange(max(len(shape) - 1, 1)):]
            columns = [rng.choice(CHANNELS)] if lead or self.chance(0.7) else []
            y = self.constant((*lead, k, *columns), "m", self.normal(1.0))
        else:
            y = self.pick(lambda other: other and k == other[max(len(other) - 2, 0)], deep=1.0)
            size *= self.scale[y]
        inputs = [x, y]
        if self.chance(0.2):  # the other way round, where that fits
            inputs.reverse()
        products = self.node("MatMul", inputs, min(size, 30.0))
        if math.prod(self.shapes[products]) * k > MAX_PRODUCTS:
            raise Invalid("too much work")
        return self.node("Mul", [products, self.scalar(round(1 / max(size, 1.0), 4))], 1.0)

    def arithmetic_with_constant(self) -> str:
        x = self.pick()
        scale, shape = self.scale[x], self.broadcastable(self.shapes[x])
        op = self.rng.choice(("Add", "Sub", "Mul", "Div"))
        if op in ("Add", "Sub"):
            other = self.constant(shape, "b", self.normal(0.7), overridable=True)
            result = math.hypot(scale, 0.7)
        else:
            other = self.constant(shape, "p", self.signed(0.5, 2.0))
            result = 1.2 * scale
        flip = op != "Div" and self.chance(0.4)
        return self.node(op, [other, x] if flip else [x, other], result)

    def arithmetic(self) -> str:
        """Two values, as residual connections have them; sometimes equal."""
        x = self.pick()
        op = self.rng.choice(("Add", "Add", "Add", "Sub", "Mul", "Sum", "Max", "Min", "Mean"))
        shape = self.shapes[x]

        def fits(other: Shape) -> bool:
            aligned = list(zip(other[::-1], shape[::-1]))
            return all(a == b or 1 in (a, b) for a, b in aligned)

        y = self.pick(fits, deep=1.0)
        if op == "Sub" and y == x:
            op = "Add"
        inputs = [x, y] if self.chance(0.5) else [y, x]
        scales = [self.scale[x], self.scale[y]]
        if op in ("Sum", "Max", "Min", "Mean"):
            inputs = inputs[:self.rng.choice((1, 2, 2))]
            if len(inputs) == 2 and self.chance(0.5):
                inputs.append(x)
                scales.append(self.scale[x])
        product = 1.5 * scales[0] * scales[1]
        return self.node(op, inputs, product if op == "Mul" else sum(scales))

    def division(self) -> str:
        """By a computed value within 0.5 to 2, or by sigmoid(y) + 0.5."""
        x = self.pick()
        y = self.pick(lambda shape: shape == self.shapes[x], deep=1.0)
        if self.graph.opset >= 11 and self.chance(0.5):
            divisor = self.node("Clip", [y, self.scalar(0.5), self.scalar(2.0)], 1.0)
        else:
            positive = self.node("Sigmoid", [y], 0.5)
            divisor = self.node("Add", [positive, self.scalar(0.5)], 1.0)
        return self.node("Div", [x, divisor], 1.3 * self.scale[x])

    def dropout(self) -> str:
        x = self.pick()
        if self.graph.opset < 12:
            return self.node("Dropout", [x], self.scale[x], ratio=0.4)
        return self.node("Dropout", [x, self.scalar(0.4)] if self.chance(0.5) else [x], self.scale[x])

    def identity(self) -> str:
        x = self.pick()
        return self.node("Identity", [x], self.scale[x])

    def residual_block(self) -> str:
        """Conv, BatchNorm, activation, Conv, BatchNorm, Add, activation, some
        of them left out, as residual networks have it."""
        x = self.pick_spatial()
        y = self.conv(x, same=True)
        if self.chance(0.7):
            y = self.batch_norm(y)
        if self.chance(0.5):
            y = self.conv(self.activation(y), same=True)
        y = self.node("Add", [x, y] if self.chance(0.5) else [y, x],
                      self.scale[x] + self.scale[y])
        return self.activation(y) if self.chance(0.8) else y

    #===--------------------------------------------------------------------===#
    # Outputs
    #===--------------------------------------------------------------------===#

    def choose_outputs(self) -> None:
        """All values that nothing uses; sometimes inner values as well, a value
        returned under two names, or an input that is an output."""
        graph = self.graph
        used = {i for node in graph.nodes for i in node.inputs}
        outputs = [n.output for n in graph.nodes if n.output not in used]
        inner = [n.output for n in graph.nodes if n.output in used]
        if inner and self.chance(0.25):
            outputs.append(self.rng.choice(inner))
        if self.chance(0.1):
            outputs.append(self.node("Identity", [self.rng.choice(outputs)], 1.0))
        if self.chance(0.03):
            with contextlib.suppress(Invalid):  # the input may be too large
                outputs.append(self.node("Identity", [next(iter(graph.inputs))], 1.0))
        if self.chance(0.02):
            outputs.append(next(iter(graph.inputs)))
        self.rng.shuffle(outputs)
        graph.outputs = outputs


def generate(seed: int) -> Graph:
    return Generator(seed).generate()
