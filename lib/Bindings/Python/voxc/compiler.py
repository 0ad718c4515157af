#===- compiler.py - From an ONNX model to a loaded one -------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Calls the compiler, a program, and loads what it wrote."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from .model import Model

HERE = pathlib.Path(__file__).resolve().parent


class CompileError(RuntimeError):
    """The compiler refused the model; the text is its messages."""


class CompilerFault(RuntimeError):
    """The compiler ended otherwise than by refusing: a fault of its own."""


def find_compiler():
    """The program: $VOXC, the one of this package, the one of the tree that
    the package stands in, or the one on the path."""
    if os.environ.get("VOXC"):
        return os.environ["VOXC"]
    tree = HERE.parents[3] / "build/bin/voxc" if len(HERE.parents) > 3 else None
    for place in (HERE / "bin/voxc", tree):
        if place and place.is_file():
            return os.fspath(place)
    found = shutil.which("voxc")
    if not found:
        raise CompileError("the program voxc was not found; expected it on PATH or "
                           "in the environment variable VOXC")
    return found


def main():
    """The command line of the compiler, for a wheel that brings it along."""
    compiler = find_compiler()
    os.execv(compiler, [compiler, *sys.argv[1:]])


def _write_model(model, folder):
    """A path to the model, which may be one already."""
    if isinstance(model, (str, os.PathLike)):
        return pathlib.Path(model)
    if hasattr(model, "SerializeToString"):
        model = model.SerializeToString()
    if not isinstance(model, bytes):
        raise TypeError(f"the model is a {type(model).__name__}; expected a path, bytes "
                        "or an onnx.ModelProto")
    path = folder / "model.onnx"
    path.write_bytes(model)
    return path


def _format_shapes(shapes):
    return ",".join(f"{name}:{'x'.join(map(str, shape))}" for name, shape in shapes.items())


def compile(model, *, shapes=None, min_shapes=None, max_shapes=None, target=None,
            options=(), threads=0, output=None, timeout=None):
    """Compiles a model and loads it.

    model    a path (.onnx, .onnxtxt, .mlir), its bytes, or an onnx.ModelProto
    shapes   shapes of inputs that the model leaves open, by name
    min_shapes, max_shapes
             inputs that stay open: calls take arrays of any shape in between
    target   as voxc's --target: "host" (default), "avx2", "avx512", ...
    options  further arguments of voxc, such as "--replace-activations=relu=elu"
    threads  that the model uses; 0: as many as the process may run on
    output   where to keep the shared library; else it lives as long as the model
    timeout  seconds that compiling may take; subprocess.TimeoutExpired beyond

    Raises CompileError with the compiler's messages where it refuses.
    """
    if isinstance(options, str):
        raise TypeError(f"options is {options!r}; expected a list of arguments")
    folder = tempfile.TemporaryDirectory(prefix="voxc-")
    work = pathlib.Path(folder.name)
    source = _write_model(model, work)
    library = work / "model.so"
    command = [find_compiler(), os.fspath(source), "-o", os.fspath(library),
               "--name=model", *options]
    for option, given in (("shapes", shapes), ("minShapes", min_shapes),
                          ("maxShapes", max_shapes)):
        if given:
            command.append(f"--{option}={_format_shapes(given)}")
    if target:
        command.append(f"--target={target}")
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                          errors="replace", env={**os.environ, "TMPDIR": folder.name})
    if done.returncode == 1:
        raise CompileError(done.stderr.strip())
    if done.returncode != 0:
        raise CompilerFault(f"voxc ended with exit code {done.returncode}: "
                            f"{done.stderr.strip()}")
    if output:
        # What is kept is a copy: a path is loaded once per process, and another
        # model may have been kept there before.
        shutil.copyfile(library, output)
    loaded = Model(library, name="model", threads=threads)
    # The file goes when the model goes.
    loaded._folder = folder
    return loaded
