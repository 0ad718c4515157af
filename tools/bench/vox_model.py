#===- vox_model.py - A compiled model in Python --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Runs a shared library that voxc wrote, through its C interface
(include/vox/Runtime/Model.h), without copies."""

import ctypes

import numpy as np

# The numbers are those of ONNX's TensorProto.DataType.
TYPES = {1: np.float32, 2: np.uint8, 3: np.int8, 4: np.uint16, 5: np.int16,
         6: np.int32, 7: np.int64, 9: np.bool_}
NUMBERS = {np.dtype(kind): number for number, kind in TYPES.items()}


class Tensor(ctypes.Structure):
    """vox_tensor of vox/Runtime/Model.h."""
    _fields_ = [("data", ctypes.c_void_p), ("type", ctypes.c_int32),
                ("rank", ctypes.c_int32),
                ("shape", ctypes.POINTER(ctypes.c_int64)),
                ("strides", ctypes.POINTER(ctypes.c_int64)),
                ("device", ctypes.c_int32)]


class Options(ctypes.Structure):
    """vox_options without the observer, which `size` says is not given."""
    _fields_ = [("size", ctypes.c_uint32), ("abi_version", ctypes.c_uint32),
                ("threads", ctypes.c_int32), ("device", ctypes.c_int32),
                ("stream", ctypes.c_void_p)]


class TensorInfo(ctypes.Structure):
    """vox_tensor_info."""
    _fields_ = [("name", ctypes.c_char_p), ("type", ctypes.c_int32),
                ("rank", ctypes.c_int32),
                ("shape", ctypes.POINTER(ctypes.c_int64))]


class Description(ctypes.Structure):
    """vox_description, as far as it is read here."""
    _fields_ = [("abi_version", ctypes.c_uint32), ("name", ctypes.c_char_p),
                ("num_inputs", ctypes.c_int32),
                ("num_outputs", ctypes.c_int32),
                ("inputs", ctypes.POINTER(TensorInfo)),
                ("outputs", ctypes.POINTER(TensorInfo))]


def tensors_of(arrays):
    """A C array of vox_tensor that views `arrays`, and what it points into."""
    shapes = [(ctypes.c_int64 * a.ndim)(*a.shape) for a in arrays]
    views = (Tensor * len(arrays))(*(
        Tensor(a.ctypes.data, NUMBERS[a.dtype], a.ndim, shape, None, 0)
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
        # The tensors view the arrays, so both have to live as long as this.
        self.kept_inputs = inputs
        self.inputs, self.kept = tensors_of([inputs[n] for n in names])
        self.arrays = {}
        for i in range(description.num_outputs):
            info = description.outputs[i]
            shape = [info.shape[d] for d in range(info.rank)]
            self.arrays[info.name.decode()] = np.zeros(shape, TYPES[info.type])
        self.outputs, self.kept_too = tensors_of(list(self.arrays.values()))

    def check(self, status):
        if status:
            raise RuntimeError(self.last_error(self.handle).decode())

    def run(self):
        self.check(self.call(self.handle, self.inputs, self.outputs, None))

    def results(self):
        return self.arrays
