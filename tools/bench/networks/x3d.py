#===- x3d.py - The video network X3D ---------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""X3D of the size S: depthwise 3x3x3 convolutions between 1x1x1 ones, squeeze and
excitation in every second block, swish.

C. Feichtenhofer, X3D: Expanding Architectures for Efficient Video Recognition,
CVPR 2020.
"""

from torch import nn

import network

# Channels and blocks of the stages; each halves the extents of a frame.
STAGES = ((24, 3), (48, 5), (96, 11), (192, 7))


def conv_norm(inputs, outputs, kernel, stride=(1, 1, 1), groups=1):
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, kernel, stride, [k // 2 for k in kernel],
                  groups=groups, bias=False),
        nn.BatchNorm3d(outputs))


class Excitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        squeezed = max(8, channels // 16)
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool3d(1), nn.Conv3d(channels, squeezed, 1), nn.ReLU(),
            nn.Conv3d(squeezed, channels, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.gate(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride, excite):
        super().__init__()
        inner = int(2.25 * outputs)
        strides = (1, stride, stride)
        layers = [conv_norm(inputs, inner, (1, 1, 1)), nn.ReLU(),
                  conv_norm(inner, inner, (3, 3, 3), strides, groups=inner)]
        layers += [Excitation(inner)] if excite else []
        self.branch = nn.Sequential(
            *layers, nn.SiLU(), conv_norm(inner, outputs, (1, 1, 1)))
        self.skip = (conv_norm(inputs, outputs, (1, 1, 1), strides)
                     if stride > 1 or inputs != outputs else nn.Identity())
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.branch(x) + self.skip(x))


class X3D(nn.Module):
    def __init__(self, extents, classes=400):
        super().__init__()
        channels = STAGES[0][0]
        layers = [nn.Conv3d(extents[1], channels, (1, 3, 3), (1, 2, 2), (0, 1, 1), bias=False),
                  conv_norm(channels, channels, (5, 1, 1), groups=channels), nn.ReLU()]
        for outputs, blocks in STAGES:
            for i in range(blocks):
                layers.append(Block(channels, outputs, 1 if i else 2, i % 2 == 0))
                channels = outputs
        inner = int(2.25 * channels)
        layers += [conv_norm(channels, inner, (1, 1, 1)), nn.ReLU(), nn.AdaptiveAvgPool3d(1),
                   nn.Conv3d(inner, 2048, 1, bias=False), nn.ReLU(), nn.Flatten(),
                   nn.Linear(2048, classes)]
        self.layers = nn.Sequential(*layers)

    def forward(self, clip):
        return self.layers(clip)


NETWORK = network.Network(
    title="X3D-S", extents=(1, 3, 13, 160, 160), small=(1, 3, 5, 32, 32), make=X3D)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
