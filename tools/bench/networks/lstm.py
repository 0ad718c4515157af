#===- lstm.py - A classifier of sequences with LSTM ------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Two bidirectional LSTM layers and a dense one on the last step: 100 steps of 40
features, as of speech.

S. Hochreiter, J. Schmidhuber, Long Short-Term Memory, Neural Computation 1997.
"""

from torch import nn

import network


class Classifier(nn.Module):
    def __init__(self, features, hidden=128, classes=12):
        super().__init__()
        self.recurrent = nn.LSTM(features, hidden, num_layers=2, bidirectional=True,
                                 batch_first=True)
        self.head = nn.Linear(2 * hidden, classes)

    def forward(self, x):
        return self.head(self.recurrent(x)[0][:, -1])


NETWORK = network.Network(
    title="LSTM", extents=(1, 100, 40), small=(1, 10, 40),
    make=lambda extents: Classifier(extents[2]))

if __name__ == "__main__":
    network.main(__file__, NETWORK)
