#===- model.py - A compiled model ----------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Runs a shared library that voxc wrote, on numpy arrays and without copies."""

import ctypes
import dataclasses
import os
import pathlib
import re

import numpy as np

from .interface import TYPES, VERSION, Description, Options, Views


class RunError(RuntimeError):
    """The model refused a call or could not be loaded; says why."""


@dataclasses.dataclass(frozen=True)
class TensorInfo:
    """An input or output. An extent of -1 is decided by the inputs of a run,
    from `least` to `greatest`, which equal `shape` where it is fixed."""
    name: str
    dtype: np.dtype
    shape: tuple
    least: tuple
    greatest: tuple

    @staticmethod
    def read(info):
        return TensorInfo(info.name.decode(), TYPES[info.type],
                          *(tuple(extents[d] for d in range(info.rank))
                            for extents in (info.shape, info.least, info.greatest)))

    def _expected(self):
        if -1 not in self.shape:
            return str(self.shape)
        return f"{self.least} to {self.greatest}"

    def accept(self, array, what):
        """The array itself if the model can use its memory as it is."""
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{what} {self.name!r} is a {type(array).__name__}; "
                            f"expected a numpy array of {self.dtype}")
        if array.dtype != self.dtype:
            raise TypeError(f"{what} {self.name!r} has elements of {array.dtype}; "
                            f"expected {self.dtype}")
        fits = len(array.shape) == len(self.shape) and all(
            least <= extent <= greatest for least, extent, greatest in
            zip(self.least, array.shape, self.greatest))
        if not fits:
            raise ValueError(f"{what} {self.name!r} has shape {array.shape}; "
                             f"expected {self._expected()}")
        return array


def match_inputs(names, arrays, named):
    """The arrays of all inputs by name, of which some are given in order and some by name."""
    if len(arrays) > len(names):
        raise TypeError(f"{len(arrays)} inputs are given; expected {len(names)}: "
                        f"{', '.join(names)}")
    given = dict(zip(names, arrays))
    for name, array in named.items():
        if name in given or name not in names:
            problem = "is given twice" if name in given else "does not exist"
            raise TypeError(f"input {name!r} {problem}; expected {', '.join(names)}")
        given[name] = array
    missing = [name for name in names if name not in given]
    if missing:
        raise TypeError(f"input {missing[0]!r} is missing; expected {', '.join(names)}")
    return {name: given[name] for name in names}


class Call:
    """Inputs and outputs of a model, bound once for many runs. The arrays may
    be written and read between runs: they are the model's own memory."""

    def __init__(self, model, inputs, outputs):
        self._model = model
        self._inputs, self._outputs = Views(inputs), Views(outputs)

    @property
    def outputs(self):
        """The output arrays by name."""
        return {info.name: array for info, array in
                zip(self._model.outputs, self._outputs.arrays)}

    def run(self):
        self._model._run(self._inputs.tensors, self._outputs.tensors)


