#!/usr/bin/env python3
#===- activations.py - What activations cost -------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Measures what each activation costs, with default parameters, in two tables:

- stand-alone, on arrays of 64 MiB: nanoseconds per element, and beside the
  kernel of `identity`, which is as fast as memory;
- fused into a convolution 32 -> 32 of 3x3x3 on 48x48x48 positions: how much
  longer than with ReLU.

    activations.py                      all, on all processors
    activations.py gelu mish --seconds=20 --threads=1

All kernels of a table are compiled, loaded at once and take turns; the figure
is the least of many, so that another process disturbs all of them alike. With
one thread it is processor time, which is good for comparisons on a busy
machine. The last line says how many are beyond the goals (1.1 times identity;
5 % over ReLU); the exit code is 1 if any is.

It is for whoever works on kernels of activations: Voxc against itself, with a
goal. How Voxc does on the same layer beside its peers, tools/bench.sh
--activations tells.

Needs numpy, and voxc and vox-activations in PATH.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "lib/Bindings/Python"))

import voxc  # noqa: E402

#: Measured in place of clip, which does nothing by default.
CLIP = "clip<min = 0.000000e+00, max = 6.000000e+00>"

ALONE = "tensor<1x32x512x1024xf32>"
ALONE_GOAL, FUSED_GOAL = 1.1, 1.05


def read_table():
    """Name of each activation: whether its parameter is learned."""
    rows = subprocess.run(["vox-activations", "--list"], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.splitlines()[1:]
    return {row.split()[0]: row.endswith("(learned)") for row in rows}


LEARNED = read_table()


def activation(name, value, kind):
    """The text of the op, with one parameter per channel if it is learned."""
    attribute = f"#vox.{CLIP if name == 'clip' else name}"
    if not LEARNED[name]:
        return f"%y = vox.activation {attribute} {value} : {kind}"
    rank = kind.count("x")
    slope = "tensor<32x" + "1x" * (rank - 2) + "f32>"
    return (f"%p = vox.constant dense<2.500000e-01> : {slope}\n"
            f"  %y = vox.activation {attribute} {value} parameter %p : {kind}, {slope}")


def alone(name):
    return f"""module {{
func.func @main(%x: {ALONE} {{vox.name = "x"}}) -> ({ALONE} {{vox.name = "y"}}) {{
  {activation(name, "%x", ALONE)}
  return %y : {ALONE}
}}
}}
"""


def fused(name):
    kind = "tensor<1x32x48x48x48xf32>"
    weights = np.random.default_rng(1).standard_normal((32, 32, 3, 3, 3)) / 29.4
    data = weights.astype(np.float32).tobytes().hex().upper()
    return f"""module {{
func.func @main(%x: {kind} {{vox.name = "x"}}) -> ({kind} {{vox.name = "y"}}) {{
  %w = vox.constant dense<"0x{data}"> : tensor<32x32x3x3x3xf32>
  %c = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1, 1] pads = [1, 1, 1, 1, 1, 1] groups = 1 : ({kind}, tensor<32x32x3x3x3xf32>) -> {kind}
  {activation(name, "%c", kind)}
  return %y : {kind}
}}
}}
"""


def load(folder, name, text, inputs, arguments):
    """The compiled network, ready to run."""
    source = folder / f"{name}.mlir"
    source.write_text(text)
    library = source.with_suffix(".so")
    command = ["voxc", source, "-o", library, f"--name={name}"]
    if arguments.target:
        command.append(f"--target={arguments.target}")
    subprocess.run(command, check=True)
    return voxc.Model(library, name=name, threads=arguments.threads).bind(inputs)


def measure(models, seconds, clock):
    """The least time of each, taking turns."""
    best = {name: float("inf") for name in models}
    end = time.perf_counter() + seconds * len(models)
    rounds = 0
    while rounds < 3 or time.perf_counter() < end:
        rounds += 1
        for name, model in models.items():
            begin = clock()
            model.run()
            best[name] = min(best[name], clock() - begin)
    print(f"({rounds} rounds)")
    return best


def table(title, write, shape, first, goal, arguments):
    """Measures and prints one table; returns how many miss the goal."""
    print(f"\n{title}")
    x = np.random.default_rng(1).standard_normal(shape, dtype=np.float32)
    names = [first] + [name for name in arguments.names if name != first]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="voxc-activations-") as folder:
        models = {name: load(pathlib.Path(folder), name, write(name), {"x": x}, arguments)
                  for name in names}
        # All write to one place, so that none has the better pages.
        for model in models.values():
            model.outputs = models[first].outputs
        clock = time.process_time if arguments.threads == 1 else time.perf_counter
        best = measure(models, arguments.seconds, clock)
    for name in names:
        ratio = best[name] / best[first]
        missed += ratio > goal
        print(f"{name:17} {best[name] * 1e3:8.3f} ms {best[name] / x.size * 1e9:7.4f} ns "
              f"{ratio:6.3f} of {first}{'  beyond the goal' if ratio > goal else ''}")
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(LEARNED))
    parser.add_argument("--seconds", type=float, default=5, help="per activation and table (5)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--target", help="as voxc --target")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in LEARNED:
            parser.error(f"'{name}' is unknown; expected {', '.join(LEARNED)}")
    arguments.names = arguments.names or list(LEARNED)
    missed = table("stand-alone", alone, (1, 32, 512, 1024), "identity", ALONE_GOAL, arguments)
    missed += table("fused", fused, (1, 32, 48, 48, 48), "relu", FUSED_GOAL, arguments)
    print(f"\n{missed} beyond the goals")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
