#===- contestant.py - One runtime of a benchmark, in its own process -----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Holds one loaded model (or the FMA kernel) and measures it on request.

bench.py starts one of these per contestant and talks to it in lines: "run N"
makes it run N inferences after an untimed one, and answer with their seconds;
"outputs FILE" writes the last results as .npz. Between its turns the process is
stopped, so that a thread pool that spins cannot disturb the next one.

usage: contestant.py KIND JOB.json, where KIND is voxc, onnxruntime, openvino or
fma and JOB says which model, library, inputs and how many threads.
"""

import ctypes
import json
import os
import sys
import threading
import time

import numpy as np


class Tensor(ctypes.Structure):
    """vox_tensor of vox/Runtime/Model.h."""
    _fields_ = [("data", ctypes.c_void_p), ("type", ctypes.c_int32),
                ("rank", ctypes.c_int32),
                ("shape", ctypes.POINTER(ctypes.c_int64)),
                ("strides", ctypes.POINTER(ctypes.c_int64)),
                ("device", ctypes.c_int32)]


class Options(ctypes.Structure):
    """vox_options."""
    _fields_ = [("size", ctypes.c_uint32), ("abi_version", ctypes.c_uint32),
                ("threads", ctypes.c_int32), ("device", ctypes.c_int32),
                ("stream", ctypes.c_void_p)]


class TensorInfo(ctypes.Structure):
    """vox_tensor_info."""
    _fields_ = [("name", ctypes.c_char_p), ("type", ctypes.c_int32),
                ("rank", ctypes.c_int32),
                ("shape", ctypes.POINTER(ctypes.c_int64))]


class Description(ctypes.Structure):
    """vox_description."""
    _fields_ = [("abi_version", ctypes.c_uint32), ("name", ctypes.c_char_p),
                ("num_inputs", ctypes.c_int32),
                ("num_outputs", ctypes.c_int32),
                ("inputs", ctypes.POINTER(TensorInfo)),
                ("outputs", ctypes.POINTER(TensorInfo))]


def tensors_of(arrays):
    """A C array of vox_tensor that views `arrays`, and what it points into."""
    shapes = [(ctypes.c_int64 * a.ndim)(*a.shape) for a in arrays]
    views = (Tensor * len(arrays))(*(
        Tensor(a.ctypes.data, 1, a.ndim, shape, None, 0)
        for a, shape in zip(arrays, shapes)))
    return views, shapes


class Voxc:
    """A shared library that voxc wrote, through its C interface."""

    def __init__(self, job, inputs):
        library = ctypes.CDLL(job["library"])
        prefix = job["prefix"]

        def function(name, result, *arguments):
            found = getattr(library, f"{prefix}_{name}")
            found.restype, found.argtypes = result, arguments
            return found

        pointer = ctypes.c_void_p
        create = function("create", ctypes.c_int32, pointer, pointer)
        self.last_error = function("last_error", ctypes.c_char_p, pointer)
        self.call = function("run", ctypes.c_int32, *[pointer] * 4)
        description = function("describe", ctypes.POINTER(Description))().contents
        options = Options(ctypes.sizeof(Options), description.abi_version,
                          job["threads"], 0, None)
        self.handle = ctypes.c_void_p()
        self.check(create(ctypes.byref(options), ctypes.byref(self.handle)))

        names = [description.inputs[i].name.decode()
                 for i in range(description.num_inputs)]
        self.inputs, self.kept = tensors_of([inputs[n] for n in names])
        self.arrays = {}
        for i in range(description.num_outputs):
            info = description.outputs[i]
            shape = [info.shape[d] for d in range(info.rank)]
            self.arrays[info.name.decode()] = np.zeros(shape, np.float32)
        self.outputs, self.kept_too = tensors_of(list(self.arrays.values()))

    def check(self, status):
        if status:
            raise RuntimeError(self.last_error(self.handle).decode())

    def run(self):
        self.check(self.call(self.handle, self.inputs, self.outputs, None))

    def results(self):
        return self.arrays


class OnnxRuntime:
    def __init__(self, job, inputs):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = job["threads"]
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            job["model"], options, providers=["CPUExecutionProvider"])
        self.inputs = inputs
        self.names = [o.name for o in self.session.get_outputs()]

    def run(self):
        self.values = self.session.run(self.names, self.inputs)

    def results(self):
        return dict(zip(self.names, self.values))


class OpenVino:
    def __init__(self, job, inputs):
        import openvino
        core = openvino.Core()
        model = core.read_model(job["model"])
        model.reshape({name: list(a.shape) for name, a in inputs.items()})
        # fp32 has to be asked for: where the processor has bf16 or fp16,
        # OpenVINO computes in those by itself.
        self.request = core.compile_model(model, "CPU", {
            "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": "1",
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": str(job["threads"])}).create_infer_request()
        for name, array in inputs.items():
            self.request.set_tensor(name, openvino.Tensor(array, shared_memory=True))

    def run(self):
        self.request.infer()

    def results(self):
        return {output.get_any_name(): np.array(self.request.get_tensor(output).data)
                for output in self.request.model_outputs}


class FmaPeak:
    """The processor itself: multiply-adds on every thread, some 40 ms long."""

    def __init__(self, job, _):
        self.kernel = ctypes.CDLL(job["library"]).fma_peak_run
        self.kernel.restype = ctypes.c_double
        self.kernel.argtypes = [ctypes.c_long, ctypes.POINTER(ctypes.c_float)]
        self.threads = job["threads"]
        self.rounds = 10_000_000
        # Kept at one figure, so that seconds can be compared as they are.
        self.flop = self.one_thread() * self.threads

    def one_thread(self):
        # ctypes gives up Python's lock during the call.
        return self.kernel(self.rounds, ctypes.byref(ctypes.c_float()))

    def run(self):
        others = [threading.Thread(target=self.one_thread)
                  for _ in range(self.threads - 1)]
        for thread in others:
            thread.start()
        self.one_thread()
        for thread in others:
            thread.join()

    def results(self):
        return {"flop": np.float64(self.flop)}


KINDS = {"voxc": Voxc, "onnxruntime": OnnxRuntime, "openvino": OpenVino,
         "fma": FmaPeak}


def measure(runner, count):
    """Seconds of each of `count` runs. The one before them brings the model's
    weights back into the caches and wakes its threads."""
    runner.run()
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        runner.run()
        times.append(time.perf_counter() - begin)
    return times


def main():
    kind, job = sys.argv[1], json.load(open(sys.argv[2]))
    # The answers have a channel of their own; libraries print where they like.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    try:
        inputs = dict(np.load(job["inputs"])) if job.get("inputs") else {}
        runner = KINDS[kind](job, inputs)
        answer({"ready": measure(runner, 1)})
        for line in sys.stdin:
            command, argument = line.split(maxsplit=1)
            if command == "run":
                answer({"seconds": measure(runner, int(argument))})
            else:
                np.savez(argument.rstrip("\n"), **runner.results())
                answer({"written": True})
    except Exception as error:  # whatever a peer throws becomes one line
        lines = str(error).strip().splitlines() or [type(error).__name__]
        answer({"error": lines[0]})


if __name__ == "__main__":
    main()
