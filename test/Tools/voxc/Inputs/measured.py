#!/usr/bin/env python3
# ===- measured.py - What voxc measures, against other arithmetic -----------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: measured.py FOLDER
#
# Recalibrated batch norms: in a float64 evaluation of what voxc writes, their
# outputs have the mean beta and the standard deviation gamma over the samples.
# Reports: deviations and metrics, computed here once more.
#
# ===------------------------------------------------------------------------=== #

import array
import json
import math
import pathlib
import random
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))

import npy  # noqa: E402
import programs  # noqa: E402

FOLDER = pathlib.Path(sys.argv[1])
RANDOM = random.Random(1)


def run(*arguments):
    code, output = programs.run(*arguments, cwd=FOLDER)
    if code:
        sys.exit(f"{' '.join(arguments)}: exit code {code}\n{output}")
    return output


def expect(what, got, expected, tolerance):
    if not abs(got - expected) <= tolerance:
        sys.exit(f"{what}: got {got}; expected {expected}, within {tolerance}")


def gauss(count, scale=1.0, shift=0.0):
    return [RANDOM.gauss(shift, scale) for _ in range(count)]


def constant(name, shape, values):
    data = array.array("f", values).tobytes().hex().upper()
    shape = "x".join(map(str, shape))
    return f'  %{name} = vox.constant dense<"0x{data}"> : tensor<{shape}xf32>\n'


def write_sample(folder, name, values):
    (FOLDER / folder).mkdir(exist_ok=True)
    (FOLDER / folder / f"{name}.raw").write_bytes(array.array("f", values).tobytes())


# ===------------------------------------------------------------------------=== #
# Recalibration
# ===------------------------------------------------------------------------=== #

CONV = (
    "strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 1 : "
    "(tensor<1x{0}x6x6xf32>, tensor<3x{0}x3x3xf32>) -> tensor<1x3x6x6xf32>"
)
MAP = "tensor<1x3x6x6xf32>"
NORM = f"epsilon = 1.0e-5 : {MAP}, " + ", ".join(["tensor<3xf32>"] * 4)
GAMMA, BETA = [1.5, -0.5, 2.0], [0.25, 1.0, -3.0]


def norm_network():
    """The second norm sees what the first one gives; shared parameters."""
    text = f"func.func @main(%x: tensor<1x2x6x6xf32>) -> ({MAP}, {MAP}) {{\n"
    text += constant("w1", [3, 2, 3, 3], gauss(54)) + constant("w2", [3, 3, 3, 3], gauss(81))
    text += constant("g", [3], GAMMA) + constant("b", [3], BETA)
    text += constant("m", [3], [0.5, 0.0, -1.0]) + constant("v", [3], [1.0, 4.0, 0.1])
    text += f"""  %0 = vox.conv %x, %w1 {CONV.format(2)}
  %1 = vox.batch_norm %0 scale %g bias %b mean %m variance %v {NORM}
  %2 = vox.activation #vox.relu %1 {{layer = "act"}} : {MAP}
  %3 = vox.conv %2, %w2 {CONV.format(3)}
  %4 = vox.batch_norm %3 scale %g bias %b mean %m variance %v {NORM}
  return %1, %4 : {MAP}, {MAP}
}}
"""
    (FOLDER / "norms.mlir").write_text(text)


def channel(values, c):
    """Over all samples, each [1, 3, 6, 6]."""
    return [x for sample in values for x in sample[36 * c : 36 * (c + 1)]]


def get_moments(network, *options):
    """Mean and deviation of each channel of both norms, over all samples."""
    norms = [[], []]
    for name in ["a", "b", "c"]:
        run("vox-run", network, *options, "--evaluate=reference",
            f"--input=@images/{name}.raw", "--output=@0.npy", "--output=@1.npy")
        for i in range(2):
            norms[i].append(npy.read(FOLDER / f"{i}.npy", "<f8"))
    moments = []
    for values in norms:
        for c in range(3):
            elements = channel(values, c)
            mean = sum(elements) / len(elements)
            variance = sum((x - mean) ** 2 for x in elements) / len(elements)
            moments.append((mean, math.sqrt(variance)))
    return moments


