#===- generator.py - The generator of a GAN --------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""The generator of DCGAN: noise to a picture of 64x64, by transposed convolutions.

A. Radford et al., Unsupervised Representation Learning with Deep Convolutional
Generative Adversarial Networks, ICLR 2016.
"""

from torch import nn

import network


def make(extents):
    layers, inputs = [], extents[1]
    for outputs, stride, padding in ((512, 1, 0), (256, 2, 1), (128, 2, 1), (64, 2, 1)):
        layers += [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False),
                   nn.BatchNorm2d(outputs), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers, nn.ConvTranspose2d(inputs, 3, 4, 2, 1, bias=False),
                         nn.Tanh())


NETWORK = network.Network(
    title="DCGAN generator", extents=(1, 100, 1, 1), small=(1, 100, 1, 1), make=make,
    samples=16)

if __name__ == "__main__":
    network.main(__file__, NETWORK)
