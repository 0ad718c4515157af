#===- nnunet.py - A U-Net in the style of nnU-Net ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The plain U-Net that nnU-Net configures for volumes: instance norms, Leaky
ReLU with slope 0.01, strided convolutions instead of pools.

F. Isensee et al., nnU-Net: a self-configuring method for deep learning-based
biomedical image segmentation, Nature Methods 2021. Two convolutions a level, 32
channels at the top, doubled by each level up to 320; transposed convolutions
2x2x2 bring the channels down to those of the skip connection.
"""

import torch
from torch import nn

import network

CHANNELS = (32, 64, 128, 256, 320)
CLASSES = 3


def convolutions(inputs, outputs, stride):
    layers = []
    for before, step in ((inputs, stride), (outputs, 1)):
        layers += [nn.Conv3d(before, outputs, 3, stride=step, padding=1),
                   nn.InstanceNorm3d(outputs, affine=True), nn.LeakyReLU(0.01)]
    return nn.Sequential(*layers)


class NNUNet(nn.Module):
    def __init__(self, extents):
        super().__init__()
        self.down, self.upsample, self.up = (nn.ModuleList() for _ in range(3))
        channels = extents[1]
        for level, width in enumerate(CHANNELS):
            self.down.append(convolutions(channels, width, 1 if level == 0 else 2))
            channels = width
        for width in reversed(CHANNELS[:-1]):
            self.upsample.append(nn.ConvTranspose3d(channels, width, 2, stride=2))
            self.up.append(convolutions(2 * width, width, 1))
            channels = width
        self.head = nn.Conv3d(channels, CLASSES, 1)

    def forward(self, volume):
        skips, x = [], volume
        for level in self.down:
            x = level(x)
            skips.append(x)
        skips.pop()
        for upsample, level in zip(self.upsample, self.up):
            x = level(torch.cat([upsample(x), skips.pop()], dim=1))
        return self.head(x)


NETWORK = network.Network(
    title="nnU-Net style", extents=(1, 1, 64, 64, 64), small=(1, 1, 32, 32, 32),
    make=NNUNet)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
