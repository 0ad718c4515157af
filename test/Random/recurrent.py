#===- recurrent.py - Random recurrent layers -------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""RNN, GRU and LSTM with their optional inputs and attributes."""

from __future__ import annotations

import math
from typing import Dict

from computing import ComputingLayers
from node import Attribute, Invalid

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
FUNCTIONS = {"RNN": 1, "GRU": 2, "LSTM": 3}


class RecurrentLayers(ComputingLayers):
    """Sequences of few steps, each of which becomes ops of its own."""

    def recurrent(self) -> str:
        rng = self.rng
        if self.graph.opset < 14:  # no layout before
            raise Invalid("recurrent nets of an early opset")
        op, layout = rng.choice(tuple(GATES)), rng.choice((0, 0, 1))
        x = self.pick(lambda shape: len(shape) == 3 and shape[layout] <= 6, deep=0.8)
        shape, hidden = self.shapes[x], rng.choice((1, 3, 4, 7, 8, 16, 17))
        batch, features = shape[1 - layout], shape[2]
        attributes: Dict[str, Attribute] = {"hidden_size": hidden}
        directions = 1
        if self.chance(0.6):
            attributes["direction"] = rng.choice(("forward", "reverse", "bidirectional"))
            directions += attributes["direction"] == "bidirectional"
        if layout:
            attributes["layout"] = 1
        if self.chance(0.3):
            attributes["activations"] = [rng.choice(('"Tanh"', '"Sigmoid"', '"Softsign"'))
                                         for _ in range(FUNCTIONS[op] * directions)]
        if self.chance(0.2):
            attributes["clip"] = 0.5
        if op == "GRU" and self.chance(0.5):
            attributes["linear_before_reset"] = 1
        if op == "LSTM" and self.chance(0.2):
            attributes["input_forget"] = 1

        gates = GATES[op] * hidden
        if directions * gates * (features + hidden) * batch > 100_000:
            raise Invalid("too much work")
        state = (batch, directions, hidden) if layout else (directions, batch, hidden)
        inputs = [x,
                  self.constant((directions, gates, features), "w",
                                self.normal(1 / math.sqrt(features) / self.scale[x]),
                                overridable=True),
                  self.constant((directions, gates, hidden), "r",
                                self.normal(0.7 / math.sqrt(hidden)), overridable=True)]
        optional = [(0.7, (directions, 2 * gates)), (0, ()), (0.3, state)]
        if op == "LSTM":
            optional += [(0.3, state), (0.3, (directions, 3 * hidden))]
        for probability, extents in optional:
            inputs.append(self.constant(extents, "s", self.normal(0.4))
                          if self.chance(probability) else "")
        while not inputs[-1]:
            inputs.pop()
        return self.node(op, inputs, 0.5, slot=rng.choice((0, 0, 1, 2 if op == "LSTM" else 1)),
                         **attributes)
