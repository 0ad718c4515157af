#===- efficientnet_b0.py - The image network EfficientNet-B0 ---------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""EfficientNet-B0, as torchvision defines it: depthwise convolutions, squeeze and
excitation, swish.

M. Tan, Q. Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural
Networks, ICML 2019.
"""

from torchvision.models import efficientnet_b0

import network

NETWORK = network.Network(
    title="EfficientNet-B0", extents=(1, 3, 224, 224), small=(1, 3, 64, 64),
    make=lambda extents: efficientnet_b0(weights=None), samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
