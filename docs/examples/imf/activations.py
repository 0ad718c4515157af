#!/usr/bin/env python3
#===- activations.py - What other activations would do to imf ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Replaces the ReLUs of the trained network by other activations and measures
what each costs: at once, after the batch-norms were recalibrated, and after a
short training of the exported network in PyTorch. Writes Activations.md,
activations.svg and activations.json into this folder.

    build/examples-venv/bin/python docs/examples/imf/activations.py

It needs build/bin/voxc and build/bin/vox-run, and takes about a quarter of an
hour on two threads.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
import onnx
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(ROOT / "lib/Bindings/Python"))

import common  # noqa: E402
import phantom  # noqa: E402
import train  # noqa: E402
import voxc  # noqa: E402

# What ReLU is replaced by: as voxc's policies and as PyTorch's modules.
CANDIDATES = {
    "relu": lambda channels: nn.ReLU(),
    "leaky_relu": lambda channels: nn.LeakyReLU(0.01),
    "prelu": lambda channels: nn.PReLU(channels),
    "elu": lambda channels: nn.ELU(),
    "swish": lambda channels: nn.SiLU(),
    "gelu": lambda channels: nn.GELU(),
}
RECALIBRATION = 32  # of the phantoms that the network was trained on, no labels
EPOCHS = 2
ROUNDS = 60
DEEP = "position>0.2"  # all ReLUs but the first
# Of the picture and the table's first columns.
STAGES = ("replaced", "recalibrated", "trained")


def run(*command):
    """A program of this build; what it prints."""
    command = [str(ROOT / "build/bin" / command[0]), *map(str, command[1:])]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def write_volumes(folder, volumes):
    folder.mkdir(parents=True, exist_ok=True)
    for i, volume in enumerate(volumes):
        np.save(folder / f"phantom-{i:03d}.npy", volume[None].astype(np.float32))


class Compiled:
    """A library that voxc wrote, with an input to fill."""

    def __init__(self, path):
        self.volume = np.zeros((1, 1) + (phantom.SIZE,) * 3, np.float32)
        self.call = voxc.Model(path, threads=2).bind([self.volume])
        self.best = float("inf")

    def predict(self, volumes):
        results = []
        for volume in volumes:
            self.volume[0] = volume
            self.call.run()
            results.append(self.call.outputs["fat_percent"].copy())
        return np.concatenate(results)

    def time(self):
        start = time.perf_counter()
        self.call.run()
        self.best = min(self.best, 1e3 * (time.perf_counter() - start))


def torch_model(path, activation):
    """FatNet with another activation and the weights of an ONNX file."""
    model = train.FatNet()
    for block, channels in zip((model.block1, model.block2, model.block3,
                                model.block4), train.CHANNELS):
        block.relu = activation(channels)
    model.relu = activation(model.hidden.out_features)
    graph = onnx.load(str(path)).graph
    weights = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
    state = {name: torch.from_numpy(weights[name].copy()) for name in model.state_dict()
             if name in weights}
    slopes = [weights[n.input[1]] for n in graph.node if n.op_type == "PRelu"]
    names = [n for n in model.state_dict() if n.endswith("relu.weight")]
    # In the order of the layers, as both lists are.
    state |= {n: torch.from_numpy(s.reshape(-1).copy()) for n, s in zip(names, slopes)}
    missing = model.load_state_dict(state, strict=False).missing_keys
    if any("num_batches" not in name for name in missing):
        raise SystemExit(f"{path}: lacks {', '.join(missing)}")
    return model


def retrain(source, target, activation, training, say):
    """A short training with fixed statistics, as the second stage of train.py."""
    torch.manual_seed(train.SEED)
    model = torch_model(source, activation)
    model.to(memory_format=torch.channels_last_3d)
    model.eval()
    train.run_epochs(model, *training, EPOCHS, train.PEAK_RATES[1], say)
    model.to(memory_format=torch.contiguous_format)
    common.export(model, target, training[0][:1].astype(np.float32), "volume",
                  "fat_percent")


def experiment(work, volumes, labels, training, say):
    """RMSE and milliseconds of each candidate at each stage."""
    models = {}
    for name, activation in CANDIDATES.items():
        say(f"{name}: replacing, recalibrating, training")
        change, deep, recalibrate, few = [], [], [], []
        if name != "relu":
            change = [f"--replace-activations=relu={name}"]
            deep = [f"--replace-activations=relu[{DEEP}]={name}"]
            recalibrate = [f"--recalibrate-batch-norm={work / 'recalibration'}"]
            few = [f"--recalibrate-batch-norm={HERE / 'samples'}"]
        calls = {"replaced": change, "recalibrated": change + recalibrate,
                 "few": change + few, "deep": deep + recalibrate}
        for stage, flags in calls.items():
            # A name of its own for each: a library is loaded once.
            path = work / f"{name}_{stage}.so"
            run("voxc", HERE / "model.onnx", *flags, "-o", path)
            models[name, stage] = Compiled(path)
        exported = HERE / "model.onnx"
        if change:
            exported = work / f"{name}.onnx"
            run("voxc", HERE / "model.onnx", *change, *recalibrate, "-o", exported)
        trained = work / f"{name}_trained.onnx"
        retrain(exported, trained, activation, training, say)
        run("voxc", trained, "-o", trained.with_suffix(".so"))
        models[name, "trained"] = Compiled(trained.with_suffix(".so"))
    say("scoring and timing")
    scores = {key: train.rmse(model.predict(volumes), labels)
              for key, model in models.items()}
    # Interleaved, so that all of them meet the same disturbances.
    for _ in range(ROUNDS):
        for model in models.values():
            model.time()
    return [{"activation": name,
             "rmse": {stage: scores[name, stage] for stage in STAGES + ("few", "deep")},
             "ms": min(models[name, stage].best for stage in STAGES + ("few",)),
             "ms_deep": models[name, "deep"].best}
            for name in CANDIDATES]


