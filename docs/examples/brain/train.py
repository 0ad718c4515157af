#!/usr/bin/env python3
#===- train.py - Train the brain example ---------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Trains a 3D U-Net that labels grey and white matter in a T1 volume.

Everything in this folder that is not code comes out of this script: the ONNX
files, the volume with its tissues, PyTorch's answers, and the scores. The data,
the ICBM152 template and its tissue maps, come with the package nilearn.

There is one brain only. A slab of it is kept out of training: there the
intensities are blanked and errors do not count.

It takes about 17 minutes of CPU time on two threads.
"""

import argparse
import gzip
import math
import pathlib
import sys

import nibabel
import nilearn
import numpy as np
import onnx
import onnxruntime
import torch
from nilearn import datasets
from onnx import numpy_helper
from scipy import ndimage
from torch import nn
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import common  # noqa: E402
import unet  # noqa: E402

SEED = 4
PATCH = 40  # voxels of 2 mm along each axis
BATCH = 2
PEAK_RATES = (4e-3, 3e-4)  # of the two stages

# Templates have whole intensities from 0 to 255 and voxels of 1 mm.
SCALE = 255
SPACING = 2

# The held-out slab, in mm from back to front, and how far beyond it labels are
# not used either, because interpolation and smoothing reach across its faces.
SLAB_MM = (-60, -30)
GUARD_MM = 6

# A part of the volume for comparisons that take long. Its corner and extents
# (z, y, x); they are odd to leave something for padding to do.
CROP_CORNER, CROP_EXTENTS = (40, 38, 20), (21, 23, 22)

# How often the volume is scored with disturbed intensities.
DISTURBED = 8

# What the exported files are made of.
OPS = {"Pad", "Sub", "Div", "Conv", "BatchNormalization", "LeakyRelu", "MaxPool",
       "ConvTranspose", "Concat", "Slice", "ArgMax", "Cast", "Constant"}

TISSUES = {1: "grey", 2: "white"}


class Template:
    """The template's volumes in 1 mm, indexed [z, y, x]."""

    def __init__(self):
        loaders = (datasets.load_mni152_template,
                   datasets.load_mni152_gm_template,
                   datasets.load_mni152_wm_template)
        images = [load(resolution=1) for load in loaders]
        t1, grey, white = (image.get_fdata().transpose(2, 1, 0)
                           for image in images)
        self.affine = images[0].affine
        self.t1 = np.rint(t1 * SCALE).astype(np.float32)
        self.grey, self.white = grey.astype(np.float32), white.astype(np.float32)
        self.rows = self.slab_rows(0)

    def slab_rows(self, guard):
        """First and last-but-one row of the slab along y, in 1 mm."""
        origin = self.affine[1, 3]
        return (int(SLAB_MM[0] - origin - guard),
                int(SLAB_MM[1] - origin + guard) + 1)

    def t1_at_2mm(self):
        return self.t1[::SPACING, ::SPACING, ::SPACING]

    def labels_at_2mm(self):
        return choose_labels(*(v[::SPACING, ::SPACING, ::SPACING]
                               for v in (self.grey, self.white)))

    def slab_at_2mm(self):
        """True in the slab, shape [1, y, 1]."""
        first, end = self.rows
        rows = np.arange(0, self.t1.shape[1], SPACING)
        return ((rows >= first) & (rows < end))[None, :, None]

    def affine_at_2mm(self):
        return self.affine @ np.diag([SPACING, SPACING, SPACING, 1])


def choose_labels(grey, white):
    """The likeliest of background, grey and white matter."""
    return np.argmax([1 - grey - white, grey, white], axis=0)


