#===- imf.py - The imf example in the suite ------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The network of docs/examples/imf, trained: fat in the muscle from a CT volume."""

import sys

import network

sys.path.insert(0, str(network.ROOT / "docs/examples/imf"))

import train  # noqa: E402

EXTENTS = (1, 1, 64, 64, 64)
NETWORK = network.Network(
    title="imf", extents=EXTENTS, small=EXTENTS, example="imf",
    make=lambda extents: train.FatNet())

if __name__ == "__main__":
    network.main(__file__, NETWORK)
