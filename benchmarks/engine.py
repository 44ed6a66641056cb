"""Time of the engine's convolutions as a ratio to a peer, both measured in this run.

Run ``OMP_NUM_THREADS=1 python benchmarks/engine.py``. The peer is PyTorch where it is installed,
else scipy, else plain Python loops; runs are interleaved and the least time of each is taken.
A ratio below 1 means that the engine is faster.
"""

import os
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from time import perf_counter
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from examgen.engine import conv2d

Run = Callable[[], Any]

CASES: list[tuple[str, tuple[int, ...], tuple[int, ...], int, str]] = [
    ("5x5 by 3x3, int64", (1, 5, 5), (1, 1, 3, 3), 1, "int64"),
    ("16 to 16 channels, 58x58, 3x3, float64", (16, 58, 58), (16, 16, 3, 3), 1, "float64"),
    ("16 to 16 channels, 58x58, 3x3, int64", (16, 58, 58), (16, 16, 3, 3), 1, "int64"),
    ("AlexNet conv1, 227x227, 11x11 / 4, float32", (3, 227, 227), (96, 3, 11, 11), 4, "float32"),
]


def peer(x: Any, weight: Any, *, stride: int = 1) -> tuple[str, Run]:
    """The name of the fastest peer installed that computes the same, and a run of it."""
    try:
        import torch
    except ImportError:
        pass
    else:
        torch.set_num_threads(1)
        image, filters = torch.from_numpy(x)[None], torch.from_numpy(weight)
        return "PyTorch", lambda: torch.nn.functional.conv2d(image, filters, stride=stride)
    try:
        from scipy.signal import correlate2d  # type: ignore[import-untyped]
    except ImportError:
        return "Python loops", lambda: loops(x, weight, stride)
    return "scipy correlate2d", lambda: [
        sum(correlate2d(c, k, "valid")[::stride, ::stride] for c, k in zip(x, f, strict=True))
        for f in weight
    ]


def loops(x: Any, weight: Any, stride: int = 1) -> list[Any]:
    """The definition of a convolution, one product at a time."""
    (channels, height, width), (kh, kw) = x.shape, weight.shape[2:]
    return [
        sum(
            x[c, top + i, left + j] * filters[c, i, j]
            for c in range(channels)
            for i in range(kh)
            for j in range(kw)
        )
        for filters in weight
        for top in range(0, height - kh + 1, stride)
        for left in range(0, width - kw + 1, stride)
    ]


def least_times(runs: list[Run], seconds: float = 1.5) -> list[float]:
    """The least time of each run in seconds, the runs taking turns."""
    least = [float("inf")] * len(runs)
    end = perf_counter() + seconds
    while perf_counter() < end:
        for number, run in enumerate(runs):
            start = perf_counter()
            run()
            least[number] = min(least[number], perf_counter() - start)
    return least


def report(name: str, ours: Run, peer_name: str, theirs: Run) -> None:
    """One line: the two times in milliseconds, and their ratio."""
    engine, other = least_times([ours, theirs])
    print(
        f"{name:44} {engine * 1e3:9.3f} ms   {peer_name} {other * 1e3:9.3f} ms"
        f"   ratio {engine / other:.3g}"
    )


def main() -> None:
    """Print a line for each case."""
    random = np.random.default_rng(403)
    for name, shape, kernel, stride, dtype in CASES:
        x: Any = random.integers(-99, 100, shape).astype(dtype)
        weight: Any = random.integers(-99, 100, kernel).astype(dtype)
        other, run = peer(x, weight, stride=stride)
        report(name, partial(conv2d, x, weight, stride=stride), other, run)
    x = random.integers(-99, 100, (1, 5, 5)).astype(object) * Fraction(1, 12)
    weight = random.integers(-99, 100, (1, 1, 3, 3)).astype(object) * Fraction(1, 7)
    ours, theirs = partial(conv2d, x, weight), partial(loops, x, weight)
    report("5x5 by 3x3, Fractions", ours, "Python loops", theirs)


if __name__ == "__main__":
    main()