def check_recalibration(options, fold, wanted):
    run("voxc", "norms.mlir", "--recalibrate-batch-norm=images", "--compile-to=graph",
        *options, *fold, "-o", "recalibrated.mlir")
    found = get_moments("recalibrated.mlir", "--compile-from=graph")
    for i, (result, expected) in enumerate(zip(found, wanted)):
        what = f"norm {i // 3}, channel {i % 3}, {options} {fold}"
        expect(f"mean of {what}", result[0], expected[0], 1e-4)
        expect(f"deviation of {what}", result[1], expected[1], 1e-4)


def check_norms():
    norm_network()
    # Samples of different means: what lies between them counts.
    for name, shift in [("a", -2.0), ("b", 0.0), ("c", 3.0)]:
        write_sample("images", name, gauss(72, 1.0 + abs(shift), shift))
    # Without a replacement as training leaves a batch norm, with one as the
    # original network has it on these samples.
    trained = [(beta, abs(gamma)) for beta, gamma in zip(BETA, GAMMA)] * 2
    original = get_moments("norms.mlir")
    for fold in [], ["--disable-pass=vox-fold-batch-norm"], ["-O0"]:
        check_recalibration([], fold, trained)
        check_recalibration(["--replace-activations=relu=leaky_relu(0.3)"], fold, original)


def check_constant(before, after):
    """What was, or is now, 0.3 everywhere keeps its mean behind the norm."""
    shape = "tensor<1x2x1x1xf32>"
    text = f"func.func @main(%x: {shape}) -> {shape} {{\n"
    text += constant("shift", [1, 2, 1, 1], [0.3, 0.3]) + constant("one", [2], [1.0, 1.0])
    text += constant("zero", [2], [0.0, 0.0]) + constant("mean", [2], [0.1, -0.2])
    text += f"""  %0 = vox.activation #vox.{before} %x {{layer = "act"}} : {shape}
  %1 = vox.add %0, %shift : ({shape}, {shape}) -> {shape}
  %2 = vox.batch_norm %1 scale %one bias %zero mean %mean variance %one
      epsilon = 1.0e-5 : {shape}, {", ".join(["tensor<2xf32>"] * 4)}
  return %2 : {shape}
}}
"""
    (FOLDER / "constant.mlir").write_text(text)
    values = [[-1.0, -2.0], [-0.5, -0.25], [-3.0, -0.1]]
    for name, sample in zip("abc", values):
        write_sample("negative", name, sample)
    run("voxc", "constant.mlir", "--recalibrate-batch-norm=negative", "--compile-to=graph",
        f"--replace-activations={before}={after}", "-o", "moved.mlir")
    means = []
    for network, options in ("constant.mlir", []), ("moved.mlir", ["--compile-from=graph"]):
        outputs = []
        for name in "abc":
            run("vox-run", network, *options, "--evaluate=reference",
                f"--input=@negative/{name}.raw", "--output=@0.npy")
            outputs.append(npy.read(FOLDER / "0.npy", "<f8"))
        means.append([sum(column) / 3 for column in zip(*outputs)])
        spread = max(max(column) - min(column) for column in zip(*outputs))
    for c in range(2):
        expect(f"mean of {before} as {after}, channel {c}", means[1][c], means[0][c], 1e-4)
    if before == "relu" and not spread > 0.1:
        sys.exit(f"a channel that moves now was pressed flat: {spread}")


# ===------------------------------------------------------------------------=== #
# Reports
# ===------------------------------------------------------------------------=== #


