#===- r2plus1d18.py - The video network R(2+1)D-18 -----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""R(2+1)D-18, as torchvision defines it: R3D-18 with each 3x3x3 convolution
split into a 1x3x3 one in space and a 3x1x1 one in time.

D. Tran et al., A Closer Look at Spatiotemporal Convolutions for Action
Recognition, CVPR 2018.
"""

from torchvision.models.video import r2plus1d_18

import network

NETWORK = network.Network(
    title="R(2+1)D-18", extents=(1, 3, 16, 112, 112), small=(1, 3, 8, 32, 32),
    make=lambda extents: r2plus1d_18(weights=None))

if __name__ == "__main__":
    network.main(__file__, NETWORK)
