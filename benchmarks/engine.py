"""Time of the engine as a ratio to a peer, both measured in this run on one thread.

``make bench`` prints the tables; ``make bench-oracle`` measures against PyTorch and writes them to
benchmarks/engine.md, whose last chapter is written by hand and kept. The peer is PyTorch where it
is installed, else scipy, else plain Python loops; runs take turns and the least time of each
counts. A ratio below 1 means that the engine is faster.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
os.environ.pop("OPENBLAS_CORETYPE", None)  # forced kernels are not those that a user has
os.environ.pop("OPENBLAS_L2_SIZE", None)

import numpy as np
from timing import Run, by, head, judged, least_times, row

from examgen.engine import conv2d, conv_transpose2d

PAGE = Path(__file__).parent / "engine.md"
BY_HAND = "## What does not hold, and why"


@dataclass(frozen=True)
class Case:
    """A layer, and the ratios that it is meant to stay below: for float32, for float64."""

    name: str
    shape: tuple[int, ...]
    kernel: tuple[int, ...]
    options: dict[str, Any] = field(default_factory=dict)
    limits: tuple[float | None, float | None] = (None, None)
    transposed: bool = False


CASES = [
    Case("AlexNet conv1", (3, 227, 227), (96, 3, 11, 11), {"stride": 4}, (1.2, 1.0)),
    Case("VGG 256 to 256", (256, 56, 56), (256, 256, 3, 3), {"padding": 1}, (1.2, 1.0)),
    Case("depthwise", (32, 112, 112), (32, 1, 3, 3), {"groups": 32}, (1.7, 1.0)),
    Case("depthwise, padded", (32, 112, 112), (32, 1, 3, 3), {"groups": 32, "padding": 1}),
    Case(
        "depthwise, strided",
        (32, 112, 112),
        (32, 1, 3, 3),
        {"groups": 32, "padding": 1, "stride": 2},
    ),
    Case("transposed", (128, 28, 28), (128, 64, 4, 4), {"stride": 2}, (1.5, 1.15), True),
    Case(
        "transposed, padded",
        (128, 28, 28),
        (128, 64, 4, 4),
        {"stride": 2, "padding": 1},
        transposed=True,
    ),
    Case("16 to 16", (16, 58, 58), (16, 16, 3, 3)),
    Case("dilated", (64, 64, 64), (64, 64, 3, 3), {"dilation": 4, "padding": 4}),
    Case("4 groups", (64, 56, 56), (64, 16, 3, 3), {"groups": 4, "padding": 1}),
    Case("pointwise", (128, 56, 56), (128, 128, 1, 1)),
]


def peer(case: Case, x: Any, weight: Any) -> tuple[str, Run]:
    """The name of the fastest peer installed that computes the same, and a run of it."""
    try:
        import torch
    except ImportError:
        return slow_peer(case, x, weight)
    torch.set_num_threads(1)
    image, filters = torch.from_numpy(x)[None], torch.from_numpy(weight)
    functional = torch.nn.functional
    layer = functional.conv_transpose2d if case.transposed else functional.conv2d
    return "PyTorch", partial(layer, image, filters, **case.options)


def slow_peer(case: Case, x: Any, weight: Any) -> tuple[str, Run]:
    """scipy's correlation of each channel, or loops; of plain layers alone."""
    if case.transposed or set(case.options) - {"stride"}:
        return "none", lambda: None
    step = case.options.get("stride", 1)
    try:
        from scipy.signal import correlate2d  # type: ignore[import-untyped]
    except ImportError:
        return "Python loops", lambda: loops(x, weight, step)
    return "scipy correlate2d", lambda: [
        sum(correlate2d(c, k, "valid")[::step, ::step] for c, k in zip(x, f, strict=True))
        for f in weight
    ]


def loops(x: Any, weight: Any, stride: int = 1) -> list[Any]:
    """The definition of a convolution, one product at a time."""
    (channels, height, width), (kh, kw) = x.shape, weight.shape[2:]
    return [
        sum(
            x[c, top + i, left + j] * filters[c, i, j]
            for c, i, j in product(range(channels), range(kh), range(kw))
        )
        for filters in weight
        for top in range(0, height - kh + 1, stride)
        for left in range(0, width - kw + 1, stride)
    ]


