#===- segresnet.py - A 3D segmentation network with group norms ------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""SegResNet, without its variational part: pre-activated residual blocks with
group norms, trilinear upsampling, sums instead of concatenations.

A. Myronenko, 3D MRI brain tumor segmentation using autoencoder regularization,
BrainLes 2018.
"""

from torch import nn

import network

CHANNELS = (16, 32, 64, 128)
BLOCKS = (1, 2, 2, 4)
CLASSES = 3


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.layers = nn.Sequential(*(layer for _ in range(2) for layer in (
            nn.GroupNorm(8, channels), nn.ReLU(),
            nn.Conv3d(channels, channels, 3, padding=1, bias=False))))

    def forward(self, x):
        return x + self.layers(x)


class SegResNet(nn.Module):
    def __init__(self, extents):
        super().__init__()
        inputs = extents[1]
        self.down, self.up, self.merge = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for level, (channels, blocks) in enumerate(zip(CHANNELS, BLOCKS)):
            self.down.append(nn.Sequential(
                nn.Conv3d(inputs, channels, 3, 2 if level else 1, 1, bias=False),
                *(Block(channels) for _ in range(blocks))))
            inputs = channels
        for channels in CHANNELS[-2::-1]:
            self.up.append(nn.Sequential(
                nn.Conv3d(inputs, channels, 1, bias=False),
                nn.Upsample(scale_factor=2, mode="trilinear", align_corners=False)))
            self.merge.append(Block(channels))
            inputs = channels
        self.head = nn.Sequential(nn.GroupNorm(8, inputs), nn.ReLU(),
                                  nn.Conv3d(inputs, CLASSES, 1))

    def forward(self, x):
        skips = []
        for level in self.down:
            x = level(x)
            skips.append(x)
        skips.pop()
        for up, merge in zip(self.up, self.merge):
            x = merge(up(x) + skips.pop())
        return self.head(x)


NETWORK = network.Network(
    title="SegResNet", extents=(1, 1, 64, 64, 64), small=(1, 1, 16, 16, 16),
    make=SegResNet)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
