#===- vnet.py - V-Net ----------------------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""V-Net: residual groups of 5x5x5 convolutions with PReLU.

F. Milletari et al., V-Net: Fully Convolutional Neural Networks for Volumetric
Medical Image Segmentation, 3DV 2016. Each group of one to three convolutions
adds its input, 2x2x2 convolutions with stride 2 lead down and transposed ones
up, and on the way up a group sees the skip connection beside its input, which is
also what it adds. As in the implementations in use, a batch-norm stands behind
each convolution, which the paper did not have yet.
"""

import torch
from torch import nn

import network

CHANNELS = 16  # of the top level; each level below has twice as many
DEPTHS = (1, 2, 3, 3, 3)  # convolutions of the groups on the way down
CLASSES = 2


class Convolution(nn.Sequential):
    """Convolution and batch-norm, with a PReLU where nothing is added."""

    def __init__(self, kind, inputs, outputs, *arguments, active=True, **options):
        layers = [kind(inputs, outputs, *arguments, **options),
                  nn.BatchNorm3d(outputs)]
        super().__init__(*layers, *([nn.PReLU(outputs)] if active else []))


class Group(nn.Module):
    """`depth` convolutions of `inputs` channels, plus what they started from."""

    def __init__(self, inputs, outputs, depth):
        super().__init__()
        self.layers = nn.Sequential(*(
            Convolution(nn.Conv3d, inputs if i == 0 else outputs, outputs, 5,
                        padding=2, active=i < depth - 1) for i in range(depth)))
        self.activation = nn.PReLU(outputs)

    def forward(self, x, residue):
        return self.activation(self.layers(x) + residue)


class VNet(nn.Module):
    def __init__(self, extents):
        super().__init__()
        self.groups_down, self.down = nn.ModuleList(), nn.ModuleList()
        self.groups_up, self.up = nn.ModuleList(), nn.ModuleList()
        for level, depth in enumerate(DEPTHS):
            width = CHANNELS << level
            if level:
                self.down.append(Convolution(nn.Conv3d, width // 2, width, 2, stride=2))
            self.groups_down.append(Group(width if level else extents[1], width, depth))
        inputs = width
        for level in reversed(range(len(DEPTHS) - 1)):
            width = CHANNELS << (level + 1)
            self.up.append(Convolution(nn.ConvTranspose3d, inputs, width // 2, 2,
                                       stride=2))
            self.groups_up.append(Group(width, width, DEPTHS[level]))
            inputs = width
        self.head = nn.Conv3d(inputs, CLASSES, 1)

    def forward(self, volume):
        # The one input channel is added to all channels of the first group.
        x, skips = self.groups_down[0](volume, volume), []
        for down, group in zip(self.down, self.groups_down[1:]):
            skips.append(x)
            x = down(x)
            x = group(x, x)
        for up, group in zip(self.up, self.groups_up):
            x = torch.cat([up(x), skips.pop()], dim=1)
            x = group(x, x)
        return self.head(x)


NETWORK = network.Network(
    title="V-Net", extents=(1, 1, 64, 64, 64), small=(1, 1, 32, 32, 32), make=VNet)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
