"""Draws the figures of docs/engine.md: python scripts/draw_figures.py."""

from fractions import Fraction
from pathlib import Path

from examgen.engine import conv_matrix, overlap_counts
from examgen.text.figures import figures

FOLDER = Path(__file__).parents[1] / "docs" / "figures"
IMAGE = [[1, 2, 0, 1], [3, 1, 1, 2], [0, 2, 4, 1], [1, 0, 2, 3]]
EDGE = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
HALF = Fraction(1, 2)


def drawings() -> dict[str, str]:
    """The SVG source of each figure, by the stem of its file."""
    drawn = {
        "conv2d": figures["conv_figure"](5, 3, stride=2, padding=1),
        "dilated": figures["conv_figure"](7, 3, dilation=2),
        "slide": figures["slide_figure"](IMAGE, EDGE, at=(0, 1)),
        "padding": figures["padding_figure"](IMAGE, 1),
        "toeplitz": figures["grid_figure"](conv_matrix([1, 2], input_shape=(4,)).tolist()),
        "overlap": figures["grid_figure"](overlap_counts((2, 2), 3, stride=2).tolist()),
        "pool": figures["pool_figure"](IMAGE, 2),
        "separable": figures["separable_figure"](3),
        "bilinear": figures["bilinear_figure"](Fraction(1, 4), HALF, [[1, 3], [4, -6]]),
        "deform": figures["deform_figure"]([(0, HALF), (0, 0), (0, 0), (HALF, -HALF)], 4, kernel=2),
        "receptive_field": figures["receptive_field_figure"]([3, 5], [2, 1], reveal=True),
        "network": figures["network_figure"]("conv a", "relu", "conv b", "add", "pool", "linear"),
    }
    return {name: figure.svg for name, figure in drawn.items()}


if __name__ == "__main__":
    for stem, svg in drawings().items():
        (FOLDER / f"{stem}.svg").write_text(svg + "\n", encoding="utf-8")
