#!/usr/bin/env python3
#===- train.py - Train the handwritten-digits example --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Trains a two-layer perceptron on scikit-learn's handwritten digits.

Everything in this folder that is not code comes out of this script. The data
come with scikit-learn, so nothing is downloaded. The ONNX file leaves the
batch size open, as many exported files do: whoever compiles it chooses.

It takes 5 to 15 seconds of CPU time on two idle cores.
"""

import argparse
import collections
import pathlib
import sys

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import common  # noqa: E402

SEED = 5
HELD_OUT = 360
BATCH = 64


def load_images():
    """The 1797 digits as [n, 1, 28, 28] with values from 0 to 1.

    The 8x8 originals are enlarged three times and get a border of two, which is
    how digits stand in the well-known 28x28 sets.
    """
    digits = load_digits()
    small = torch.from_numpy(digits.images / 16.0).float()[:, None]
    large = nn.functional.interpolate(small, size=(24, 24), mode="bilinear",
                                      align_corners=False)
    return nn.functional.pad(large, (2, 2, 2, 2)).numpy(), digits.target


def make_model():
    """Flatten, 512 hidden units, ten logits; the names reach the ONNX file."""
    return nn.Sequential(collections.OrderedDict(
        flatten=nn.Flatten(), hidden=nn.Linear(784, 512), relu=nn.ReLU(),
        logits=nn.Linear(512, 10)))


def accuracy(logits, labels):
    return float(np.mean(np.argmax(logits, axis=1) == labels))


def train(model, images, labels, epochs, say):
    """Adam with a learning rate that falls along a cosine."""
    steps = epochs * (len(images) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3,
                                  weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    rng = np.random.default_rng(SEED)
    for epoch in range(epochs):
        model.train()
        order = rng.permutation(len(images))
        total = 0.0
        for batch in order[:len(order) // BATCH * BATCH].reshape(-1, BATCH):
            loss = nn.functional.cross_entropy(
                model(torch.from_numpy(images[batch])),
                torch.from_numpy(labels[batch]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        if (epoch + 1) % 10 == 0 or epoch + 1 == epochs:
            say(f"epoch {epoch + 1} of {epochs}: training loss "
                f"{total / (len(order) // BATCH):.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, default=HERE,
                        help="where to write (default: this folder)")
    parser.add_argument("--epochs", type=int, default=40,
                        help="passes over the images (default: %(default)s)")
    options = parser.parse_args()
    samples = options.out / "samples"
    samples.mkdir(parents=True, exist_ok=True)

    say = common.Progress()
    common.prepare(SEED)
    images, labels = load_images()
    images, held_out, labels, held_out_labels = train_test_split(
        images, labels, test_size=HELD_OUT, random_state=SEED, stratify=labels)
    say(f"{len(images)} digits to train on, {len(held_out)} held out")

    model = make_model()
    train(model, images, labels, options.epochs, say)
    float64 = common.in_float64(model, held_out)
    float32 = common.in_float32(model, held_out)
    score = accuracy(float64, held_out_labels)
    say(f"accuracy on the held-out digits: {score:.4f}, "
        f"{round((1 - score) * HELD_OUT)} of {HELD_OUT} wrong")

    path = options.out / "model.onnx"
    error = common.export(model, path, held_out, "image", "logits",
                          dynamic_batch=True)
    say(f"wrote {path}: {path.stat().st_size} bytes, ONNX Runtime within "
        f"{error:.1e} of float64")
    common.describe_graph(path)

    np.save(samples / "heldout.npy", held_out)
    np.save(samples / "heldout.expected.npy", float64)
    np.save(samples / "digit.npy", held_out[:1])
    np.save(samples / "digit.expected.npy", float64[:1])
    (samples / "labels.csv").write_text("index,digit\n" + "".join(
        f"{i},{digit}\n" for i, digit in enumerate(held_out_labels)))

    flop = common.count_flop(model, held_out[:1])
    common.write_json(options.out / "example.json", {
        "name": "digits",
        "title": "handwritten digits",
        "model": "model.onnx",
        "input": {"name": "image", "shape": ["N", 1, 28, 28]},
        "output": {"name": "logits", "shape": ["N", 10]},
        "shapes": "image:1x1x28x28",
        "scoring_shapes": f"image:{HELD_OUT}x1x28x28",
        "flop": flop,
        "metric": {"kind": "accuracy", "unit": "", "digits": 4,
                   "expected": score},
        "latency_sample": {"input": "samples/digit.npy",
                           "expected": "samples/digit.expected.npy",
                           "labels": held_out_labels[:1].tolist()},
        "samples": [{"input": "samples/heldout.npy",
                     "expected": "samples/heldout.expected.npy",
                     "labels": held_out_labels.tolist()}],
    })
    common.write_json(options.out / "score.json", {
        "metric": "accuracy",
        "held_out": {"count": HELD_OUT, "pytorch_float64": score,
                     "pytorch_float32": accuracy(float32, held_out_labels)},
        "training": {"images": len(images), "epochs": options.epochs,
                     "seed": SEED, "threads": common.THREADS,
                     "cpu_seconds": round(say.cpu_seconds())},
        "versions": common.versions(),
    })
    say(f"done, {flop / 1e6:.3f} MFLOP per image; "
        f"CPU time {say.cpu_seconds():.0f} s")


if __name__ == "__main__":
    main()
