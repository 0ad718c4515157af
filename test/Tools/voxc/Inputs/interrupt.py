# ===- interrupt.py - Send a program a signal while it works ----------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: interrupt.py SIGNAL FOLDER PREFIX PROGRAM ARGUMENT...
# Sends SIGNAL to the program alone, not to its children, once a child has begun
# to write into a folder whose name starts with PREFIX. The program's temporary
# folder is FOLDER, new and empty. Prints by what the program ended, what is
# left in FOLDER, and how many of the program's processes are left. $IGNORE lists
# signals that the program is started to ignore.
#
# ===------------------------------------------------------------------------=== #

import glob
import os
import signal
import subprocess
import sys
import time

number = signal.Signals[sys.argv[1]]
folder, prefix, command = sys.argv[2], sys.argv[3], sys.argv[4:]
os.mkdir(folder)
environment = dict(os.environ, TMPDIR=os.path.abspath(folder))
# Test runners may ignore signals, and children inherit that; nohup does the same.
ignored = os.environ.get("IGNORE", "").split()
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(signal.Signals[name], signal.SIG_IGN if name in ignored else signal.SIG_DFL)
# A session of its own: its processes can be counted.
process = subprocess.Popen(command, env=environment, start_new_session=True)
while not glob.glob(os.path.join(folder, prefix + "*", "*.log")):
    if process.poll() is not None:
        sys.exit(f"ended by itself: {process.returncode}")
    time.sleep(0.001)
process.send_signal(number)
status = process.wait()
print("ended", f"by {signal.Signals(-status).name}" if status < 0 else f"with {status}")


def count():
    """Processes of the program's session, without those that are dead."""
    total = 0
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            fields = open(path).read().rpartition(")")[2].split()
        except OSError:
            continue  # gone in between
        total += fields[3] == str(process.pid) and fields[0] not in "ZX"
    return total


# Killing takes a moment; a child that goes on compiling takes many.
limit = time.monotonic() + 5
while count() and time.monotonic() < limit:
    time.sleep(0.01)
print("processes", count())
print("left", sorted(os.listdir(folder)))
