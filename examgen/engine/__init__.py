"""The operations of convolutional networks: exact where the input is exact, NumPy only.

Images are (H, W), (C, H, W) or (N, C, H, W); an image without a channel axis is one channel, and
an output has as many leading axes as its input. Weights are (kh, kw) or (C_out, C_in, kh, kw).
"""

from examgen.engine.architectures import ARCHITECTURES, architecture
from examgen.engine.bilinear import (
    bilinear_gradient,
    bilinear_pixel_gradient,
    bilinear_sample,
    bilinear_weights,
)
from examgen.engine.columns import col2im, im2col
from examgen.engine.conv import conv1d, conv2d, conv3d
from examgen.engine.deformable import deform_conv2d
from examgen.engine.deformable_gradients import DeformGradients, deform_conv2d_gradients
from examgen.engine.depthwise import (
    depthwise_conv1d,
    depthwise_conv2d,
    depthwise_conv3d,
    depthwise_separable_conv1d,
    depthwise_separable_conv2d,
    depthwise_separable_conv3d,
    pointwise_conv1d,
    pointwise_conv2d,
    pointwise_conv3d,
)
from examgen.engine.exact import EngineError
from examgen.engine.global_pool import (
    global_avg_pool1d,
    global_avg_pool2d,
    global_avg_pool3d,
    global_max_pool1d,
    global_max_pool2d,
    global_max_pool3d,
)
from examgen.engine.gradients import (
    ConvGradients,
    conv1d_gradients,
    conv2d_gradients,
    conv3d_gradients,
)
from examgen.engine.layers import Layer, LayerCost
from examgen.engine.lp_pool import (
    lp_pool1d,
    lp_pool1d_gradient,
    lp_pool2d,
    lp_pool2d_gradient,
    lp_pool3d,
    lp_pool3d_gradient,
)
from examgen.engine.matrix_form import conv_matrix
from examgen.engine.max_indices import (
    max_pool1d_indices,
    max_pool2d_indices,
    max_pool3d_indices,
    max_unpool1d,
    max_unpool2d,
    max_unpool3d,
)
from examgen.engine.network import Network
from examgen.engine.network_costs import NetworkCosts, TrainingMemory
from examgen.engine.padding import pad
from examgen.engine.pool import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)
from examgen.engine.pool_gradients import (
    avg_pool1d_gradient,
    avg_pool2d_gradient,
    avg_pool3d_gradient,
    max_pool1d_gradient,
    max_pool2d_gradient,
    max_pool3d_gradient,
)
from examgen.engine.receptive_field import (
    Misalignment,
    ReceptiveField,
    misalignments,
    receptive_field,
    receptive_field_indices,
    receptive_fields,
)
from examgen.engine.separable import (
    LowRank,
    PrimitiveFactors,
    SeparableCost,
    low_rank,
    primitive_factors,
    rank,
    rank_factors,
    rank_one_factors,
    separable_cost,
)
from examgen.engine.stamps import insert_zeros, overlap_counts
from examgen.engine.trace import (
    trace_conv1d,
    trace_conv2d,
    trace_conv3d,
    trace_conv_transpose1d,
    trace_conv_transpose2d,
    trace_conv_transpose3d,
    trace_unshared_conv1d,
    trace_unshared_conv2d,
    trace_unshared_conv3d,
)
from examgen.engine.trace_forms import Term, Trace
from examgen.engine.trace_pool import (
    trace_avg_pool1d,
    trace_avg_pool2d,
    trace_avg_pool3d,
    trace_lp_pool1d,
    trace_lp_pool2d,
    trace_lp_pool3d,
    trace_max_pool1d,
    trace_max_pool2d,
    trace_max_pool3d,
)
from examgen.engine.trace_sampling import trace_bilinear, trace_deform_conv2d
from examgen.engine.transposed import conv_transpose1d, conv_transpose2d, conv_transpose3d
from examgen.engine.transposed_gradients import (
    conv_transpose1d_gradients,
    conv_transpose2d_gradients,
    conv_transpose3d_gradients,
)
from examgen.engine.unshared import unshared_conv1d, unshared_conv2d, unshared_conv3d

__all__ = [
    "ARCHITECTURES",
    "ConvGradients",
    "DeformGradients",
    "EngineError",
    "Layer",
    "LayerCost",
    "LowRank",
    "Misalignment",
    "Network",
    "NetworkCosts",
    "PrimitiveFactors",
    "ReceptiveField",
    "SeparableCost",
    "Term",
    "Trace",
    "TrainingMemory",
    "architecture",
    "avg_pool1d",
    "avg_pool1d_gradient",
    "avg_pool2d",
    "avg_pool2d_gradient",
    "avg_pool3d",
    "avg_pool3d_gradient",
    "bilinear_gradient",
    "bilinear_pixel_gradient",
    "bilinear_sample",
    "bilinear_weights",
    "col2im",
    "conv1d",
    "conv1d_gradients",
    "conv2d",
    "conv2d_gradients",
    "conv3d",
    "conv3d_gradients",
    "conv_matrix",
    "conv_transpose1d",
    "conv_transpose1d_gradients",
    "conv_transpose2d",
    "conv_transpose2d_gradients",
    "conv_transpose3d",
    "conv_transpose3d_gradients",
    "deform_conv2d",
    "deform_conv2d_gradients",
    "depthwise_conv1d",
    "depthwise_conv2d",
    "depthwise_conv3d",
    "depthwise_separable_conv1d",
    "depthwise_separable_conv2d",
    "depthwise_separable_conv3d",
    "global_avg_pool1d",
    "global_avg_pool2d",
    "global_avg_pool3d",
    "global_max_pool1d",
    "global_max_pool2d",
    "global_max_pool3d",
    "im2col",
    "insert_zeros",
    "low_rank",
    "lp_pool1d",
    "lp_pool1d_gradient",
    "lp_pool2d",
    "lp_pool2d_gradient",
    "lp_pool3d",
    "lp_pool3d_gradient",
    "max_pool1d",
    "max_pool1d_gradient",
    "max_pool1d_indices",
    "max_pool2d",
    "max_pool2d_gradient",
    "max_pool2d_indices",
    "max_pool3d",
    "max_pool3d_gradient",
    "max_pool3d_indices",
    "max_unpool1d",
    "max_unpool2d",
    "max_unpool3d",
    "misalignments",
    "overlap_counts",
    "pad",
    "pointwise_conv1d",
    "pointwise_conv2d",
    "pointwise_conv3d",
    "primitive_factors",
    "rank",
    "rank_factors",
    "rank_one_factors",
    "receptive_field",
    "receptive_field_indices",
    "receptive_fields",
    "separable_cost",
    "trace_avg_pool1d",
    "trace_avg_pool2d",
    "trace_avg_pool3d",
    "trace_bilinear",
    "trace_conv1d",
    "trace_conv2d",
    "trace_conv3d",
    "trace_conv_transpose1d",
    "trace_conv_transpose2d",
    "trace_conv_transpose3d",
    "trace_deform_conv2d",
    "trace_lp_pool1d",
    "trace_lp_pool2d",
    "trace_lp_pool3d",
    "trace_max_pool1d",
    "trace_max_pool2d",
    "trace_max_pool3d",
    "trace_unshared_conv1d",
    "trace_unshared_conv2d",
    "trace_unshared_conv3d",
    "unshared_conv1d",
    "unshared_conv2d",
    "unshared_conv3d",
]
