#===- mobilenet_v2.py - The image network MobileNetV2 ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""MobileNetV2, as torchvision defines it: depthwise convolutions and ReLU6.

M. Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR
2018.
"""

from torchvision.models import mobilenet_v2

import network

NETWORK = network.Network(
    title="MobileNetV2", extents=(1, 3, 224, 224), small=(1, 3, 64, 64),
    make=lambda extents: mobilenet_v2(weights=None), samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