def picture(rows):
    """RMSE as bars, one group for each activation, one shade for each stage."""
    left, width, bar, gap = 110, 620, 12, 14
    top = max(row["rmse"][stage] for row in rows for stage in STAGES)
    height = 40 + len(rows) * (3 * bar + gap)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 90} {height}" '
        'role="img" aria-label="RMSE of each activation at each stage">',
        "<style>text{font:13px system-ui,sans-serif;fill:#1c2024}"
        ".a{fill:#b0b8c1}.b{fill:#7ba3cd}.c{fill:#c2410c}"
        "@media(prefers-color-scheme:dark){text{fill:#e6e8eb}.a{fill:#5b636c}.c{fill:#fb923c}}"
        "</style>"]
    for i, (stage, shade) in enumerate(zip(STAGES, "abc")):
        parts.append(f'<rect class="{shade}" x="{left + 130 * i}" y="6" width="12" height="12"/>'
                     f'<text x="{left + 130 * i + 18}" y="17">{stage}</text>')
    y = 34
    for row in rows:
        parts.append(f'<text x="{left - 8}" y="{y + 1.5 * bar + 4}" text-anchor="end">'
                     f'{row["activation"]}</text>')
        for stage, shade in zip(STAGES, "abc"):
            length = width * row["rmse"][stage] / top
            parts.append(f'<rect class="{shade}" x="{left}" y="{y}" width="{length:.1f}" '
                         f'height="{bar - 1}"/><text x="{left + length + 5:.1f}" '
                         f'y="{y + bar - 2}">{row["rmse"][stage]:.2f} %</text>')
            y += bar
        y += gap
    return "\n".join(parts + ["</svg>"]) + "\n"


def compare(ms, relu):
    return f"{ms:.2f} ms ({ms / relu['ms'] - 1:+.1%})"


def table(rows):
    lines = ["| activation | replaced | recalibrated | trained | time (against ReLU) |",
             "| --- | ---: | ---: | ---: | ---: |"]
    for row in rows:
        values = [f"{row['rmse'][stage]:.3f} %" for stage in STAGES]
        lines.append(f"| {row['activation']} | {' | '.join(values)} | "
                     f"{compare(row['ms'], rows[0])} |")
    return "\n".join(lines)


def variants(rows):
    """Fewer samples; and the first ReLU kept."""
    lines = ["| activation | 8 samples | first ReLU kept | time (against ReLU) |",
             "| --- | ---: | ---: | ---: |"]
    for row in rows[1:]:
        lines.append(f"| {row['activation']} | {row['rmse']['few']:.3f} % | "
                     f"{row['rmse']['deep']:.3f} % | {compare(row['ms_deep'], rows[0])} |")
    return "\n".join(lines)


def monitor():
    """What vox-run says of the trained network's units on the bundled phantoms,
    and what the compiler advises."""
    report = run("vox-run", HERE / "model.onnx", f"--monitor={HERE / 'samples'}")
    advice = run("voxc", HERE / "model.onnx", "--advise", f"--samples={HERE / 'samples'}")
    shown = [text.strip().replace(f"{ROOT}/", "") for text in (report, advice)]
    return shown


def page(rows, shown, seconds):
    text = (HERE / "activations.md.in").read_text()
    fields = {"TABLE": table(rows), "VARIANTS": variants(rows), "MONITOR": shown[0], "ADVICE": shown[1],
              "MINUTES": f"{seconds / 60:.0f}", "HELD_OUT": str(train.HELD_OUT),
              "RECALIBRATION": str(RECALIBRATION), "EPOCHS": str(EPOCHS),
              "ROUNDS": str(ROUNDS), "DEEP": DEEP}
    for name, value in fields.items():
        text = text.replace(f"@{name}@", value)
    (HERE / "Activations.md").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/imf-activations",
                        help="folder of intermediate files (default: %(default)s)")
    work = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("VOXC_CACHE_DIR", str(work / "cache"))
    start = time.perf_counter()
    say = common.Progress()
    common.prepare(train.SEED)
    shown = monitor()
    volumes, labels = train.make_phantoms(train.FIRST_HELD_OUT, train.HELD_OUT, say,
                                          "scoring")
    training = train.make_phantoms(train.FIRST_TRAINING, 320, say, "training")
    write_volumes(work / "recalibration", training[0][:RECALIBRATION])
    rows = experiment(work, volumes, labels, training, say)
    common.write_json(HERE / "activations.json",
                      {"held_out": train.HELD_OUT, "rows": rows, "versions": common.versions()})
    (HERE / "activations.svg").write_text(picture(rows))
    page(rows, shown, time.perf_counter() - start)
    say(f"wrote {HERE / 'Activations.md'}")


if __name__ == "__main__":
    main()
