#===- __init__.py - Voxc in Python ---------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Compiles trained networks and runs them on numpy arrays.

    import voxc
    model = voxc.compile("model.onnx")
    result = model(volume)
"""

from .compiler import CompileError, CompilerFault, compile
from .model import Call, Model, RunError, TensorInfo

__all__ = ["Call", "CompileError", "CompilerFault", "Model", "RunError", "TensorInfo", "compile"]
