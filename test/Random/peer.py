#===- peer.py - Evaluate a graph with ONNX Runtime, as it is written -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""usage: peer.py MODEL.onnxtxt FOLDER

Runs ONNX Runtime, with all of its graph optimisations off, on a model in ONNX's
text syntax: input number N is in FOLDER/input-N.npy, output number N goes to
FOLDER/output-N.npy. Where ONNX Runtime does not run the model the exit code is 3
and the last line says why.

This is a program of its own because ONNX Runtime may crash.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime

#: The newest operator set that it takes. A model of a later one is run as one of
#: this: what has changed since then is types, and ops that it refuses.
NEWEST_OPSET = 26
NO_OPINION = 3


def read_model(path: str) -> onnx.ModelProto:
    model = onnx.parser.parse_model(pathlib.Path(path).read_text())
    for used in model.opset_import:
        if used.version > NEWEST_OPSET:
            later = {node.op_type for node in model.graph.node if not has_op(node.op_type)}
            if later:
                raise ValueError(f"{', '.join(sorted(later))} of operator set {used.version}")
            used.version = NEWEST_OPSET
    return model


def has_op(name: str) -> bool:
    try:
        onnx.defs.get_schema(name, NEWEST_OPSET)
        return True
    except onnx.defs.SchemaError:
        return False


def run(model: onnx.ModelProto, folder: pathlib.Path) -> None:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    inputs = {value.name: numpy.load(folder / f"input-{number}.npy")
              for number, value in enumerate(model.graph.input)}
    for number, output in enumerate(session.run(None, inputs)):
        numpy.save(folder / f"output-{number}.npy", output)


def main() -> int:
    try:
        run(read_model(sys.argv[1]), pathlib.Path(sys.argv[2]))
    except Exception as error:  # ONNX Runtime has errors of many classes
        print(f"no opinion: {' '.join(str(error).split())}")
        return NO_OPINION
    return 0


if __name__ == "__main__":
    sys.exit(main())
