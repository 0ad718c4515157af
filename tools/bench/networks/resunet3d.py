#===- resunet3d.py - A residual 3D U-Net with PReLU ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""A residual U-Net as MONAI builds it: strided convolutions down, transposed ones
up, residual units, instance norms and PReLU.

E. Kerfoot et al., Left-Ventricle Quantification Using Residual U-Net, STACOM
2018.
"""

import torch
from torch import nn

import network

CHANNELS = (16, 32, 64, 128)
CLASSES = 3


def conv(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv3d(inputs, outputs, 3, stride, 1),
                         nn.InstanceNorm3d(outputs, affine=True), nn.PReLU())


class Unit(nn.Module):
    """Two convolutions beside one that makes the shapes equal."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.branch = nn.Sequential(conv(inputs, outputs, stride), conv(outputs, outputs))
        self.skip = (nn.Conv3d(inputs, outputs, 3, stride, 1)
                     if stride > 1 or inputs != outputs else nn.Identity())

    def forward(self, x):
        return self.branch(x) + self.skip(x)


class ResidualUNet(nn.Module):
    def __init__(self, extents):
        super().__init__()
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        inputs = extents[1]
        for level, outputs in enumerate(CHANNELS):
            self.down.append(Unit(inputs, outputs, 1 if level == len(CHANNELS) - 1 else 2))
            inputs = outputs
        outputs = (CLASSES, *CHANNELS)
        for level in range(len(CHANNELS) - 2, -1, -1):
            both = CHANNELS[level] + (CHANNELS[level + 1] if level == len(CHANNELS) - 2
                                      else CHANNELS[level])
            result = outputs[level]
            self.up.append(nn.Sequential(
                nn.ConvTranspose3d(both, result, 3, 2, 1, output_padding=1),
                nn.InstanceNorm3d(result, affine=True), nn.PReLU(), Unit(result, result)))

    def forward(self, volume):
        skips, x = [], volume
        for unit in self.down:
            x = unit(x)
            skips.append(x)
        x = skips.pop()
        for up in self.up:
            x = up(torch.cat([skips.pop(), x], dim=1))
        return x


NETWORK = network.Network(
    title="Residual U-Net", extents=(1, 1, 64, 64, 64), small=(1, 1, 16, 16, 16),
    make=ResidualUNet)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