def disturb(t1, rng):
    """Contrast, uneven sensitivity, gain, sharpness and noise."""
    t1 = np.clip(t1, 0, None) / SCALE
    inside = t1 > 0.02  # outside, the template has been cut off
    t1 = t1 ** np.exp(rng.uniform(-0.3, 0.3))
    axes = np.meshgrid(*[np.linspace(-1, 1, extent) for extent in t1.shape],
                       indexing="ij")
    field = sum(rng.uniform(-0.12, 0.12) * a for a in axes)
    field += sum(rng.uniform(-0.08, 0.08) * a * b for a in axes for b in axes) / 2
    t1 = t1 * np.exp(field + rng.uniform(-0.1, 0.1))
    if rng.random() < 0.3:
        t1 = ndimage.gaussian_filter(t1, rng.uniform(0.2, 0.6))
    noise = rng.standard_normal(t1.shape) * rng.uniform(0, 0.05)
    return (SCALE * np.clip(t1 + noise * inside, 0, None)).astype(np.float32)


class Patches:
    """Endless random patches of 2 mm, cut from the template outside the slab.

    A patch is turned, sheared, stretched and mirrored, and its intensities are
    changed as another scanner might have done.
    """

    def __init__(self, template, seed):
        self.rng = np.random.default_rng(seed)
        first, end = template.rows
        t1 = template.t1.copy()
        t1[:, first:end] = 0
        counts = np.ones_like(t1)
        first, end = template.slab_rows(GUARD_MM)
        counts[:, first:end] = 0
        self.volumes = (t1, template.grey, template.white, counts)
        brain = template.grey + template.white > 0.5
        self.centres = np.argwhere(brain & (counts > 0)).astype(np.int16)

    def matrix(self):
        """Steps in the template for one step in the patch."""
        rng = self.rng
        angles = np.radians(rng.uniform(-20, 20, 3))
        matrix = np.diag(rng.uniform(0.85, 1.15, 3))
        for axis, angle in enumerate(angles):
            turn = np.eye(3)
            a, b = [k for k in range(3) if k != axis]
            turn[[a, a, b, b], [a, b, a, b]] = (
                math.cos(angle), -math.sin(angle), math.sin(angle), math.cos(angle))
            matrix = turn @ matrix
        matrix += rng.uniform(-0.05, 0.05, (3, 3)) * (1 - np.eye(3))
        # Heads are mirrored left to right, but do not stand on their top.
        return matrix @ np.diag([1, 1, rng.choice([-1, 1])]) * SPACING

    def draw(self):
        """A patch [1, z, y, x], its labels, and where they count."""
        matrix = self.matrix()
        centre = self.centres[self.rng.integers(len(self.centres))]
        offset = (centre + self.rng.uniform(-0.5, 0.5, 3)
                  - matrix @ np.full(3, (PATCH - 1) / 2))
        t1, grey, white, counts = (
            ndimage.affine_transform(volume, matrix, offset, (PATCH,) * 3,
                                     order=1) for volume in self.volumes)
        return (disturb(t1, self.rng)[None], choose_labels(grey, white),
                counts > 0.999)

    def batch(self):
        return [torch.from_numpy(np.stack(part))
                for part in zip(*[self.draw() for _ in range(BATCH)])]


def loss_of(logits, labels, counts):
    """Cross entropy plus one minus Dice, over the voxels that count."""
    counts = counts.float()
    entropy = functional.cross_entropy(logits, labels, reduction="none")
    entropy = (entropy * counts).sum() / counts.sum().clamp(min=1)
    shares = logits.softmax(1) * counts[:, None]
    truth = functional.one_hot(labels, unet.CLASSES).movedim(-1, 1) * counts[:, None]
    overlap = (shares * truth).sum((0, 2, 3, 4))[1:]
    total = (shares + truth).sum((0, 2, 3, 4))[1:]
    return entropy + 1 - ((2 * overlap + 1) / (total + 1)).mean()


def run_steps(model, patches, steps, peak_rate, say):
    """Adam with one rise and fall of the learning rate."""
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=peak_rate, total_steps=steps, pct_start=0.2)
    losses = []
    for step in range(steps):
        t1, labels, counts = patches.batch()
        t1 = t1.to(memory_format=torch.channels_last_3d)
        loss = loss_of(model(t1), labels, counts)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if (step + 1) % 50 == 0 or step + 1 == steps:
            say(f"step {step + 1} of {steps}: loss {np.mean(losses):.4f}")
            losses = []


