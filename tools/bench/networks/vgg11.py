#===- vgg11.py - The image network VGG-11 ----------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""VGG-11, as torchvision defines it: no batch-norms, and a dense layer of 100
million weights.

K. Simonyan, A. Zisserman, Very Deep Convolutional Networks for Large-Scale
Image Recognition, ICLR 2015.
"""

from torchvision.models import vgg11

import network

NETWORK = network.Network(
    title="VGG-11", extents=(1, 3, 224, 224), small=(1, 3, 224, 224),
    make=lambda extents: vgg11(weights=None), samples=8)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
