"""Figures an item text can call: small functions from givens to a picture, the same every time."""

from collections.abc import Callable, Mapping

from examgen.text.figures.charts import bars_figure, profile_figure
from examgen.text.figures.convolution import conv_figure
from examgen.text.figures.graphs import graph_figure
from examgen.text.figures.grids import (
    grid_figure,
    padding_figure,
    pool_figure,
    separable_figure,
    slide_figure,
)
from examgen.text.figures.links import groups_figure, index_sets_figure, weights_figure
from examgen.text.figures.matrices import im2col_figure, toeplitz_figure
from examgen.text.figures.panels import grids_figure
from examgen.text.figures.sampling import bilinear_figure, deform_figure
from examgen.text.figures.stacks import network_figure, receptive_field_figure
from examgen.text.figures.strips import border_figure, strip_figure, windows_figure
from examgen.text.figures.traces import trace_figure
from examgen.text.figures.transposed import overlap_figure, stamps_figure, zero_insertion_figure
from examgen.text.figures.volumes import feature_maps_figure, volume_figure
from examgen.text.values import Figure

figures: Mapping[str, Callable[..., Figure]] = {
    function.__name__: function
    for function in (
        bars_figure,
        bilinear_figure,
        border_figure,
        conv_figure,
        deform_figure,
        feature_maps_figure,
        graph_figure,
        grid_figure,
        grids_figure,
        groups_figure,
        im2col_figure,
        index_sets_figure,
        network_figure,
        overlap_figure,
        padding_figure,
        pool_figure,
        profile_figure,
        receptive_field_figure,
        separable_figure,
        slide_figure,
        stamps_figure,
        strip_figure,
        toeplitz_figure,
        trace_figure,
        volume_figure,
        weights_figure,
        windows_figure,
        zero_insertion_figure,
    )
}
