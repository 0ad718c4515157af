#===- bert.py - A small BERT encoder ---------------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""An encoder of the size BERT-mini, with its embedding of words: token ids to
hidden states, spelled out in products, softmax and norms as exporters write it.

J. Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, 2018; the
size is that of I. Turc et al., Well-Read Students Learn Better, 2019.
"""

import math

import torch
from torch import nn

import network

WORDS, HIDDEN, LAYERS, HEADS = 30522, 256, 4, 4


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (
            nn.Linear(HIDDEN, HIDDEN) for _ in range(4))

    def forward(self, x):
        def split(layer):
            return layer(x).unflatten(-1, (HEADS, HIDDEN // HEADS)).transpose(1, 2)

        scores = split(self.query) @ split(self.key).transpose(2, 3)
        weights = torch.softmax(scores / math.sqrt(HIDDEN // HEADS), dim=-1)
        return self.output((weights @ split(self.value)).transpose(1, 2).flatten(2))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.norm1 = Attention(), nn.LayerNorm(HIDDEN)
        self.feed_forward = nn.Sequential(
            nn.Linear(HIDDEN, 4 * HIDDEN), nn.GELU(), nn.Linear(4 * HIDDEN, HIDDEN))
        self.norm2 = nn.LayerNorm(HIDDEN)

    def forward(self, x):
        x = self.norm1(x + self.attention(x))
        return self.norm2(x + self.feed_forward(x))


class Bert(nn.Module):
    def __init__(self, extents):
        super().__init__()
        self.words = nn.Embedding(WORDS, HIDDEN)
        self.positions = nn.Parameter(torch.randn(extents[1], HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN)
        self.layers = nn.Sequential(*(Layer() for _ in range(LAYERS)))

    def forward(self, ids):
        return self.layers(self.norm(self.words(ids) + self.positions))


NETWORK = network.Network(
    title="BERT-mini", extents=(1, 128), small=(1, 16), make=Bert,
    sample=lambda extents: network.random_ids(extents, WORDS))

if __name__ == "__main__":
    network.main(__file__, NETWORK)
