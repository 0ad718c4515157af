#===- slices.py - Three slices of a labelled volume ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Draws the middle of a volume seen from above, from the front and from the side:
the volume alone, and below it the same with its labels in colour."""

import png

# Label to colour: grey matter amber, white matter blue.
COLOURS = {1: (255, 176, 32), 2: (56, 132, 255)}
OPACITY = 0.55
ZOOM = 3
MARGIN = 4  # voxels between slices


def draw_slices(path, volume, labels):
    brightest = max(volume.voxels) or 1
    depth, height, width = volume.extents
    # From the side not the very middle, which is the gap between hemispheres.
    middle = (depth // 2, height // 2, width * 5 // 8)
    # Of each view: its rows and columns, and which voxel they stand for. Up is
    # the top of the head, or the front of it as seen from above.
    views = [(height, width, lambda r, c: (middle[0], height - 1 - r, c)),
             (depth, width, lambda r, c: (depth - 1 - r, middle[1], c)),
             (depth, height, lambda r, c: (depth - 1 - r, c, middle[2]))]

    def grey(position):
        value = min(255, int(255 * volume[position] / brightest))
        return (value, value, value)

    def labelled(position):
        colour = COLOURS.get(labels[position])
        if not colour:
            return grey(position)
        return tuple(int(OPACITY * c + (1 - OPACITY) * g)
                     for c, g in zip(colour, grey(position)))

    black = (0, 0, 0)
    most = max(rows for rows, _, _ in views)
    pixels = []
    for paint in (grey, labelled):
        for r in range(most):
            row = []
            for rows, columns, position in views:
                # Slices of fewer rows stand in the middle.
                inside = r - (most - rows) // 2
                for c in range(columns):
                    pixel = paint(position(inside, c)) if 0 <= inside < rows else black
                    row += [pixel] * ZOOM
                row += [black] * MARGIN * ZOOM
            pixels += [row] * ZOOM
        pixels += [[black] * len(pixels[0])] * MARGIN * ZOOM
    png.write_png(path, pixels)
