"""Calls that draw each figure, for the tests of what figures show and of what they say."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from examgen import engine
from examgen.text import Figure, figures

HALF = Fraction(1, 2)
OFFSETS = [(HALF, 0), (0, 1), (Fraction(-1, 4), Fraction(3, 2)), (0, 0)]
GRAPH = {"a": (3, ["input"]), "b": ((3, 2), ["a"]), "add": ("", ["b", "a"])}
TRACE = engine.trace_conv2d(np.arange(25).reshape(5, 5), -np.ones((3, 3), int), 4, at=(1, 2))
CALLS: dict[str, tuple[str, tuple[object, ...], Mapping[str, object]]] = {
    "bars": ("bars_figure", ({"weights": 9408, "halves": HALF, "none": 0},), {"unit": "bytes"}),
    "bilinear": ("bilinear_figure", (Fraction(9, 4), 3, [[1, 2], [3, 4]]), {}),
    "bilinear areas": ("bilinear_figure", (Fraction(1, 3), Fraction(1, 7)), {"reveal": True}),
    "border": ("border_figure", ([1, -20, 3], 2, ["reflect", "circular"]), {}),
    "small conv": ("conv_figure", (7, 3), {"stride": 2, "padding": 1}),
    "large conv": ("conv_figure", (40, 5), {"stride": 3, "padding": 4, "dilation": 3}),
    "deform": ("deform_figure", (OFFSETS, 5, (1, 1)), {"kernel": 2}),
    "neighbours": ("deform_figure", (OFFSETS, 5, (1, 1)), {"kernel": 2, "neighbours": True}),
    "maps": ("feature_maps_figure", ((3, 32, 32), (64, 8, 16)), {}),
    "graph": ("graph_figure", (GRAPH,), {}),
    "grid": ("grid_figure", (np.arange(6).reshape(2, 3), "X"), {}),
    "grids": ("grids_figure", ([[1]], "+", ("B", [[HALF]]), "newline", "=", [[""]]), {}),
    "groups": ("groups_figure", ((4, 8, 4), (8, 2, 1)), {"names": ["grouped", "full"]}),
    "im2col": ("im2col_figure", (np.arange(9).reshape(3, 3), 2), {}),
    "index sets": ("index_sets_figure", ([(3, 2, 1), 2], 9, 0), {}),
    "network": ("network_figure", tuple(["conv 3 × 3"] * 7), {}),
    "overlap": ("overlap_figure", ((2, 3), 3, 2), {"padding": 1}),
    "padding": ("padding_figure", ([[1, 2], [3, 4]], 2), {}),
    "pool": ("pool_figure", (np.arange(16).reshape(4, 4), 2), {}),
    "pool over": ("pool_figure", (np.arange(25).reshape(5, 5), 2, 2, 1, True), {}),
    "profile": ("profile_figure", ([1, 3, -2], 1), {}),
    "field": ("receptive_field_figure", ([3, 5], [2, 1]), {}),
    "separable": ("separable_figure", (3,), {}),
    "slide": ("slide_figure", ([[1, 2], [3, -4]], [[1]], (1, 0)), {}),
    "slide over": ("slide_figure", ([[1, 2], [3, -4]], [[1, 1]], (1, 0), 2, 1, True), {}),
    "stamps": ("stamps_figure", ([1, -2, 3], [1, HALF]), {"stride": 2}),
    "strip": ("strip_figure", ([1, 2, 30, 4], [1, -1]), {"padding": 1, "dilation": 2}),
    "toeplitz": ("toeplitz_figure", ([[1, 0], [-1, 2]], (3, 3)), {"stride": 1}),
    "trace": ("trace_figure", (TRACE,), {}),
    "volume": ("volume_figure", ((2, 3, 5), (1, 2, 5)), {}),
    "weights": ("weights_figure", ([["a", "b"], ["c", "d"]], "unshared"), {}),
    "windows": ("windows_figure", (7, 2), {"stride": 3, "padding": (1, 2), "ceil_mode": True}),
    "zeros": ("zero_insertion_figure", ([1, 2, 3], 3, 2), {"padding": 1}),
}


def drawn(name: str, **options: object) -> Figure:
    function, arguments, given_options = CALLS[name]
    return figures[function](*arguments, **{**given_options, **options})
