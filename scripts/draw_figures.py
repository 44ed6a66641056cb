"""Draws the figures of docs/engine.md: python scripts/draw_figures.py."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from examgen import engine
from examgen.text import Figure, figures

FOLDER = Path(__file__).parents[1] / "docs" / "figures"
IMAGE = np.array([[1, 2, 0, 1], [3, 1, 1, 2], [0, 2, 4, 1], [1, 0, 2, 3]])
EDGE = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
CORNERS = [[1, 3], [4, -6]]


def draw(name: str, *arguments: object, **options: object) -> Figure:
    """A figure by the name under which an item text calls it, without its last word."""
    return figures[f"{name}_figure"](*arguments, **options)


def convolution() -> Iterator[tuple[str, Figure]]:
    """What slides, over what, and how it is written as a product of matrices."""
    yield "conv2d", draw("slide", IMAGE, EDGE, (0, 1), padding=1, stride=2, reveal=True)
    yield "flip", draw("grids", ("kernel", EDGE), "→", ("flipped", np.flip(EDGE)))
    yield "stride", draw("conv", 5, 3, stride=2, padding=1)
    yield "dilation", draw("conv", 7, 3, dilation=2)
    yield "windows", draw("windows", 8, 3, stride=2, reveal=True)
    separable = [(4, 4, 4), (4, 3, 1)]
    yield "groups", draw("groups", (4, 4, 2), names=["2 groups"])
    yield "separable_layer", draw("groups", *separable, names=["depthwise", "pointwise"])
    yield "conv1d", draw("strip", [1, 2, 4, 8, 16], [1, -1], dilation=2, reveal=True)
    yield "conv3d", draw("volume", 4, 2)
    yield "padding", draw("padding", IMAGE, 1)
    yield "borders", draw("border", [1, 2, 3], 2, reveal=True)
    shared, unshared = [["a", "b"]] * 3, [["a", "b"], ["c", "d"], ["e", "f"]]
    yield "shared", draw("weights", shared, "convolution")
    yield "unshared", draw("weights", unshared, "unshared")
    yield "im2col", draw("im2col", IMAGE, 3, at=(0, 1), reveal=True)
    yield "toeplitz", draw("toeplitz", [1, 2], 4)
    yield "toeplitz2d", draw("toeplitz", [[1, 2, 3], [4, 5, 6], [7, 8, 9]], (4, 4))


def transposed() -> Iterator[tuple[str, Figure]]:
    """Stamps, where they overlap, and the convolution they amount to."""
    yield "stamps", draw("stamps", [1, 2, 3], [1, 1, 1], stride=2, reveal=True)
    y, kernel = np.array([[1, 2], [3, 4]]), np.array([[1, 1], [1, 0]])
    stamps = []
    for row, column in np.ndindex(2, 2):
        lone = np.zeros_like(y)
        lone[row, column] = y[row, column]
        reached = {(row + r, column + c) for r in range(2) for c in range(2)}
        stamp = engine.conv_transpose2d(lone, kernel)
        stamps += [{"values": stamp, "light": reached}, "+" if row + column < 2 else "="]
    yield "stamps2d", draw("grids", *stamps, engine.conv_transpose2d(y, kernel))
    yield "overlap", draw("overlap", 4, 3, stride=2, reveal=True)
    yield "overlap_even", draw("overlap", 4, 4, stride=2, reveal=True)
    yield "insert_zeros", draw("zero_insertion", [[1, 2], [3, 4]], 3, stride=2)


def pooling() -> Iterator[tuple[str, Figure]]:
    """Windows, what is taken from them, and how it goes back."""
    yield "pool", draw("pool", IMAGE, 2)
    rows = np.arange(1, 26).reshape(5, 5)
    yield "ceil_mode", draw("pool", rows, 2, ceil_mode=True)
    yield "ceil_rule", draw("windows", 5, 2, stride=2, padding=1, ceil_mode=True, reveal=True)
    corner = {"values": [[0, 0, ""], [0, 6, ""], ["", "", ""]], "frames": [(0, 0, 2, 2)]}
    corner["light"] = {(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)}
    included, excluded = (
        engine.avg_pool2d([[6]], 2, padding=1, count_include_pad=counted)[:1, :1]
        for counted in (True, False)
    )
    with_padding = {"values": included, "note": "with padding: ÷ 4"}
    without = {"values": excluded, "note": "without: ÷ 1"}
    yield "count_include_pad", draw("grids", corner, "→", with_padding, "or", without)
    window = [[3, 4], [0, 0]]
    norms = [(f"p = {p}", engine.lp_pool2d(window, 2, power=p)) for p in (1, 2)]
    norms.append(("maximum", engine.max_pool2d(window, 2)))
    yield "lp_pool", draw("grids", ("window", window), "→", *norms)
    means = ("maximum", engine.global_max_pool2d(IMAGE)), ("mean", engine.global_avg_pool2d(IMAGE))
    yield "global_pool", draw("grids", ("channel", IMAGE), "→", *means)
    places = engine.max_pool2d_indices(IMAGE, 2)
    maxima = {divmod(place, 4) for place in places.ravel().tolist()}
    values = [[10, 20], [30, 40]]
    numbered = {"title": "indices", "values": np.arange(16).reshape(4, 4), "dark": maxima}
    back = {"title": "unpooled", "dark": maxima}
    back["values"] = engine.max_unpool2d(values, places, size=4)
    channel = {"title": "channel", "values": IMAGE, "dark": maxima}
    given = ("values", values)
    yield "unpool", draw("grids", channel, numbered, "→", ("kept", places), given, "→", back)


def separable() -> Iterator[tuple[str, Figure]]:
    """Kernels as sums of columns times rows."""
    column, row = engine.rank_one_factors(EDGE)
    yield "separable", draw("separable", 3)
    yield "rank_one", draw("grids", ("rank 1", EDGE), "=", column[:, None], "×", row[None])
    columns, rows = engine.rank_factors([[1, 2], [3, 4]])
    products = [[columns[:, [n]], "×", rows[[n]]] for n in (0, 1)]
    yield (
        "rank_two",
        draw("grids", ("rank 2", [[1, 2], [3, 4]]), "=", *products[0], "+", *products[1]),
    )
    best = engine.low_rank([[3, 0], [0, 1]], 1)
    values = np.rint(best.columns @ best.rows).astype(int)
    nearest = {"title": "nearest of rank 1", "values": values, "note": f"error {best.error:.0f}"}
    yield "low_rank", draw("grids", ("rank 2", [[3, 0], [0, 1]]), "≈", nearest)
    cost = engine.separable_cost(image=(32, 32), kernel=(5, 5), mode="same")
    amounts = {"5 × 5": cost.direct, "5 × 1, then 1 × 5": cost.column_first}
    yield "separable_cost", draw("bars", amounts, "multiplications")


def sampling() -> Iterator[tuple[str, Figure]]:
    """Points between pixels."""
    yield "bilinear", draw("bilinear", QUARTER, HALF, CORNERS)
    yield "bilinear_weights", draw("bilinear", QUARTER, HALF, CORNERS, reveal=True)
    yield "kink", draw("profile", [1, 3, 2, 2, 5], 1, reveal=True)
    offsets = [(0, HALF), (0, 0), (0, 0), (HALF, -HALF)]
    yield "deform", draw("deform", offsets, 4, kernel=2, neighbours=True)


def gradients() -> Iterator[tuple[str, Figure]]:
    """What comes back through a layer."""
    dy = np.array([[1, 0], [0, 0]])
    by = engine.conv2d_gradients(IMAGE, EDGE, dy)
    weight = {"title": "gradient by W", "values": by.weight}
    yield "weight_gradient", draw("grids", ("X", IMAGE), "∗", ("dY", dy), "=", weight)
    stamped = {"title": "gradient by X", "values": by.input, "light": set(np.ndindex(3, 3))}
    yield "input_gradient", draw("grids", ("dY", dy), "stamps", ("W", EDGE), "→", stamped)
    yield "offset_gradient", draw("profile", [1, 3], 0, reveal=True)
    maxima = {divmod(place, 4) for place in engine.max_pool2d_indices(IMAGE, 2).ravel().tolist()}
    back = engine.max_pool2d_gradient(IMAGE, [[1, 2], [3, 4]], 2)
    channel = {"title": "channel", "values": IMAGE, "dark": maxima}
    routed = {"title": "gradient", "values": back, "dark": maxima}
    dy_given = ("dY", [[1, 2], [3, 4]])
    yield "max_pool_gradient", draw("grids", channel, dy_given, "→", routed)
    shared = engine.avg_pool2d_gradient([[1, 2]], 2, size=(2, 4))
    yield "avg_pool_gradient", draw("grids", ("dY", [[1, 2]]), "→", ("gradient", shared))


def traces() -> Iterator[tuple[str, Figure]]:
    """The working behind one value."""
    trace = engine.trace_conv2d(IMAGE, [[1, -1], [0, 2]], 5, at=(0, 1), padding=1)
    yield "trace", draw("trace", trace)
    stamped = engine.trace_conv_transpose2d([[1, 3]], [[5, 6, 7]], at=(0, 2), stride=2)
    yield "trace_transposed", draw("trace", stamped)
    yield "trace_max_pool", draw("trace", engine.trace_max_pool2d(IMAGE, 2, at=(0, 1)))
    yield "trace_avg_pool", draw("trace", engine.trace_avg_pool2d(IMAGE, 2, at=(0, 1)))
    yield "trace_bilinear", draw("trace", engine.trace_bilinear(CORNERS, QUARTER, HALF))
    right = np.repeat(np.array([0, HALF]).reshape(2, 1, 1), 2, axis=2)
    moved = engine.trace_deform_conv2d([[3, 5]], right, [[2]], at=(0, 0))
    yield "trace_deform", draw("trace", moved)
    norm = engine.trace_lp_pool2d([[3, -4]], (1, 2), at=(0, 0), power=2)
    yield "trace_lp_pool", draw("trace", norm)
    own = engine.trace_unshared_conv2d([[1, 2]], [[[[3]], [[4]]]], at=(0, 1))
    yield "trace_unshared", draw("trace", own)
    signal = engine.trace_conv1d([1, 2, 4, 8], [1, -1], at=(0,), dilation=2)
    yield "trace_signal", draw("trace", signal)
    cube = np.arange(8).reshape(2, 2, 2)
    yield "trace_volume", draw("trace", engine.trace_max_pool3d(cube, 2, at=(0, 0, 0)))


def receptive_fields() -> Iterator[tuple[str, Figure]]:
    """What a value sees."""
    yield "receptive_field", draw("receptive_field", [3, 5], [2, 1], reveal=True)
    yield "index_sets", draw("index_sets", [(3, 2, 1), 3], 12, 1, reveal=True)
    yield "hole", draw("index_sets", [(1, 2), 2], 8, 1, reveal=True)
    graph = {"left": ((1, 4), ["input"]), "right": ((3, 2, "same"), ["input"])}
    graph |= {"more": ((1, 2), ["right"]), "sum": (1, ["left", "more"])}
    yield "branches", draw("graph", graph)
    yield "left_branch", draw("index_sets", [(1, 4)], 8, 0, reveal=True)
    yield "right_branch", draw("index_sets", [(3, 2, "same"), (1, 2)], 8, 0, reveal=True)


def networks() -> Iterator[tuple[str, Figure]]:
    """Layers, shapes and memory."""
    names = ["input", "a", "relu", "b", "add", "pool", "linear"]
    graph = {name: ("", (before,)) for before, name in pairwise(names)}
    graph["a"], graph["b"] = ("3 × 3", ("input",)), ("3 × 3", ("relu",))
    graph["add"] = ("", ("a", "b"))
    yield "residual", draw("graph", graph)
    a, b = (engine.Layer("conv", 16, 3, padding=1, name=name) for name in "ab")
    tail = [engine.Layer("global_avg_pool"), engine.Layer("linear", 10)]
    layers = [a, engine.Layer("relu"), b, engine.Layer("add", inputs=("a", "b")), *tail]
    memory = engine.Network("residual", (3, 32, 32), layers).costs()
    adam = memory.training_memory(batch=8, optimizer="adam")
    held = ("parameters", "gradients", "optimizer", "activations")
    yield "memory", draw("bars", {name: getattr(adam, name) for name in held}, "bytes")
    costs = engine.architecture("vgg-16").costs()
    pools = [f"pool{number}" for number in range(1, 6)]
    shapes = [(3, 224, 224), *(costs[pool].shape for pool in pools)]
    yield "vgg16", draw("feature_maps", *shapes, names=["input", *pools])


def drawings() -> dict[str, str]:
    """The SVG source of each figure, by the stem of its file; on white, for pages in dark mode."""
    white = '<svg style="background:#fff" '
    chapters = (convolution, transposed, pooling, separable, sampling, gradients, traces)
    chapters += (receptive_fields, networks)
    drawn = (pair for chapter in chapters for pair in chapter())
    return {name: figure.svg.replace("<svg ", white, 1) for name, figure in drawn}


if __name__ == "__main__":
    for stem, svg in drawings().items():
        (FOLDER / f"{stem}.svg").write_text(svg + "\n", encoding="utf-8")
