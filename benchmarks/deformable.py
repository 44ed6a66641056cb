"""Deformable convolution beside PyTorch's grid_sample and matrix product: a table for engine.py.

PyTorch has no deformable convolution: the peer makes the sampling grid from the offsets, samples
and multiplies.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import torch
from timing import by, head, judged, least_times, row
from torch.nn import functional

from examgen.engine import deform_conv2d, deform_conv2d_gradients

CHANNELS, FILTERS, SIDE, KERNEL = 64, 64, 32, 3
LIMITS = {"float32": 2.8, "float64": 1.8}


def table(seconds: float) -> Iterator[str]:
    """The lines of the table, each measured once both ways have given the same."""
    yield from head("pass", "input", "weight", "options", "type", "ratio", "at most", "holds")
    for dtype, limit in LIMITS.items():
        x, offset, weight, dy = arguments(dtype)
        tensors = [torch.from_numpy(array) for array in (x, offset, weight)]
        ours = partial(deform_conv2d, x, offset, weight, padding=1)
        theirs = partial(by_grid_sample, *tensors)
        close = 1e-2 if dtype == "float32" else 1e-9
        np.testing.assert_allclose(ours(), theirs().numpy(), atol=close)
        backward = partial(deform_conv2d_gradients, x, offset, weight, dy, padding=1)
        leaves = [tensor.clone().requires_grad_() for tensor in tensors]
        peer = partial(by_autograd, leaves, torch.from_numpy(dy))
        if dtype == "float64":  # in float32 a sample may fall on the other side of an integer
            for mine, gradient in zip(backward()[:3], peer(), strict=True):
                np.testing.assert_allclose(mine, gradient.numpy(), atol=1e-8)
        passes = (("forward", ours, theirs, limit), ("gradients", backward, peer, None))
        for name, run, other, most in passes:
            times = least_times([run, other], seconds)
            ratio, layer = times[0] / times[1], (by(x.shape[1:]), by(weight.shape), "padding 1")
            yield row(name, *layer, dtype, f"{ratio:.2f}", most or "", judged(ratio, most))


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
