#===- programs.py - Runs the programs under test ---------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Runs a program for its exit code and for all that it says."""

import pathlib
import subprocess
from typing import Optional, Tuple


def run(*command: object, cwd: Optional[pathlib.Path] = None) -> Tuple[int, str]:
    """The exit code; what was printed and the messages, in their order."""
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, cwd=cwd, check=False)
    return result.returncode, result.stdout
