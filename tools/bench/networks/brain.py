#===- brain.py - The brain example in the suite --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The network of docs/examples/brain, trained: tissues from a T1 volume."""

import json
import sys

import network

EXAMPLE = network.ROOT / "docs/examples/brain"
sys.path.insert(0, str(EXAMPLE))

import unet  # noqa: E402

EXTENTS = tuple(json.loads((EXAMPLE / "example.json").read_text())["input"]["shape"])


def make(extents):
    model = unet.UNet()
    model.fix_extents(extents[2:])
    return unet.Labeller(model)


NETWORK = network.Network(
    title="brain", extents=EXTENTS, small=EXTENTS, example="brain", make=make)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
