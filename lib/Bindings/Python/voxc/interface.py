#===- interface.py - The C interface of a compiled model, for ctypes -----===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The structures of include/vox/Runtime/Model.h, which documents them."""

import ctypes

import numpy as np

# VOX_MODEL_ABI.
VERSION = 2

# The numbers are those of ONNX's TensorProto.DataType.
TYPES = {1: np.dtype(np.float32), 2: np.dtype(np.uint8), 3: np.dtype(np.int8),
         4: np.dtype(np.uint16), 5: np.dtype(np.int16), 6: np.dtype(np.int32),
         7: np.dtype(np.int64), 9: np.dtype(np.bool_)}
NUMBERS = {dtype: number for number, dtype in TYPES.items()}


class Tensor(ctypes.Structure):
    """vox_tensor."""
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
                ("shape", ctypes.POINTER(ctypes.c_int64)),
                ("least", ctypes.POINTER(ctypes.c_int64)),
                ("greatest", ctypes.POINTER(ctypes.c_int64))]


class Description(ctypes.Structure):
    """vox_description, as far as it is read here."""
    _fields_ = [("abi_version", ctypes.c_uint32), ("name", ctypes.c_char_p),
                ("num_inputs", ctypes.c_int32),
                ("num_outputs", ctypes.c_int32),
                ("inputs", ctypes.POINTER(TensorInfo)),
                ("outputs", ctypes.POINTER(TensorInfo))]


class Views:
    """A C array of vox_tensor that views `arrays` and keeps them alive."""

    def __init__(self, arrays):
        self.arrays = arrays
        self.shapes = [(ctypes.c_int64 * a.ndim)(*a.shape) for a in arrays]
        self.tensors = (Tensor * len(arrays))(*(
            Tensor(a.ctypes.data, NUMBERS[a.dtype], a.ndim, shape, None, 0)
            for a, shape in zip(arrays, self.shapes)))
