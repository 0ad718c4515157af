#===- phantom.py - Synthetic CT volumes of a chest wall ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Makes small CT phantoms of which the fat in the muscle is known exactly.

From the outside in, a phantom is air, skin fat, a wall of muscle with ribs and
a spine in it, and lungs. The muscle is marbled: streaks of fat run through it.
Skin fat looks just like the streaks, so the share of fat in the muscle cannot
be read off a histogram; and it is a share of a muscle whose size varies.
"""

import numpy as np
from scipy.ndimage import gaussian_filter

SIZE = 64  # voxels along each of z, y, x
SPACING_MM = 5.5  # so that a chest fits

AIR, LUNG, FAT, MUSCLE, SPINE, RIB = -1000.0, -820.0, -100.0, 50.0, 250.0, 450.0


def _smooth_noise(rng, sigma):
    """Random texture with mean 0, deviation 1 and blobs of about `sigma`."""
    noise = rng.standard_normal((SIZE, SIZE, SIZE), dtype=np.float32)
    noise = gaussian_filter(noise, sigma, mode="wrap")
    return (noise - noise.mean()) / noise.std()


def make_phantom(seed):
    """Returns a volume [z, y, x] in whole HU and the fat share in percent.

    The same seed gives the same phantom.
    """
    rng = np.random.default_rng(seed)
    z, y, x = np.meshgrid(*[np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2] * 3,
                          indexing="ij")
    x, y = x - rng.uniform(-2, 2), y - rng.uniform(-2, 2)

    # Body outline: an elliptic cylinder that narrows a little, with dents.
    width, height = rng.uniform(25, 29), rng.uniform(19, 24)
    taper = 1 + rng.uniform(-0.1, 0.1) * z / SIZE
    radius = np.hypot(x / (width * taper), y / (height * taper))
    radius += 0.015 * _smooth_noise(rng, 6.0)
    depth = (1 - radius) * height  # below the skin, in voxels

    skin_fat = rng.uniform(1.5, 5.0)
    wall = skin_fat + rng.uniform(5.0, 9.0)
    spine = np.hypot(x, y - height * 0.60) < rng.uniform(3.0, 4.5)
    in_wall = (depth >= skin_fat) & ((depth < wall) | (y > height * 0.45))
    in_wall &= radius < 1

    # Ribs: slanted bars in the inner half of the wall.
    pitch, slant = rng.uniform(9, 13), rng.uniform(0.15, 0.4)
    along = (z + slant * y + rng.uniform(0, pitch)) % pitch
    middle = wall - rng.uniform(2.0, 3.0)
    ribs = in_wall & (along < 3.0) & (np.abs(depth - middle) < 1.3)
    muscle = in_wall & ~ribs & ~spine

    # Marbling: where a streaky texture is above a threshold there is fat, with
    # a soft edge. The threshold aims at a share; the label is what came out.
    streaks = _smooth_noise(rng, (2.2, rng.uniform(0.7, 1.3), 1.0))
    threshold = np.quantile(streaks[muscle], 1 - rng.uniform(0.02, 0.45))
    fat_fraction = np.clip((streaks - threshold) / 0.6 + 0.5, 0, 1)
    fat_percent = 100.0 * float(fat_fraction[muscle].mean(dtype=np.float64))

    # Tissues, each a few HU off its textbook value as in people.
    fat_hu, muscle_hu = FAT + rng.normal(0, 4), MUSCLE + rng.normal(0, 4)
    volume = np.full((SIZE, SIZE, SIZE), AIR, np.float32)
    inside = radius < 1
    volume[inside] = LUNG + 40 * _smooth_noise(rng, 2.0)[inside]
    volume[inside & (depth < skin_fat)] = fat_hu
    marbled = muscle_hu + (fat_hu - muscle_hu) * fat_fraction
    volume[muscle] = marbled[muscle]
    volume[ribs] = RIB + rng.normal(0, 40)
    volume[inside & spine] = SPINE + rng.normal(0, 30)

    # The scanner: blur, noise, whole numbers, and nothing below -1024 HU.
    volume = gaussian_filter(volume, rng.uniform(0.3, 0.5))
    volume += rng.uniform(6, 16) * rng.standard_normal(volume.shape,
                                                       dtype=np.float32)
    return np.clip(np.rint(volume), -1024, 3071).astype(np.float32), fat_percent
