#===- c3d.py - The video network C3D -------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""C3D: eight convolutions 3x3x3 in a row, then three dense layers.

D. Tran et al., Learning Spatiotemporal Features with 3D Convolutional Networks,
ICCV 2015. The first pool leaves time alone; the last one is padded in space.
487 classes, those of Sports-1M.
"""

from torch import nn

import network

CLASSES = 487
# Filters of each group of convolutions; a pool follows each group.
GROUPS = ((64,), (128,), (256, 256), (512, 512), (512, 512))


class C3D(nn.Module):
    def __init__(self, extents):
        super().__init__()
        channels, depth, height, width = extents[1:]
        layers = []
        for number, group in enumerate(GROUPS):
            for filters in group:
                layers += [nn.Conv3d(channels, filters, 3, padding=1), nn.ReLU()]
                channels = filters
            if number == 0:
                layers.append(nn.MaxPool3d((1, 2, 2)))
            elif number == len(GROUPS) - 1:
                layers.append(nn.MaxPool3d(2, padding=(0, 1, 1)))
            else:
                layers.append(nn.MaxPool3d(2))
        self.features = nn.Sequential(*layers)
        positions = (depth // 16) * ((height // 16 + 2) // 2) * ((width // 16 + 2) // 2)
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(channels * positions, 4096), nn.ReLU(),
            nn.Linear(4096, 4096), nn.ReLU(),
            nn.Linear(4096, CLASSES))

    def forward(self, clip):
        return self.classifier(self.features(clip))


NETWORK = network.Network(
    title="C3D", extents=(1, 3, 16, 112, 112), small=(1, 3, 16, 32, 32), make=C3D)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
