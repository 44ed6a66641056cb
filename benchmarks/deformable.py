"""Time of deformable convolution as a ratio to PyTorch's grid_sample and matrix product.

Run ``OMP_NUM_THREADS=1 python benchmarks/deformable.py`` with PyTorch installed. PyTorch has no
deformable convolution: the peer makes the sampling grid from the offsets, samples and multiplies.
Both run on one thread in turns; the least time of each counts. Below 1 the engine is faster.
"""

import os
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
from torch.nn import functional

from examgen.engine import deform_conv2d, deform_conv2d_gradients

CHANNELS, FILTERS, SIDE, KERNEL = 64, 64, 32, 3
TARGETS = {"float32": 2.8, "float64": 1.8}


def arguments(dtype: str) -> list[Any]:
    """Of one layer with padding 1: the input, the offsets, the weight and the upstream gradient."""
    random = np.random.default_rng(403)
    shapes = (
        (1, CHANNELS, SIDE, SIDE),
        (1, 2 * KERNEL**2, SIDE, SIDE),
        (FILTERS, CHANNELS, KERNEL, KERNEL),
        (1, FILTERS, SIDE, SIDE),
    )
    return [random.standard_normal(shape).astype(dtype) for shape in shapes]


def by_grid_sample(x: Any, offset: Any, weight: Any) -> Any:
    """The layer in PyTorch: one call of grid_sample for all taps, one matrix product."""
    places, taps = torch.arange(SIDE), torch.arange(KERNEL)
    down = places[None, None, :, None] + taps[:, None, None, None] - 1
    across = places[None, None, None, :] + taps[None, :, None, None] - 1
    shifts = offset.reshape(KERNEL, KERNEL, 2, SIDE, SIDE)
    rows = (2 * (shifts[:, :, 0] + down) + 1) / SIDE - 1
    columns = (2 * (shifts[:, :, 1] + across) + 1) / SIDE - 1
    grid = torch.stack([columns, rows], dim=-1).reshape(1, KERNEL**2, SIDE**2, 2)
    samples = functional.grid_sample(x, grid, align_corners=False)
    y = weight.reshape(FILTERS, -1) @ samples.reshape(-1, SIDE**2)
    return y.reshape(1, FILTERS, SIDE, SIDE)


def by_autograd(leaves: list[Any], dy: Any) -> Any:
    """Its gradients by input, offset and weight, the forward pass included."""
    return torch.autograd.grad(by_grid_sample(*leaves), leaves, dy)


def least_times(runs: list[Callable[[], Any]], seconds: float = 6.0) -> list[float]:
    """The least time of each run in seconds, the runs taking turns."""
    least = [float("inf")] * len(runs)
    end = perf_counter() + seconds
    while perf_counter() < end:
        for number, run in enumerate(runs):
            start = perf_counter()
            run()
            least[number] = min(least[number], perf_counter() - start)
    return least


def report(name: str, target: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> None:
    """One line: the two times in milliseconds, their ratio and what it should be at most."""
    engine, other = least_times([ours, theirs])
    print(
        f"{name:38} {engine * 1e3:8.2f} ms   PyTorch {other * 1e3:8.2f} ms"
        f"   ratio {engine / other:.2f}   {target}"
    )


def main() -> None:
    """Print a line for each type and pass, once both ways have given the same."""
    torch.set_num_threads(1)
    print(f"3 × 3 on {CHANNELS} × {SIDE} × {SIDE}, {FILTERS} filters, padding 1, one thread")
    for dtype, most in TARGETS.items():
        x, offset, weight, dy = arguments(dtype)
        tensors = [torch.from_numpy(array) for array in (x, offset, weight)]
        ours = partial(deform_conv2d, x, offset, weight, padding=1)
        theirs = partial(by_grid_sample, *tensors)
        np.testing.assert_allclose(
            ours(), theirs().numpy(), atol=1e-2 if dtype == "float32" else 1e-9
        )
        report(f"forward, {dtype}", f"at most {most}", ours, theirs)
        backward = partial(deform_conv2d_gradients, x, offset, weight, dy, padding=1)
        leaves = [tensor.requires_grad_() for tensor in tensors]
        peer = partial(by_autograd, leaves, torch.from_numpy(dy))
        if dtype == "float64":  # in float32 a sample may fall on the other side of an integer
            for mine, gradient in zip(backward()[:3], peer(), strict=True):
                np.testing.assert_allclose(mine, gradient.numpy(), atol=1e-8)
        report(f"gradients, {dtype}", "no target", backward, peer)


if __name__ == "__main__":
    main()
