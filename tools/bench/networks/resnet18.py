#===- resnet18.py - The image network ResNet-18 ----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""ResNet-18, as torchvision defines it.

K. He et al., Deep Residual Learning for Image Recognition, CVPR 2016.
"""

from torchvision.models import resnet18

import network

NETWORK = network.Network(
    title="ResNet-18", extents=(1, 3, 224, 224), small=(1, 3, 64, 64),
    make=lambda extents: resnet18(weights=None), samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
