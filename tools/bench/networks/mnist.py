#===- mnist.py - A network for handwritten digits --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The convolutional network that tutorials train on MNIST: two convolutions, a
pool, two dense layers, log-softmax.
"""

from torch import nn

import network


def make(extents):
    return nn.Sequential(
        nn.Conv2d(extents[1], 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(64 * (extents[2] // 2 - 2) * (extents[3] // 2 - 2), 128), nn.ReLU(),
        nn.Linear(128, 10), nn.LogSoftmax(dim=1))


NETWORK = network.Network(
    title="MNIST CNN", extents=(1, 1, 28, 28), small=(1, 1, 28, 28), make=make)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
