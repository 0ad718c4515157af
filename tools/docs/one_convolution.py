#!/usr/bin/env python3
# ===- one_convolution.py - One convolution through every phase -------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: one_convolution.py > docs/OneConvolution.md
#
# Compiles a small network with voxc, which must be on the PATH, and prints a
# page that shows what each phase made of it. The target is fixed, so the page is
# the same on every machine.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import re
import subprocess
import tempfile

CHANNELS, KERNEL = 16, 3
TARGET = "avx512"


def model():
    """A network in ONNX's text: convolution, batch norm, ReLU."""
    count = CHANNELS * CHANNELS * KERNEL**3
    weights = ", ".join(f"{(i * 37 % 101 - 50) / 512:.6f}" for i in range(count))
    row = lambda f: ", ".join(f"{f(i):.4f}" for i in range(CHANNELS))
    return f"""<ir_version: 10, opset_import: ["" : 17]>
net (float[1,{CHANNELS},8,32,32] volume) => (float[1,{CHANNELS},8,32,32] features)
<float[{CHANNELS},{CHANNELS},3,3,3] weights = {{{weights}}},
 float[{CHANNELS}] scale = {{{row(lambda i: 1 + i / 64)}}}, float[{CHANNELS}] shift = {{{row(lambda i: i / 32)}}},
 float[{CHANNELS}] mean = {{{row(lambda i: i / 16 - 0.5)}}}, float[{CHANNELS}] variance = {{{row(lambda i: 1 + i / 8)}}}>
{{
  [conv1] c = Conv <kernel_shape=[3,3,3], pads=[1,1,1,1,1,1]> (volume, weights)
  [norm1] n = BatchNormalization (c, scale, shift, mean, variance)
  [relu1] features = Relu (n)
}}
"""


def run(folder, *command):
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)


def shorten(line, width=118):
    return line if len(line) <= width else line[: width - 4] + " ..."


def fence(kind, lines):
    return "\n".join([f"```{kind}", *lines, "```", ""])


def read_dump(path):
    """The lines of a dump, without locations and what else is for programs."""
    text = path.read_text().split("\n{-#")[0]
    text = re.sub(r"^#loc\d* = .*\n", "", text, flags=re.M)
    text = re.sub(r" loc\((?:#loc\d*|\"[^\"]*\"\([^()]*\)|[^()]*)\)", "", text)
    # Six numbers are enough to see that a constant is one.
    text = re.sub(r"dense<\[((?:[^,\]]+, ){3})[^\]]*\]>", r"dense<[\1...]>", text)
    return [line for line in text.rstrip().splitlines() if line.strip()]


def break_line(line, width=118):
    """Long lines of MLIR, broken where types or operands begin."""
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    lines = []
    types = r" : \(| : tensor<| -> | attributes | strides "
    while len(line) > width:
        for places in (types, ", (?:%|tensor<)"):
            starts = [m.start() for m in re.finditer(places, line[: width + 3])]
            ends = [end for end in starts if len(indent) < end < width]
            if ends:
                break
        else:
            break
        end = ends[-1] + (line[ends[-1]] == ",")
        lines.append(line[:end])
        line = indent + line[end:].lstrip()
    return lines + [line]


def listing(path, only=None):
    lines = read_dump(path)
    if only:
        lines = only(lines)
    return fence("mlir", [part for line in lines for part in break_line(line)])


def network(lines):
    """The network's function alone."""
    start = next(i for i, line in enumerate(lines) if "func.func" in line)
    return [line[2:] for line in lines[start:-1]]


def section(path, banner):
    """The lines of one kernel in a form that joins all."""
    lines = path.read_text().splitlines()
    start = next(i for i, line in enumerate(lines) if banner in line)
    rest = lines[start + 1 :]
    end = next((i for i, line in enumerate(rest) if "===- " in line), len(rest))
    return lines[start], rest[:end]


def innermost_loop(lines):
    """The lines of the loop over the kernel's taps and input channels."""
    depth = lambda line: len(line) - len(line.lstrip())
    loops = [i for i, line in enumerate(lines) if line.lstrip().startswith("for (")]
    sums = [i for i, line in enumerate(lines) if " + " in line and "*x16(" in line]
    first = sums[0] if sums else len(lines) - 1
    nest, limit = [], depth(lines[first])
    for i in reversed([i for i in loops if i < first]):
        if depth(lines[i]) < limit:
            nest.insert(0, i)
            limit = depth(lines[i])
    return nest, first


