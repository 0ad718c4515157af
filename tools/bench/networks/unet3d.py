#===- unet3d.py - The 3D U-Net with batch-norms --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""3D U-Net: four levels, batch-norms, transposed convolutions 2x2x2.

O. Cicek et al., 3D U-Net: Learning Dense Volumetric Segmentation from Sparse
Annotation, MICCAI 2016. On the way down the second convolution of a level
doubles the channels, before the pool; on the way up transposed convolutions
keep them. Convolutions are padded, so that labels are as large as the volume,
and there are half as many channels as in the paper, as is usual where the whole
network has to fit a volume of 64^3.
"""

import torch
from torch import nn

import network

CHANNELS = (16, 32, 64, 128)
CLASSES = 3


def convolutions(inputs, first, second):
    layers = []
    for before, after in ((inputs, first), (first, second)):
        layers += [nn.Conv3d(before, after, 3, padding=1, bias=False),
                   nn.BatchNorm3d(after), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet3D(nn.Module):
    def __init__(self, extents):
        super().__init__()
        self.pool = nn.MaxPool3d(2)
        self.down, self.upsample, self.up = (nn.ModuleList() for _ in range(3))
        channels = extents[1]
        for width in CHANNELS:
            self.down.append(convolutions(channels, width, 2 * width))
            channels = 2 * width
        for width in reversed(CHANNELS[:-1]):
            self.upsample.append(nn.ConvTranspose3d(channels, channels, 2, stride=2))
            self.up.append(convolutions(channels + 2 * width, 2 * width, 2 * width))
            channels = 2 * width
        self.head = nn.Conv3d(channels, CLASSES, 1)

    def forward(self, volume):
        skips, x = [], self.down[0](volume)
        for level in self.down[1:]:
            skips.append(x)
            x = level(self.pool(x))
        for upsample, level in zip(self.upsample, self.up):
            x = level(torch.cat([skips.pop(), upsample(x)], dim=1))
        return self.head(x)


NETWORK = network.Network(
    title="3D U-Net", extents=(1, 1, 64, 64, 64), small=(1, 1, 16, 16, 16),
    make=UNet3D)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
