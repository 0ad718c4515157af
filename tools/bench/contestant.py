#===- contestant.py - One runtime of a benchmark, in its own process -----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Holds one loaded model (or the FMA kernel) and measures it on request.

rounds.py starts one of these per contestant and talks to it in lines: "run N"
makes it run N inferences after an untimed one, and answer with their seconds;
"outputs FILE" writes the last results as .npz. Between its turns the process is
stopped, so that a thread pool that spins cannot disturb the next one.

Before that it says how long it took to load the model and to run it first, and
how much memory that took. Importing the runtime itself does not count.

usage: contestant.py KIND JOB.json, where KIND is one of KINDS below and JOB says
which model, library, inputs and how many threads (make_job in rounds.py).
"""

import ctypes
import json
import os
import pathlib
import sys
import threading
import time
import traceback

import numpy as np


class Voxc:
    def __init__(self, job, inputs, voxc):
        model = voxc.Model(job["library"], name=job["prefix"], threads=job["threads"])
        self.call = model.bind(inputs)

    def run(self):
        self.call.run()

    def results(self):
        return self.call.outputs


class OnnxRuntime:
    def __init__(self, job, inputs, onnxruntime):
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
    def __init__(self, job, inputs, openvino):
        core = openvino.Core()
        model = core.read_model(job["model"])
        model.reshape({name: list(a.shape) for name, a in inputs.items()})
        # fp32 has to be asked for: where the processor has bf16 or fp16,
        # OpenVINO computes in those by itself.
        self.request = core.compile_model(model, "CPU", {
            "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": "1",
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": str(job["threads"])}).create_infer_request()
        self.inputs = inputs  # shared with the tensors, so they have to live
        for name, array in inputs.items():
            self.request.set_tensor(name, openvino.Tensor(array, shared_memory=True))

    def run(self):
        self.request.infer()

    def results(self):
        return {output.get_any_name(): np.array(self.request.get_tensor(output).data)
                for output in self.request.model_outputs}


class FmaPeak:
    """The processor itself: multiply-adds on every thread, some 40 ms long."""

    def __init__(self, job):
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


# --- What each kind imports, untimed, and how it is made then -----------------


def prepare_voxc(job):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] /
                           "lib/Bindings/Python"))
    import voxc
    return lambda inputs: Voxc(job, inputs, voxc)


def prepare_onnxruntime(job):
    import onnxruntime
    return lambda inputs: OnnxRuntime(job, inputs, onnxruntime)


def prepare_openvino(job):
    import openvino
    return lambda inputs: OpenVino(job, inputs, openvino)


def prepare_fma(job):
    return lambda inputs: FmaPeak(job)


def prepare_pytorch(form):
    def prepare(job):
        # PyTorch's OpenMP threads spin while they wait. Where other work wants
        # the cores too that costs it a factor of ten and more, and nothing
        # where they are free; we would be compared with the neighbours' load.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import torch_model
        network = torch_model.import_network(job["module"])
        return lambda inputs: torch_model.PyTorch(job, inputs, network, form)
    return prepare


KINDS = {
    "voxc": prepare_voxc,
    "onnxruntime": prepare_onnxruntime,
    "openvino": prepare_openvino,
    "pytorch": prepare_pytorch("eager"),
    "pytorch-channels-last": prepare_pytorch("channels-last"),
    "pytorch-compiled": prepare_pytorch("compiled"),
    "fma": prepare_fma,
}


# --- Measuring --------------------------------------------------------------


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


def memory(field):
    """Bytes of this process, as the kernel counts them: VmRSS now, VmHWM ever."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    return None


def load(kind, job):
    """The runner, after its first run, and the figures of getting there."""
    inputs = dict(np.load(job["inputs"])) if job.get("inputs") else {}
    make = KINDS[kind](job)
    base = memory("VmRSS")
    begin = time.perf_counter()
    runner = make(inputs)
    loaded = time.perf_counter()
    runner.run()
    done = time.perf_counter()
    return runner, {"load_seconds": loaded - begin, "first_seconds": done - loaded,
                    "base_bytes": base}


def main():
    kind, job = sys.argv[1], json.load(open(sys.argv[2]))
    # The answers have a channel of their own; libraries print where they like.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    try:
        runner, figures = load(kind, job)
        ready = measure(runner, 1)
        answer({"ready": ready, "peak_bytes": memory("VmHWM"), **figures})
        for line in sys.stdin:
            command, argument = line.split(maxsplit=1)
            if command == "run":
                answer({"seconds": measure(runner, int(argument))})
            else:
                np.savez(argument.rstrip("\n"), **runner.results())
                answer({"written": True})
    except Exception as error:  # whatever a peer throws becomes one line
        traceback.print_exc()
        lines = str(error).strip().splitlines() or [""]
        answer({"error": f"{type(error).__name__}: {lines[0]}"})


if __name__ == "__main__":
    main()
