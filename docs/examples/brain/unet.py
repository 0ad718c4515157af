#===- unet.py - The network of the brain example -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""A 3D U-Net from raw intensities to tissue labels.

All that a user would have to do around the network is part of it: scaling the
intensities, padding to even extents, choosing the likeliest class, cropping.
"""

import torch
from torch import nn
from torch.nn import functional

CHANNELS = (16, 32, 64)
CLASSES = 3  # background, grey matter, white matter
MULTIPLE = 2 ** (len(CHANNELS) - 1)  # extents have to be halved so often

# Mean and deviation of the template inside the skull, in round numbers.
MEAN, DEVIATION = 176.0, 36.0


class Layer(nn.Sequential):
    """Convolution, batch-norm, leaky ReLU."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv3d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm3d(outputs)
        self.relu = nn.LeakyReLU(0.01)


class Stage(nn.Sequential):
    """What happens at one resolution, on one side of the U."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.layer1 = Layer(inputs, outputs)
        self.layer2 = Layer(outputs, outputs)


class UNet(nn.Module):
    """From intensities [N, 1, z, y, x] to logits [N, 3, z, y, x]."""

    def __init__(self):
        super().__init__()
        top, middle, bottom = CHANNELS
        self.down1 = Stage(1, top)
        self.down2 = Stage(top, middle)
        self.bottom = Stage(middle, bottom)
        self.pool = nn.MaxPool3d(2)
        self.rise2 = nn.ConvTranspose3d(bottom, middle, 2, stride=2)
        self.up2 = Stage(2 * middle, middle)
        self.rise1 = nn.ConvTranspose3d(middle, top, 2, stride=2)
        self.up1 = Stage(2 * top, top)
        self.head = nn.Conv3d(top, CLASSES, 1)
        self.extents = None

    def fix_extents(self, extents):
        """Says how large inputs are: plain numbers, so that the export holds
        no arithmetic on shapes. None: they are multiples of MULTIPLE."""
        self.extents = extents

    def margins(self):
        """Voxels to add before and after each axis."""
        missing = [-extent % MULTIPLE for extent in self.extents]
        return [(m // 2, m - m // 2) for m in missing]

    def forward(self, x):
        if self.extents:
            # Around the volume is air, as at its faces.
            (z0, z1), (y0, y1), (x0, x1) = self.margins()
            x = functional.pad(x, (x0, x1, y0, y1, z0, z1))
        x = (x - MEAN) / DEVIATION
        fine = self.down1(x)
        coarse = self.down2(self.pool(fine))
        x = self.bottom(self.pool(coarse))
        x = self.up2(torch.cat((self.rise2(x), coarse), 1))
        x = self.up1(torch.cat((self.rise1(x), fine), 1))
        x = self.head(x)
        if self.extents:
            z, y, x_ = (slice(before, before + extent) for (before, _), extent
                        in zip(self.margins(), self.extents))
            x = x[:, :, z, y, x_]
        return x


class Labeller(nn.Module):
    """What is exported: labels [N, 1, z, y, x] as bytes, and the logits."""

    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, t1):
        logits = self.unet(t1)
        return logits.argmax(1, keepdim=True).to(torch.uint8), logits
