# usage: read-back.py FOLDER NAME OPTION...
#
# Compiles every dump in FOLDER on and compares the library NAME.a and the
# program NAME with those in the current folder. Prints the phases.
import filecmp
import pathlib
import subprocess
import sys
import tempfile

folder, name, *options = sys.argv[1:]
for dump in sorted(pathlib.Path(folder).glob(f"{name}.*.mlir")):
    phase = dump.name.split(".")[-2]
    with tempfile.TemporaryDirectory() as made:
        command = ["voxc", dump, f"--compile-from={phase}", *options]
        command += ["--emit=static_library,executable", "-o", f"{made}/{name}"]
        subprocess.run(command, check=True)
        for product in (name + ".a", name):
            if not filecmp.cmp(product, f"{made}/{product}", shallow=False):
                sys.exit(f"{dump}: another {product}")
    print(phase)
