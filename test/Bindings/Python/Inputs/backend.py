#===- backend.py - ONNX's backend interface, used and misused ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

import numpy as np
import onnx.parser
import voxc.backend
from onnx import helper

X = np.arange(6, dtype=np.float32)
SIZES = np.array([2, 3])


def refuse(call):
    """Prints why a call is refused."""
    try:
        call()
        print("is taken")
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


# The shape is an input, so that the model is compiled when its value is known.
model = voxc.backend.prepare(onnx.parser.parse_model(
    '<ir_version: 10, opset_import: ["": 21]>\n'
    "g (float[6] x, int64[2] s) => (float[a,b] y) { y = Reshape (x, s) }"))
for inputs in [X, SIZES], {"s": SIZES, "x": X}:
    result, = model.run(inputs)
    print(result.shape, np.array_equal(result.ravel(), X), model.constants)
refuse(lambda: model.run([X, SIZES, X]))
refuse(lambda: model.run([X]))
refuse(lambda: model.run({"x": X, "t": SIZES}))

add = helper.make_node("Add", ["a", "a"], ["b"])
outputs = [(np.float32, (6,))]
print(np.array_equal(voxc.backend.run_node(add, [X, X], outputs_info=outputs)[0], 2 * X))
refuse(lambda: voxc.backend.run_node(add, [X, X, X], outputs_info=outputs))
refuse(lambda: voxc.backend.run_node(add, [X], outputs_info=outputs))
refuse(lambda: voxc.backend.run_node(add, [X, X]))