def train(model, patches, steps, say):
    """Trains in two stages: `steps` are the numbers of steps in them.

    In the second stage the statistics of the batch-norms stay as they are,
    because those of two patches are not those of a whole head.
    """
    model.to(memory_format=torch.channels_last_3d)
    say("stage 1: statistics of each batch")
    model.train()
    run_steps(model, patches, steps[0], PEAK_RATES[0], say)
    say("stage 2: fixed statistics")
    model.eval()
    run_steps(model, patches, steps[1], PEAK_RATES[1], say)
    model.to(memory_format=torch.contiguous_format)


def logits_of(model, volume, compute=common.in_float64):
    """Logits [1, 3, z, y, x] of a volume [z, y, x]."""
    model.fix_extents(volume.shape)
    return compute(model, volume[None, None].astype(np.float32))


def dice(labels, truth, where=True):
    """Twice the overlap over the sum of sizes, for each tissue."""
    result = {}
    for label, name in TISSUES.items():
        ours, theirs = (labels == label) & where, (truth == label) & where
        result[name] = 2 * int((ours & theirs).sum()) / int(ours.sum() + theirs.sum())
    return result


def fit_thresholds(t1, truth, slab):
    """The two thresholds that label best outside of the slab.

    In a template that holds nothing but the brain, intensity alone says much;
    scores have to be seen beside what it says.
    """
    outside = ~np.broadcast_to(slab, truth.shape)
    counts = np.zeros((unet.CLASSES, SCALE + 2))
    for label in range(unet.CLASSES):
        values = t1[outside & (truth == label)].astype(int)
        counts[label, 1:] = np.cumsum(np.bincount(values, minlength=SCALE + 1))
    totals = counts[:, -1]
    best = (-1.0, 0, 0)
    for low in range(1, SCALE):
        for high in range(low + 1, SCALE + 1):
            grey = counts[:, high] - counts[:, low]
            white = totals - counts[:, high]
            score = (grey[1] / (grey.sum() + totals[1])
                     + white[2] / (white.sum() + totals[2]))
            best = max(best, (score, low, high))
    return best[1:]


def score_disturbed(model, t1, truth, slab, thresholds):
    """Dice in the slab with intensities as training changes them: ours, and
    that of the thresholds. Means over DISTURBED volumes."""
    rng = np.random.default_rng(SEED + 1)  # not the one training draws from
    ours, theirs = [], []
    for _ in range(DISTURBED):
        volume = disturb(t1, rng)
        labels = logits_of(model, volume, common.in_float32).argmax(1)[0]
        ours.append(dice(labels, truth, slab))
        theirs.append(dice(np.digitize(volume, thresholds), truth, slab))
    return [{name: float(np.mean([score[name] for score in scores]))
             for name in TISSUES.values()} for scores in (ours, theirs)]


def settle_shapes(graph, model, extents):
    """Puts plain numbers where the exporter leaves them to be worked out.

    It computes the widths of a padding from nodes of their own, and does not
    know the shape of anything behind such a padding.
    """
    (pad,) = [node for node in graph.node if node.op_type == "Pad"]
    before, after = zip((0, 0), (0, 0), *model.margins())
    widths = np.array(before + after, np.int64)
    graph.initializer.append(numpy_helper.from_array(widths, "pad_widths"))
    pad.input[1] = "pad_widths"
    while True:
        used = {name for node in graph.node for name in node.input}
        used |= {output.name for output in graph.output}
        unused = [node for node in graph.node if not used & set(node.output)]
        if not unused:
            break
        for node in unused:
            graph.node.remove(node)
    for output, channels in zip(graph.output, (1, unet.CLASSES)):
        dims = output.type.tensor_type.shape.dim
        for dim, extent in zip(dims, (1, channels, *extents)):
            dim.dim_value = extent