def large_layers(seconds: float) -> Iterator[str]:
    """The table of ratios to the peer."""
    random = np.random.default_rng(403)
    layer = ("layer", "input", "weight", "options", "type")
    yield from head(*layer, "peer", "ratio", "at most", "holds")
    for position, dtype in enumerate(("float32", "float64")):
        for case in CASES:
            x = random.standard_normal(case.shape).astype(dtype)
            weight = random.standard_normal(case.kernel).astype(dtype)
            name, run = peer(case, x, weight)
            engine = conv_transpose2d if case.transposed else conv2d
            times = least_times([partial(engine, x, weight, **case.options), run], seconds)
            limit, ratio = case.limits[position], times[0] / times[1]
            options = ", ".join(f"{key} {value}" for key, value in case.options.items())
            layer = (case.name, by(case.shape), by(case.kernel), options or "padding 0", dtype)
            if name == "none":
                yield row(*layer, name, "", limit or "", "")
            else:
                yield row(*layer, name, f"{ratio:.2f}", limit or "", judged(ratio, limit))


def small_and_exact(seconds: float) -> Iterator[str]:
    """The table of times: small integer problems and rational ones."""
    random = np.random.default_rng(403)

    def whole(*shape: int) -> Any:
        return random.integers(-99, 100, shape)

    def rational(*shape: int) -> Any:
        tops, bottoms = whole(*shape).ravel().tolist(), random.integers(1, 13, shape).ravel()
        values = np.empty(len(tops), dtype=object)
        values[:] = [Fraction(a, b) for a, b in zip(tops, bottoms.tolist(), strict=True)]
        return values.reshape(shape)

    x, weight = whole(5, 5), whole(3, 3)
    many, own = whole(1000, 5, 5), whole(1000, 1, 3, 3)
    thousand, shared = many[:, None], weight[None, None]
    rows: list[tuple[str, Run, float, float]] = [
        ("5×5 by 3×3, int64, µs", partial(conv2d, x, weight), 1e6, 20),
        ("1,000 such, one kernel, µs each", partial(conv2d, thousand, shared), 1e3, 1),
        ("1,000 such, own kernels, µs each", partial(conv2d, many, own, groups=1000), 1e3, 1),
        (
            "8 to 8 channels, 32×32, 3×3, padding 0, Fractions (denominators to 12), ms",
            partial(conv2d, rational(8, 32, 32), rational(8, 8, 3, 3)),
            1e3,
            15,
        ),
    ]
    yield from head("problem", "time", "at most", "holds")
    for name, run, scale, limit in rows:
        time = least_times([run], seconds)[0] * scale
        yield row(name, f"{time:.2f}", f"{limit:g}", judged(time, limit))
    image, filters = rational(1, 5, 5), rational(1, 1, 3, 3)
    runs: list[Run] = [partial(conv2d, image, filters), partial(loops, image, filters)]
    ours, theirs = least_times(runs, seconds)
    yield f"\n5×5 by 3×3 in Fractions takes {ours / theirs:.2f} of the time of Python loops."


def page(seconds: float) -> Iterator[str]:
    """The lines of the page, each as it is measured."""
    try:
        versions, with_torch = f"numpy {version('numpy')}, torch {version('torch')}", True
    except ModuleNotFoundError:
        versions, with_torch = f"numpy {version('numpy')}, no PyTorch", False
    yield "# Speed of the convolutions\n"
    yield (
        f"One run of `benchmarks/engine.py`: {versions}; one thread; one image; least time of "
        f"{seconds:g} s of runs that take turns. A ratio is the engine's time, checks of the "
        "arguments included, over the peer's.\n"
    )
    yield from large_layers(seconds)
    yield ""
    yield from small_and_exact(seconds)
    if with_torch:
        from deformable import table

        yield "\n## Deformable convolution\n"
        yield "The peer makes a grid of the offsets, samples it by `grid_sample` and multiplies.\n"
        yield from table(seconds)


def main() -> None:
    """Print the page; with --write, put it in place of the one that there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each line of a table")
    parser.add_argument("--write", action="store_true", help="to benchmarks/engine.md too")
    given = parser.parse_args()
    if given.write and not find_spec("torch"):
        parser.error("--write needs PyTorch: make bench-oracle")
    lines = []
    for line in page(given.seconds):
        print(line, flush=True)
        lines.append(line)
    if given.write:
        kept = PAGE.read_text(encoding="utf-8").partition(BY_HAND)
        PAGE.write_text("\n".join([*lines, "", *kept[1:2]]) + kept[2], encoding="utf-8")


if __name__ == "__main__":
    main()