def hot_instructions(lines, count=10):
    """A few instructions from where most multiplications are."""
    at = [i for i, line in enumerate(lines) if "vfmadd" in line]
    dense = max(at, key=lambda i: sum(i <= j < i + 40 for j in at))
    return [line.split("#")[0].rstrip().expandtabs(8) for line in lines[dense : dense + count]]


PAGE = """<!-- Written by tools/docs/generate.sh; do not edit. -->

# One convolution, from ONNX to instructions
What every phase of the compiler makes of a convolution, its batch normalisation and a ReLU. The listings are what `voxc`
writes; weights and locations are left out. [Architecture.md](Architecture.md) says what the phases are for,
[LookingInside.md](LookingInside.md) how to make such listings of another network.

    voxc net.onnxtxt --target={target} --dump-compilation-phases-to=phases --emit=stmt,assembly -o net

The model in ONNX's text form, `net.onnxtxt`, without its weights:

{model}
## Import
One op per node, with ONNX's meaning. `layer` is the node's name. Large constants are resources: the dump names a file beside
it that holds them.

{import_}
## Graph
The normalisation has gone into weights and a bias, which are new constants: with the scale s and the variance v of a
channel, its weights are multiplied by s / sqrt(v + epsilon).

{graph}
## Groups
What runs as one kernel: the convolution decides the loops, the ReLU is computed while the sums are still in registers.

{groups}
## Layouts
Sixteen channels, as many as a vector register has lanes, lie side by side. The caller's tensors are planar, so a pack and an
unpack stand at the border. Weights are packed when the product is written.

{layouts}
## Schedules
How the loops run is data on the group.

{schedules}
## Kernels
Groups stand out of line, and the network is a list of launches. Each result has a place: an offset in one arena, or an
output of the network.

{kernels}
## The kernel, as Halide has it
`--emit=stmt`: the loops around one sum of products. The loop over the {columns} columns of a tile is unrolled: each of its
inputs is multiplied by the same vector of weights, and added to a vector of sums of its own.

{stmt}
## The kernel, as the processor has it
`--emit=assembly`: some of the {fmas} fused multiply-adds of this kernel. Sums stay in registers from the first tap to the
last.

{assembly}"""


def main():
    with tempfile.TemporaryDirectory(prefix="voxc-docs-") as name:
        folder = pathlib.Path(name)
        text = model()
        (folder / "net.onnxtxt").write_text(text)
        run(
            folder, "voxc", "net.onnxtxt", f"--target={TARGET}", "-o", "net",
            "--dump-compilation-phases-to=phases", "--emit=stmt,assembly",
        )
        dump = lambda i, phase: folder / f"phases/net.{i}.{phase}.mlir"
        title, loops = section(folder / "net.stmt", "kernel conv_")
        nest, first = innermost_loop(loops)
        products = [loops[i] for i in range(first, first + 3)]
        stmt = [title, "..."]
        stmt += [shorten(loops[i]) for i in nest] + [shorten(line) for line in products] + ["..."]
        banner, instructions = section(folder / "net.s", "kernel conv_")
        schedule = dump(5, "schedules").read_text()
        columns = re.search(r"algorithm = direct.*?columns = (\d+)", schedule)[1]
        print(
            PAGE.format(
                target=TARGET,
                model=fence("text", re.sub(r"\{[-0-9., ]+\}", "{...}", text).splitlines()),
                import_=listing(dump(1, "import"), network),
                graph=listing(dump(2, "graph"), network),
                groups=listing(dump(3, "groups"), network),
                layouts=listing(dump(4, "layouts"), network),
                schedules=listing(
                    dump(5, "schedules"),
                    lambda lines: [line.strip() for line in lines if "schedule <" in line],
                ),
                kernels=listing(dump(6, "kernels")),
                stmt=fence("text", stmt),
                columns=columns,
                fmas=sum("vfmadd" in line for line in instructions),
                assembly=fence("text", [banner, "...", *hot_instructions(instructions), "..."]),
            ),
            end="",
        )


main()
