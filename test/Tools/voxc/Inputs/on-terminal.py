# ===- on-terminal.py - Run a program as if a person watched ----------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: on-terminal.py PROGRAM ARGUMENT...
# Gives the program's stderr a terminal and copies what it writes there to
# stdout.
#
# ===------------------------------------------------------------------------=== #

import os
import subprocess
import sys

leader, follower = os.openpty()
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=follower)
os.close(follower)
try:
    while chunk := os.read(leader, 4096):
        sys.stdout.write(chunk.decode().replace("\r", "\n"))
except OSError:
    pass  # how Linux says that nobody holds the other end any more
sys.exit(process.wait())