def export(model, path, volume):
    """Writes `model` for volumes like this one, checks the file, runs it.

    Returns how far ONNX Runtime and PyTorch in float64 are apart, relative to
    the RMS of the logits, and float64's logits.
    """
    expected = logits_of(model, volume)
    t1 = volume[None, None].astype(np.float32)
    torch.onnx.export(
        unet.Labeller(model).eval(), (torch.from_numpy(t1),), str(path),
        dynamo=False, opset_version=common.OPSET, input_names=["t1"],
        output_names=["labels", "logits"],
        # Keeps the batch-norms in the graph.
        training=torch.onnx.TrainingMode.PRESERVE)
    proto = onnx.load(str(path))
    settle_shapes(proto.graph, model, volume.shape)
    onnx.checker.check_model(proto, full_check=True)
    onnx.save(proto, str(path))

    strange = {node.op_type for node in proto.graph.node} - OPS
    if strange:
        raise SystemExit(f"{path}: the export holds {', '.join(sorted(strange))}")
    norms = sum(isinstance(m, nn.BatchNorm3d) for m in model.modules())
    kept = sum(n.op_type == "BatchNormalization" for n in proto.graph.node)
    if kept != norms:
        raise SystemExit(f"{path}: the export kept {kept} of {norms} batch-norms")
    session = onnxruntime.InferenceSession(
        str(path), providers=["CPUExecutionProvider"])
    labels, logits = session.run(["labels", "logits"], {"t1": t1})
    error = common.relative_error(logits, expected)
    if not error <= common.TOLERANCE:
        raise SystemExit(f"{path}: ONNX Runtime differs from PyTorch by "
                         f"{error:.2e} of the logits' RMS")
    if not np.array_equal(labels, logits.argmax(1)[:, None]):
        raise SystemExit(f"{path}: the labels are not those of the logits")
    return error, expected


def count_flop(model, volume):
    """Twice the multiply-adds of all convolutions, transposed ones too."""
    model.fix_extents(volume.shape)
    t1 = volume[None, None].astype(np.float32)
    total = common.count_flop(model, t1)

    def count(module, _, output):
        nonlocal total
        # Where the kernel is as wide as the stride, the pieces do not overlap.
        total += 2 * output.numel() * module.in_channels

    hooks = [m.register_forward_hook(count) for m in model.modules()
             if isinstance(m, nn.ConvTranspose3d)]
    common.in_float32(model, t1)
    for hook in hooks:
        hook.remove()
    return total


