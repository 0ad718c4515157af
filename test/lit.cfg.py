# ===- lit.cfg.py - How the test suite runs ---------------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# `lit build/test` loads this through build/test/lit.site.cfg.py. Tests see the
# programs of this build first, then LLVM's (FileCheck, not, split-file).
#
# ===------------------------------------------------------------------------=== #

import atexit
import os
import shutil
import tempfile

import lit.formats

config.name = "vox"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".onnxtxt"]
config.excludes = ["Inputs", "Corpus"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.vox_build, "test")

config.substitutions.append(("%python", "python3"))
config.substitutions.append(("%numpy_python", config.numpy_python))
config.substitutions.append(("%vox_src", os.path.dirname(config.test_source_root)))
config.substitutions.append(("%vox_build", config.vox_build))

if config.vox_sanitize.upper() in ("1", "ON", "TRUE", "YES"):
    config.available_features.add("sanitizer")
    config.environment["VOXC_NUMERIC_SHARE"] = "3"

# What the example networks were trained with, where it has been set up
# (docs/examples/README.md).
examples_python = os.path.join(config.vox_build, "examples-venv", "bin", "python")
if os.path.exists(examples_python):
    config.available_features.add("examples-venv")
config.substitutions.append(("%examples_python", examples_python))

# What ONNX's conformance cases are run with, where tools/check.sh has set it up.
onnx_python = os.path.join(config.vox_build, "deps", "conformance", "bin", "python3")
if os.path.exists(onnx_python):
    config.available_features.add("onnx")
config.substitutions.append(("%onnx_python", onnx_python))

config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.vox_build, "bin"), config.llvm_tools, os.environ["PATH"]]
)

# `tools/check.sh --full-sweep` asks the numeric tests for every combination.
if "VOXC_FULL_SWEEP" in os.environ:
    config.environment["VOXC_FULL_SWEEP"] = os.environ["VOXC_FULL_SWEEP"]

# One cache of compiled kernels for the whole run: tests share what they compile,
# and no run sees what another, perhaps of other code, has left.
cache = tempfile.mkdtemp(prefix="kernels-", dir=config.test_exec_root)
config.environment["VOXC_CACHE_DIR"] = cache
owner = os.getpid()


@atexit.register
def remove_cache():
    if os.getpid() == owner:
        shutil.rmtree(cache, ignore_errors=True)
