#===- vit.py - A small vision transformer ----------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""A vision transformer of the size Tiny, on patches of 16x16, as torchvision
defines it.

A. Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021; the size is
that of H. Touvron et al., Training data-efficient image transformers, ICML 2021.
"""

from torchvision.models import VisionTransformer

import network


def make(extents):
    return VisionTransformer(
        image_size=extents[-1], patch_size=16, num_layers=12, num_heads=3,
        hidden_dim=192, mlp_dim=768)


NETWORK = network.Network(
    title="ViT-Tiny", extents=(1, 3, 224, 224), small=(1, 3, 32, 32), make=make)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