def check_report(name, shape, samples, labels, metric, expected):
    """A network that is one ReLU, replaced by Leaky ReLU of slope 0.5."""
    shape = f"tensor<{shape}xf32>"
    (FOLDER / f"{name}.mlir").write_text(
        f"func.func @main(%x: {shape}) -> {shape} {{\n"
        f'  %0 = vox.activation #vox.relu %x {{layer = "act"}} : {shape}\n'
        f"  return %0 : {shape}\n}}\n"
    )
    for sample, values in samples.items():
        write_sample(name, sample, values)
    run("voxc", f"{name}.mlir", "--replace-activations=relu=leaky_relu(0.5)",
        f"--samples={name}", f"--labels={labels}", f"--metric={metric}",
        f"--activation-report={name}.json,{name}.html,{name}.txt", "-o", f"{name}.so")
    report = json.loads((FOLDER / f"{name}.json").read_text())

    before = [max(x, 0.0) for values in samples.values() for x in values]
    after = [max(x, 0.5 * x) for values in samples.values() for x in values]
    deviation = math.sqrt(
        sum((y - x) ** 2 for x, y in zip(before, after)) / sum(x * x for x in before)
    )
    layer, output = report["layers"][0], report["outputs"][0]
    expect("deviation of the layer", layer["deviation"]["replaced"], deviation, 1e-6)
    expect("deviation of the output", output["deviation"]["replaced"], deviation, 1e-6)
    expect("elements", layer["elements"], len(before) / len(samples), 0)
    expect(f"{metric} before", report["metric"]["before"], expected[0], 1e-6)
    expect(f"{metric} after", report["metric"]["after"]["replaced"], expected[1], 1e-6)
    assert layer["msBefore"] > 0 and layer["msAfter"] > 0, layer
    assert report["metric"]["after"]["recalibrated"] is None
    assert f"{metric} on the labels" in (FOLDER / f"{name}.html").read_text()
    assert f"{metric}: " in (FOLDER / f"{name}.txt").read_text()


def check_rmse():
    (FOLDER / "numbers.csv").write_text("sample,a,b,ignored\nq.raw,2,0,x\np,1,-1,y\n")
    samples = {"p": [1.0, -2.0], "q": [3.0, -4.0]}
    # Before 1 0 and 3 0, after 1 -1 and 3 -2; labels 1 -1 and 2 0.
    check_report("rmse", "1x2", samples, "numbers.csv", "rmse",
                 [math.sqrt(2 / 4), math.sqrt(5 / 4)])


def check_accuracy():
    (FOLDER / "classes.csv").write_text("sample,class\np,0\nq,2\nr,1\n")
    # ReLU makes the first two classes of q and r equal: the first one counts.
    samples = {"p": [5.0, 1.0, 2.0], "q": [-3.0, -2.0, 1.0], "r": [-3.0, -1.0, -2.0]}
    check_report("accuracy", "1x3", samples, "classes.csv", "accuracy", [2 / 3, 1.0])


def check_dice():
    (FOLDER / "maps").mkdir()
    # Scores of classes 0, 1, 2 at four positions.
    samples = {"p": [1.0, -3.0, 0.0, -1.0] + [0.0, -2.0, 5.0, -9.0] + [0.5, -1.0, 1.0, -9.0]}
    npy.write(FOLDER / "maps" / "p.npy", [0, 2, 1, 0], (2, 2), "|u1")
    # Before, positions 1 and 3 are ties: classes 0 0 1 0, so class 2 is missed.
    check_report("dice", "1x3x2x2", samples, "maps", "dice", [(1 + 0) / 2, 1.0])
    # A NaN is of no class: three of the four positions are found, and what is
    # found at the fourth is wrong.
    for name, shape, values in [
        ("one", "1x1x2x2", [1.0, 1.0, 1.0, math.nan]),
        ("scores", "1x2x2x2", [0.0] * 4 + [1.0, 1.0, 1.0, math.nan]),
    ]:
        shape = f"tensor<{shape}xf32>"
        (FOLDER / f"{name}.mlir").write_text(
            f"func.func @main(%x: {shape}) -> {shape} {{\n"
            f"  %0 = vox.activation #vox.relu %x : {shape}\n  return %0 : {shape}\n}}\n"
        )
        write_sample(name, "p", values)
        (FOLDER / f"{name}-maps").mkdir()
        npy.write(FOLDER / f"{name}-maps" / "p.npy", [1, 1, 1, 1], (2, 2), "|u1")
        run("voxc", f"{name}.mlir", "--replace-activations=relu=leaky_relu",
            f"--samples={name}", f"--labels={name}-maps", "--metric=dice",
            f"--activation-report={name}.json", "-o", f"{name}.so")
        report = json.loads((FOLDER / f"{name}.json").read_text())
        expect(f"dice with NaN, {name}", report["metric"]["before"], (6 / 7 + 0) / 2, 1e-9)


check_norms()
check_constant("elu", "relu")
check_constant("relu", "elu")
check_rmse()
check_accuracy()
check_dice()
print("recalibration and reports are right")
