#===- i3d.py - The video network I3D ---------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""I3D: Inception-v1 with each convolution inflated to three dimensions; branches
of different kernels are concatenated.

J. Carreira, A. Zisserman, Quo Vadis, Action Recognition?, CVPR 2017; C. Szegedy
et al., Going Deeper with Convolutions, CVPR 2015.
"""

import torch
from torch import nn

import network

# Channels of 1x1x1; of 1x1x1 then 3x3x3, twice; of 1x1x1 behind a pool. A pool
# stands where there is none.
MODULES = ((64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), 3,
           (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64),
           (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64),
           (256, 160, 320, 32, 128, 128), 2,
           (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128))


def conv(inputs, outputs, kernel, stride=1):
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm3d(outputs), nn.ReLU())


class Inception(nn.Module):
    def __init__(self, inputs, one, before3, three, before5, five, pooled):
        super().__init__()
        self.branches = nn.ModuleList([
            conv(inputs, one, 1),
            nn.Sequential(conv(inputs, before3, 1), conv(before3, three, 3)),
            nn.Sequential(conv(inputs, before5, 1), conv(before5, five, 3)),
            nn.Sequential(nn.MaxPool3d(3, 1, 1), conv(inputs, pooled, 1))])

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], dim=1)


class I3D(nn.Module):
    def __init__(self, extents, classes=400):
        super().__init__()
        planar = dict(kernel_size=(1, 3, 3), stride=(1, 2, 2), padding=(0, 1, 1))
        layers = [conv(extents[1], 64, 7, 2), nn.MaxPool3d(**planar), conv(64, 64, 1),
                  conv(64, 192, 3), nn.MaxPool3d(**planar)]
        channels = 192
        for module in MODULES:
            if isinstance(module, int):
                layers.append(nn.MaxPool3d(module, 2, module // 2))
                continue
            layers.append(Inception(channels, *module))
            one, _, three, _, five, pooled = module
            channels = one + three + five + pooled
        self.layers = nn.Sequential(*layers, nn.AdaptiveAvgPool3d(1), nn.Flatten(),
                                    nn.Linear(channels, classes))

    def forward(self, clip):
        return self.layers(clip)


NETWORK = network.Network(
    title="I3D", extents=(1, 3, 16, 112, 112), small=(1, 3, 8, 32, 32), make=I3D)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