class Model:
    """A compiled model, loaded: call it with arrays.

    `path` is a library that voxc wrote, `name` the prefix of its functions
    (its file's name by default), `threads` how many it uses (0: as many as
    the process may run on). One inference runs at a time; make another Model
    of the same path for a second one beside it: they share their weights. A
    path is loaded once per process, even if the file there changes later.
    """

    def __init__(self, path, name=None, threads=0):
        path = pathlib.Path(path).resolve()
        prefix = name or re.sub(r"\W", "_", path.stem, flags=re.ASCII)
        try:
            self._library = ctypes.CDLL(os.fspath(path))
            describe = self._function(f"{prefix}_describe", ctypes.POINTER(Description))
        except (OSError, AttributeError) as error:
            raise RunError(f"{path}: {error}; expected a library of voxc with functions "
                           f"{prefix}_*") from None
        pointer = ctypes.c_void_p
        create = self._function(f"{prefix}_create", ctypes.c_int32, pointer, pointer)
        self._last_error = self._function(f"{prefix}_last_error", ctypes.c_char_p, pointer)
        self._call = self._function(f"{prefix}_run", ctypes.c_int32, *[pointer] * 4)
        self._destroy = self._function(f"{prefix}_destroy", None, pointer)
        self._output_shapes = self._function(f"{prefix}_output_shapes", ctypes.c_int32,
                                             *[pointer] * 3)
        description = describe().contents
        if description.abi_version != VERSION:
            raise RunError(f"{path}: has version {description.abi_version} of the models' "
                           f"interface; expected {VERSION}")
        self.inputs = [TensorInfo.read(description.inputs[i])
                       for i in range(description.num_inputs)]
        self.outputs = [TensorInfo.read(description.outputs[i])
                        for i in range(description.num_outputs)]
        options = Options(ctypes.sizeof(Options), description.abi_version, threads, 0, None)
        self._handle = ctypes.c_void_p()
        self._check(create(ctypes.byref(options), ctypes.byref(self._handle)))

    def __del__(self):
        if getattr(self, "_handle", None):
            self._destroy(self._handle)

    def __repr__(self):
        def show(infos):
            return ", ".join(f"{i.name}: {i.dtype}{list(i.shape)}" for i in infos)
        return f"<voxc.Model ({show(self.inputs)}) -> ({show(self.outputs)})>"

    def __call__(self, /, *arrays, **named):
        """Runs the model. Inputs come in order or by name; arrays of the right
        type that lie densely are used where they are. One output is returned
        as an array, several as a dictionary of arrays by name."""
        # A scalar would become a vector.
        pairs = [(info, np.ascontiguousarray(info.accept(array, "input"))
                  if np.ndim(array) else array)
                 for info, array in self._match(arrays, named)]
        call = self._bind(pairs, {})
        call.run()
        results = call.outputs
        return next(iter(results.values())) if len(results) == 1 else results

    def bind(self, inputs, outputs=None):
        """A Call on these dense inputs, a sequence or a dictionary by name.
        `outputs` maps names to arrays that results go to; the others are made."""
        by_name = isinstance(inputs, dict)
        pairs = self._match((), inputs) if by_name else self._match(inputs, {})
        return self._bind(pairs, dict(outputs or {}))

    def _bind(self, pairs, given):
        inputs = [info.accept(array, "input") for info, array in pairs]
        for info, array in pairs:
            if not array.flags.c_contiguous:
                raise ValueError(f"input {info.name!r} cannot be read in place; "
                                 "expected a dense array")
        results = []
        for info, shape in zip(self.outputs, self._shapes(inputs)):
            array = given.pop(info.name, None)
            if array is None:
                array = np.empty(shape, info.dtype)
            elif info.accept(array, "output").shape != shape:
                raise ValueError(f"output {info.name!r} has shape {array.shape}; "
                                 f"expected {shape}")
            elif not (array.flags.c_contiguous and array.flags.writeable):
                raise ValueError(f"output {info.name!r} cannot be written in place; "
                                 "expected a dense, writable array")
            results.append(array)
        if given:
            raise TypeError(f"there is no output {next(iter(given))!r}; expected "
                            f"{', '.join(i.name for i in self.outputs)}")
        return Call(self, inputs, results)

    def _match(self, arrays, named):
        """Pairs of an input and its array, in the model's order."""
        given = match_inputs([info.name for info in self.inputs], arrays, named)
        return [(info, given[info.name]) for info in self.inputs]

    def _shapes(self, inputs):
        """The outputs' shapes for these inputs."""
        shapes = [(ctypes.c_int64 * max(len(i.shape), 1))() for i in self.outputs]
        pointers = (ctypes.POINTER(ctypes.c_int64) * len(shapes))(*shapes)
        self._check(self._output_shapes(self._handle, Views(inputs).tensors, pointers))
        return [tuple(shape[:len(info.shape)]) for shape, info in zip(shapes, self.outputs)]

    def _function(self, name, result, *arguments):
        found = getattr(self._library, name)
        found.restype, found.argtypes = result, arguments
        return found

    def _run(self, inputs, outputs):
        self._check(self._call(self._handle, inputs, outputs, None))

    def _check(self, status):
        if status:
            raise RunError(self._last_error(self._handle).decode())
