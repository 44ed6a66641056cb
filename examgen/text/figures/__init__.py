"""Figures an item text can call: small functions from givens to a picture, the same every time."""

from collections.abc import Callable, Mapping

from examgen.text.figures.convolution import conv_figure
from examgen.text.figures.grids import (
    grid_figure,
    padding_figure,
    pool_figure,
    separable_figure,
    slide_figure,
)
from examgen.text.figures.sampling import bilinear_figure, deform_figure
from examgen.text.figures.stacks import network_figure, receptive_field_figure
from examgen.text.values import Figure

figures: Mapping[str, Callable[..., Figure]] = {
    function.__name__: function
    for function in (
        bilinear_figure,
        conv_figure,
        deform_figure,
        grid_figure,
        network_figure,
        padding_figure,
        pool_figure,
        receptive_field_figure,
        separable_figure,
        slide_figure,
    )
}
