#===- densenet121.py - DenseNet-121 for volumes --------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""DenseNet-121 with three spatial dimensions, as used for classifying volumes.

G. Huang et al., Densely Connected Convolutional Networks, CVPR 2017, with each
2D operation replaced by its 3D kin. Growth 32; a layer is batch-norm, ReLU,
1x1x1, batch-norm, ReLU, 3x3x3, and its result joins the channels before it; a
transition halves the channels and the extents.
"""

import torch
from torch import nn

import network

GROWTH, BOTTLENECK, STEM = 32, 4, 64
BLOCKS = (6, 12, 24, 16)
CLASSES = 2


def normalised(channels, *layers):
    return nn.Sequential(nn.BatchNorm3d(channels), nn.ReLU(), *layers)


class Layer(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        width = BOTTLENECK * GROWTH
        self.squeeze = normalised(inputs, nn.Conv3d(inputs, width, 1, bias=False))
        self.grow = normalised(width, nn.Conv3d(width, GROWTH, 3, padding=1, bias=False))

    def forward(self, x):
        return torch.cat([x, self.grow(self.squeeze(x))], dim=1)


class DenseNet(nn.Module):
    def __init__(self, extents):
        super().__init__()
        layers = [nn.Conv3d(extents[1], STEM, 7, stride=2, padding=3, bias=False),
                  nn.BatchNorm3d(STEM), nn.ReLU(), nn.MaxPool3d(3, stride=2, padding=1)]
        channels = STEM
        for number, count in enumerate(BLOCKS):
            if number:
                layers.append(normalised(
                    channels, nn.Conv3d(channels, channels // 2, 1, bias=False),
                    nn.AvgPool3d(2)))
                channels //= 2
            for _ in range(count):
                layers.append(Layer(channels))
                channels += GROWTH
        self.features = nn.Sequential(*layers)
        self.classifier = normalised(channels, nn.AdaptiveAvgPool3d(1), nn.Flatten(),
                                     nn.Linear(channels, CLASSES))

    def forward(self, volume):
        return self.classifier(self.features(volume))


NETWORK = network.Network(
    title="DenseNet-121 3D", extents=(1, 1, 64, 64, 64), small=(1, 1, 32, 32, 32),
    make=DenseNet, samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