def write_nifti(path, volume, affine, text):
    """Writes a volume [z, y, x] of bytes as .nii.gz; the same bytes each time.

    NIfTI stores i (our x) fastest, so the axes are turned round.
    """
    image = nibabel.Nifti1Image(volume.astype(np.uint8).transpose(2, 1, 0), affine)
    image.header.set_xyzt_units("mm")
    image.set_sform(affine, "mni")
    image.set_qform(affine, "mni")
    image.header["descrip"] = text.encode()
    path.write_bytes(gzip.compress(image.to_bytes(), 9, mtime=0))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, default=HERE,
                        help="where to write (default: this folder)")
    parser.add_argument("--steps", type=int, nargs=2, default=(1600, 200),
                        help="batches to train on in the two stages "
                        "(default: 1600 200)")
    parser.add_argument("--weights", type=pathlib.Path,
                        help="keep the trained weights in this file, or take "
                        "them from it where it is there")
    options = parser.parse_args()
    samples = options.out / "samples"
    samples.mkdir(parents=True, exist_ok=True)

    say = common.Progress()
    common.prepare(SEED)
    template = Template()
    model = unet.UNet()
    if options.weights and options.weights.exists():
        model.load_state_dict(torch.load(options.weights, weights_only=True))
    else:
        train(model, Patches(template, SEED), options.steps, say)
        if options.weights:
            torch.save(model.state_dict(), options.weights)
    training_seconds = say.cpu_seconds()

    t1, truth, slab = (template.t1_at_2mm(), template.labels_at_2mm(),
                       template.slab_at_2mm())
    affine = template.affine_at_2mm()
    error, logits = export(model, options.out / "model.onnx", t1)
    labels = logits.argmax(1)[0]
    labels32 = logits_of(model, t1, common.in_float32).argmax(1)[0]
    say(f"wrote model.onnx, ONNX Runtime within {error:.1e} of float64; "
        f"{int((labels != labels32).sum())} labels differ in float32")
    common.describe_graph(options.out / "model.onnx")

    thresholds = fit_thresholds(t1, truth, slab)
    by_thresholds = dice(np.digitize(t1, thresholds), truth, slab)
    disturbed, disturbed_by_thresholds = score_disturbed(
        model, t1, truth, slab, thresholds)
    scores = {
        "whole": {"pytorch_float64": dice(labels, truth),
                  "pytorch_float32": dice(labels32, truth)},
        "held_out": {"slab_mm": list(SLAB_MM),
                     "pytorch_float64": dice(labels, truth, slab),
                     "two_thresholds": by_thresholds},
        "held_out_disturbed": {"count": DISTURBED,
                               "pytorch_float32": disturbed,
                               "two_thresholds": disturbed_by_thresholds},
        "trained_on": {"pytorch_float64": dice(labels, truth, ~slab)},
    }
    for where, score in scores.items():
        say(f"Dice {where}: {score}")

    place = tuple(slice(c, c + e) for c, e in zip(CROP_CORNER, CROP_EXTENTS))
    error, crop_logits = export(model, options.out / "crop.onnx", t1[place])
    say(f"wrote crop.onnx, ONNX Runtime within {error:.1e} of float64")
    np.save(samples / "crop.npy", t1[place][None, None])
    np.save(samples / "crop.logits.npy", crop_logits)
    np.save(samples / "crop.labels.npy",
            crop_logits.argmax(1)[:, None].astype(np.uint8))
    write_nifti(samples / "t1.nii.gz", t1, affine, "ICBM152 2009a T1, 2 mm")
    write_nifti(samples / "tissues.nii.gz", truth, affine,
                "0 other, 1 grey matter, 2 white matter")
    write_nifti(samples / "t1.labels.nii.gz", labels, affine,
                "PyTorch's labels in float64")

    flop = count_flop(model, t1)
    shape = [1, 1, *t1.shape]
    whole = scores["whole"]["pytorch_float64"]
    common.write_json(options.out / "example.json", {
        "name": "brain",
        "title": "grey and white matter from a T1 volume",
        "model": "model.onnx",
        "input": {"name": "t1", "shape": shape},
        "output": {"name": "labels", "shape": shape},
        "shapes": None,
        "scoring_shapes": None,
        "flop": flop,
        "metric": {"kind": "dice", "unit": "", "digits": 4,
                   "expected": float(np.mean(list(whole.values()))),
                   "expected_by_label": {str(label): whole[name] for label, name
                                         in TISSUES.items()}},
        "samples": [{"input": "samples/t1.nii.gz",
                     "expected": "samples/t1.labels.nii.gz",
                     "truth": "samples/tissues.nii.gz"}],
        "crop": {"model": "crop.onnx", "input": "samples/crop.npy",
                 "output": "logits", "expected": "samples/crop.logits.npy",
                 "expected_labels": "samples/crop.labels.npy",
                 "shape": [1, 1, *CROP_EXTENTS],
                 "corner": list(CROP_CORNER)},
    })
    common.write_json(options.out / "score.json", {
        "metric": "dice",
        **scores,
        "thresholds": list(thresholds),
        "training": {"steps": list(options.steps), "batch": BATCH,
                     "patch": PATCH, "seed": SEED, "threads": common.THREADS,
                     "cpu_seconds": round(training_seconds)},
        "versions": {**common.versions(), "nilearn": nilearn.__version__},
    })
    say(f"done, {flop / 1e9:.3f} GFLOP per volume; "
        f"CPU time {say.cpu_seconds():.0f} s")


if __name__ == "__main__":
    main()
