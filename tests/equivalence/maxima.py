"""Paddings, hats and clipped values: maxima and absolute values."""

from fractions import Fraction

from equivalence.family import Family, lines

FAMILIES = [
    Family("same padding", {"W": (1, 256), "K": (1, 11), "S": (1, 6)},
        {"W": range(1, 15), "K": range(1, 12), "S": range(1, 7)},
        "max((ceil(W/S) - 1)*S + K - W, 0)", lines("""
        max(0, S*ceil(W/S) - S + K - W)
        max(S*floor((W-1)/S) + K - W, 0)
        -min(0, W - K - (ceil(W/S) - 1)*S)
        max((ceil(W/S) - 1) S + K, W) - W
        max(S*floor((W + S - 1)/S) - S + K - W, 0)
        (|S*floor((W-1)/S) + K - W| + S*floor((W-1)/S) + K - W)/2
        """), lines("""
        (ceil(W/S) - 1)*S + K - W
        max((W/S - 1)*S + K - W, 0)
        max(ceil(W/S)*S + K - W, 0)
        max(K - 1, 0)
        max(K - S, 0)
        max(S*floor(W/S) + K - W, 0)
        """)),
    Family("hat", {"x": (-4, 4), "p": (-4, 4)},
        {name: [Fraction(k, 3) for k in range(-12, 13)] for name in "xp"},
        "max(0, 1 - |x - p|)", lines("""
        max(1 - abs(p - x), 0)
        max(0, 1 - max(x - p, p - x))
        -min(0, |x-p| - 1)
        max(0, 1 - |p - x|)
        max(0, min(1 - x + p, 1 + x - p))
        1 - min(1, |x - p|)
        """), lines("""
        1 - |x - p|
        max(0, 1 - (x - p))
        max(0, 1 + |x-p|)
        min(0, 1 - |x - p|)
        max(0, 1 - |x| + |p|)
        max(0, |1 - x + p|)
        """), integer=False),
    Family("clipped", {"x": (-300, 300)}, {"x": range(-300, 301)}, "max(0, min(x, 255))", lines("""
        min(max(0, x), 255)
        min(255, max(x, 0))
        255 - max(0, min(255, 255 - x))
        (|x| - |x - 255| + 255)/2
        max(x, 0) - max(x - 255, 0)
        """), lines("""
        max(min(0, x), 255)
        max(0, x)
        min(x, 255)
        max(0, min(x, 256))
        (|x| + |x - 255|)/2
        """)),
    Family("rectified", {"x": (-64, 64), "y": (-64, 64)},
        {"x": range(-9, 10), "y": range(-9, 10)}, "max(x, 0) - max(-y, 0)", lines("""
        (x + |x|)/2 + (y - |y|)/2
        max(0, x) + min(y, 0)
        min(0, y) - min(0, -x)
        x + max(-x, 0) - max(0, -y)
        """), lines("""
        max(x, 0) - max(y, 0)
        max(x - y, 0)
        |x| - |y|
        max(x, y)
        """)),
]  # fmt: skip
