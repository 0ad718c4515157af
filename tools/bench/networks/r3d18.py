#===- r3d18.py - The video network R3D-18 --------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""R3D-18, as torchvision defines it: a residual network of 3x3x3 convolutions.

D. Tran et al., A Closer Look at Spatiotemporal Convolutions for Action
Recognition, CVPR 2018. docs/examples/r3d18 exports it as an example.
"""

from torchvision.models.video import r3d_18

import network

NETWORK = network.Network(
    title="R3D-18", extents=(1, 3, 16, 112, 112), small=(1, 3, 8, 32, 32),
    make=lambda extents: r3d_18(weights=None))

if __name__ == "__main__":
    network.main(__file__, NETWORK)
