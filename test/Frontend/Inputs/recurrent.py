#===- recurrent.py - RNN, GRU and LSTM, compared with numpy --------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""One network with a node for each case; each output against ONNX's equations
in numpy and float64. Arguments are options of voxc."""

import dataclasses
import sys

import numpy as np

import harness

RANDOM = np.random.default_rng(11)
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
OUTPUTS = {"RNN": ["y", "h"], "GRU": ["y", "h"], "LSTM": ["y", "h", "c"]}
FUNCTIONS = {
    "Tanh": np.tanh,
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "Relu": lambda x: np.maximum(x, 0),
    "LeakyRelu": lambda x, alpha: np.where(x < 0, alpha * x, x),
    "HardSigmoid": lambda x, alpha, beta: np.clip(alpha * x + beta, 0, 1),
    "Affine": lambda x, alpha, beta: alpha * x + beta,
    "ScaledTanh": lambda x, alpha, beta: alpha * np.tanh(beta * x),
    "Softsign": lambda x: x / (1 + np.abs(x)),
}


@dataclasses.dataclass
class Case:
    op: str
    steps: int
    batch: int
    features: int
    hidden: int
    direction: str = "forward"
    layout: int = 0
    given: str = ""  # of b(ias), h(idden), c(ell), p(eepholes), l(engths)
    constant: bool = True  # weights and bias
    # Names with parameters of one direction; as the ops' own if there are none.
    functions: tuple = ()
    attributes: dict = dataclasses.field(default_factory=dict)

    @property
    def directions(self):
        return 2 if self.direction == "bidirectional" else 1

    @property
    def constants(self):
        return ("W", "R", "B", "P", "lengths") if self.constant else ("lengths",)

    def make_arrays(self):
        """Inputs by the names that they have in the specification."""
        gates, directions = GATES[self.op], self.directions
        state = (directions, self.batch, self.hidden)
        x = (self.steps, self.batch, self.features)
        if self.layout:
            state, x = (state[1], state[0], state[2]), (x[1], x[0], x[2])
        shapes = {"X": x, "W": (directions, gates * self.hidden, self.features),
                  "R": (directions, gates * self.hidden, self.hidden),
                  "B": (directions, 2 * gates * self.hidden), "initial_h": state,
                  "initial_c": state, "P": (directions, 3 * self.hidden)}
        wanted = {"X", "W", "R"} | {name for letter, name in zip(
            "bhcp", ["B", "initial_h", "initial_c", "P"]) if letter in self.given}
        arrays = {name: RANDOM.standard_normal(shape).astype(np.float32).astype(np.float64)
                  for name, shape in shapes.items() if name in wanted}
        if "l" in self.given:
            arrays["lengths"] = np.full(self.batch, self.steps, np.int32)
        return arrays


def step(case, x, w, r, biases, peepholes, functions, h, c):
    """The state after one step."""
    gates, linear = GATES[case.op], case.attributes.get("linear_before_reset")
    of_x = np.split(x @ w.T + biases[0], gates, -1)
    parts, bias = np.split(r, gates), np.split(biases[1], gates)
    of_h = [h @ part.T + b for part, b in zip(parts, bias)]
    if case.op == "RNN":
        return functions[0](of_x[0] + of_h[0]), c
    if case.op == "GRU":
        z = functions[0](of_x[0] + of_h[0])
        reset = functions[0](of_x[1] + of_h[1])
        inner = reset * of_h[2] if linear else (reset * h) @ parts[2].T + bias[2]
        return (1 - z) * functions[1](of_x[2] + inner) + z * h, c
    i = functions[0](of_x[0] + of_h[0] + peepholes[0] * c)
    f = functions[0](of_x[2] + of_h[2] + peepholes[2] * c)
    if case.attributes.get("input_forget"):
        f = 1 - i
    c = f * c + i * functions[1](of_x[3] + of_h[3])
    o = functions[0](of_x[1] + of_h[1] + peepholes[1] * c)
    return o * functions[2](c), c


def make_functions(case):
    defaults = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}
    limit = case.attributes.get("clip", np.inf)

    def make(name, *parameters):
        return lambda x: FUNCTIONS[name](np.clip(x, -limit, limit), *parameters)
    return [make(*one) for one in case.functions or [(name,) for name in defaults[case.op]]]


def compute(case, arrays):
    """The outputs in order."""
    def first_direction(name):
        if name not in arrays:
            return np.zeros((case.directions, case.batch, case.hidden))
        return arrays[name].swapaxes(0, 1) if case.layout else arrays[name]

    x = arrays["X"].swapaxes(0, 1) if case.layout else arrays["X"]
    h0, c0 = first_direction("initial_h"), first_direction("initial_c")
    functions = make_functions(case)
    all_h, last = np.zeros((case.steps, case.directions, case.batch, case.hidden)), []
    for d in range(case.directions):
        zeros = np.zeros(2 * GATES[case.op] * case.hidden)
        biases = np.split(arrays["B"][d] if "B" in arrays else zeros, 2)
        peepholes = np.split(arrays["P"][d], 3) if "P" in arrays else [0, 0, 0]
        order = range(case.steps)
        if d == 1 or case.direction == "reverse":
            order = reversed(order)
        h, c = h0[d], c0[d]
        for t in order:
            h, c = step(case, x[t], arrays["W"][d], arrays["R"][d], biases, peepholes,
                        functions, h, c)
            all_h[t, d] = h
        last.append((h, c))
    results = [all_h, np.stack([h for h, _ in last]), np.stack([c for _, c in last])]
    if case.layout:
        results = [results[0].transpose(2, 0, 1, 3), *(r.swapaxes(0, 1) for r in results[1:])]
    return results[:len(OUTPUTS[case.op])]


def write_node(i, case, arrays):
    """The node without its results."""
    names = ["X", "W", "R", "B", "lengths", "initial_h", "initial_c", "P"]
    given = [f"{name}{i}" if name in arrays else "" for name in names]
    while not given[-1]:
        given.pop()
    attributes = {"hidden_size": case.hidden, "direction": f'"{case.direction}"',
                  "layout": case.layout, **case.attributes}
    if case.functions:
        every = case.functions * case.directions
        quoted = ", ".join(f'"{one[0]}"' for one in every)
        attributes["activations"] = f"[{quoted}]"
        for at, name in [(1, "activation_alpha"), (2, "activation_beta")]:
            values = [str(float(one[at])) for one in every if len(one) > at]
            if values:
                attributes[name] = f"[{', '.join(values)}]"
    text = ", ".join(f"{key}={value}" for key, value in attributes.items())
    return f"{case.op} <{text}> ({', '.join(given)})"


CASES = [
    Case("RNN", 3, 2, 5, 4),
    Case("RNN", 1, 1, 1, 1, "reverse", given="bhl"),
    Case("RNN", 4, 3, 7, 9, "bidirectional", 1, "bh", attributes={"clip": 0.75},
         functions=(("Relu",),)),
    Case("RNN", 3, 2, 3, 17, functions=(("LeakyRelu", 0.25),), constant=False, given="b"),
    Case("RNN", 2, 1, 3, 3, "bidirectional", functions=(("Affine", 0.5, 0.125),)),
    Case("GRU", 5, 1, 3, 6),
    Case("GRU", 4, 3, 6, 5, "bidirectional", given="bh"),
    Case("GRU", 3, 2, 4, 7, "reverse", 1, "bhl", attributes={"linear_before_reset": 1}),
    Case("GRU", 2, 2, 3, 4, given="b", constant=False,
         functions=(("HardSigmoid", 0.25, 0.5), ("ScaledTanh", 1.5, 0.5))),
    Case("GRU", 2, 2, 3, 4, given="bh", constant=False, attributes={"linear_before_reset": 1}),
    Case("LSTM", 4, 3, 5, 7),
    Case("LSTM", 3, 1, 2, 16, "reverse", given="bhcp"),
    Case("LSTM", 3, 2, 9, 5, "bidirectional", 1, "bhcp", attributes={"clip": 0.5}),
    Case("LSTM", 3, 2, 4, 3, given="bhc", attributes={"input_forget": 1}, constant=False),
    Case("LSTM", 3, 2, 4, 3, "bidirectional", given="bp", constant=False,
         functions=(("Sigmoid",), ("Softsign",), ("Relu",))),
    Case("LSTM", 6, 1, 33, 20, given="l"),
]

net = harness.Network("recurrent", {}, opset=22)
constants = []
for i, case in enumerate(CASES):
    arrays = case.make_arrays()
    for name, array in arrays.items():
        if name in case.constants:
            constants.append(harness.initialize(f"{name}{i}", array))
        else:
            net.inputs[f"{name}{i}"] = array
    names = [f"{name}{i}" for name in OUTPUTS[case.op]]
    net.add(f"[n{i}] {', '.join(names)} = {write_node(i, case, arrays)}",
            **dict(zip(names, compute(case, arrays))))
net.constants = ", ".join(constants)
results = net.run(sys.argv[1:])
harness.check(results, rtol=1e-6, atol=2e-6)
print(f"{len(results)} results are right")
