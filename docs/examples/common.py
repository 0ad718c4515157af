#===- common.py - What the example scripts share -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Exporting a trained network to ONNX, checking the file, and writing the
`example.json` that describes it.

The export keeps every BatchNormalization as a node of its own: by default
PyTorch merges it into the convolution before it, and the point of the examples
is a file as users have it, whose batch-norms the compiler has to fold.
"""

import collections
import json
import pathlib
import platform
import re
import time
import warnings

import numpy as np
import onnx
import onnxruntime
import torch

OPSET = 17

# Adam and the convolutions sum in an order that depends on the number of
# threads, so the number belongs to the recipe as the seed does.
THREADS = 2

# ONNX Runtime computes in float32 as well; this is how far two honest float32
# implementations may be apart, relative to the output's RMS.
TOLERANCE = 2e-5


class Progress:
    """Prints lines with the seconds gone by, and knows the CPU time used."""

    def __init__(self):
        self.start = time.perf_counter()
        self.cpu_start = time.process_time()

    def __call__(self, text):
        print(f"[{time.perf_counter() - self.start:6.1f} s] {text}", flush=True)

    def cpu_seconds(self):
        return time.process_time() - self.cpu_start


def prepare(seed):
    """Fixes everything random in PyTorch and the number of threads."""
    torch.manual_seed(seed)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)


def smooth_noise(shape, seed):
    """A random batch [N, C, spatial...] that looks like normalised signals,
    pictures, clips or volumes: blobs and fine grain."""
    generator = torch.Generator().manual_seed(seed)
    spatial = len(shape) - 2
    noise = 0.2 * torch.randn(shape, generator=generator)
    for cells in (4, 8, 16):
        coarse = torch.randn((*shape[:2], *[cells] * spatial),
                             generator=generator)
        noise += 0.6 * torch.nn.functional.interpolate(
            coarse, size=shape[2:], align_corners=False,
            mode=("linear", "bilinear", "trilinear")[spatial - 1])
    return noise


def calibrate(model, batches, say):
    """Gives every batch-norm a scale and a shift at random, and the statistics
    of what reaches it when `batches` go through. Thus activations keep a
    sensible range through all layers, and no batch-norm is an identity, which a
    compiler could drop with no one the wiser."""
    for module in model.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0.0, 0.2)
            module.momentum = None  # the plain average over all batches
    model.train()
    with torch.no_grad():
        for i, batch in enumerate(batches):
            model(batch)
            say(f"calibrated on batch {i + 1}")
    model.eval()


def in_float64(model, inputs):
    """The output of `model`, in evaluation mode, computed in float64."""
    model.double().eval()
    tensor = torch.from_numpy(inputs)
    with torch.no_grad():
        output = model(tensor.double() if tensor.is_floating_point() else tensor).numpy()
    model.float()
    return output


def in_float32(model, inputs):
    """The output of `model`, in evaluation mode, computed in float32."""
    model.eval()
    with torch.no_grad():
        return model(torch.from_numpy(inputs)).numpy()


def relative_error(actual, expected):
    """The largest difference, relative to the RMS of what was expected."""
    rms = np.sqrt(np.mean(np.square(expected, dtype=np.float64)))
    return float(np.max(np.abs(actual - expected)) / rms)


def export(model, path, sample, input_name, output_name, dynamic_batch=False,
           tolerance=TOLERANCE):
    """Writes `model` to `path`, checks the file and runs it once.

    Returns the largest difference between ONNX Runtime and PyTorch in float64
    on `sample`, relative to the RMS of the output.
    """
    model = model.eval()
    with warnings.catch_warnings():
        # The TorchScript exporter announces at length that it is the old one.
        # It is also the one that writes plain opset 17 files.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.from_numpy(sample),),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=[input_name],
            output_names=[output_name],
            dynamic_axes={input_name: {0: "N"}, output_name: {0: "N"}}
            if dynamic_batch
            else None,
            # Both are needed to keep the batch-norms in the graph.
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
        )

    graph = onnx.load(str(path))
    onnx.checker.check_model(graph, full_check=True)
    norms = sum(isinstance(m, torch.nn.modules.batchnorm._BatchNorm)
                for m in model.modules())
    kept = sum(n.op_type == "BatchNormalization" for n in graph.graph.node)
    if kept != norms:
        raise SystemExit(f"{path}: the export kept {kept} of {norms} batch-norms")

    session = onnxruntime.InferenceSession(
        str(path), providers=["CPUExecutionProvider"])
    (actual,) = session.run([output_name], {input_name: sample})
    error = relative_error(actual, in_float64(model, sample))
    if not error <= tolerance:
        raise SystemExit(f"{path}: ONNX Runtime differs from PyTorch by "
                         f"{error:.2e} of the output's RMS")
    return error


def describe_graph(path):
    """Prints the nodes of an ONNX file with the shapes of their results."""
    model = onnx.shape_inference.infer_shapes(onnx.load(str(path)))
    graph = model.graph
    shapes = {
        value.name: "x".join(str(d.dim_param or d.dim_value)
                             for d in value.type.tensor_type.shape.dim)
        for value in [*graph.value_info, *graph.output]
    }
    for node in graph.node:
        print(f"    {node.op_type:<20} {shapes.get(node.output[0], ''):<18} "
              f"{node.name}")
    counts = collections.Counter(node.op_type for node in graph.node)
    print(f"    {len(graph.node)} nodes: "
          + ", ".join(f"{n} {op}" for op, n in sorted(counts.items())))


def count_flop(model, sample):
    """Twice the multiply-adds of the convolutions and dense layers."""
    total = 0

    def count(module, _, output):
        nonlocal total
        # Every output element is a dot product over one filter.
        total += 2 * output.numel() * module.weight[0].numel()

    hooks = [m.register_forward_hook(count) for m in model.modules()
             if isinstance(m, (torch.nn.Conv3d, torch.nn.Linear))]
    in_float32(model, sample)
    for hook in hooks:
        hook.remove()
    return total


def versions():
    """What produced the files, for the record in `score.json`."""
    return {"python": platform.python_version(), "torch": torch.__version__,
            "onnx": onnx.__version__, "numpy": np.__version__}


def write_json(path, value):
    """Writes indented JSON, with lists of plain values on one line."""
    text = re.sub(r"\[[^\[\]{}]*\]", lambda m: " ".join(m[0].split()).replace("[ ", "[").replace(" ]", "]"),
                  json.dumps(value, indent=2))
    pathlib.Path(path).write_text(text + "\n")
