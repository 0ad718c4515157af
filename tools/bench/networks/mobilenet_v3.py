#===- mobilenet_v3.py - The image network MobileNetV3 ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""MobileNetV3 Large, as torchvision defines it: hard_swish and hard_sigmoid.

A. Howard et al., Searching for MobileNetV3, ICCV 2019.
"""

from torchvision.models import mobilenet_v3_large

import network

NETWORK = network.Network(
    title="MobileNetV3", extents=(1, 3, 224, 224), small=(1, 3, 64, 64),
    make=lambda extents: mobilenet_v3_large(weights=None), samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
