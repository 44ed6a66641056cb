"""The operations of convolutional networks: exact where the input is exact, NumPy only.

Images are (H, W), (C, H, W) or (N, C, H, W); an image without a channel axis is one channel, and
an output has as many leading axes as its input. Weights are (kh, kw) or (C_out, C_in, kh, kw).
"""

from examgen.engine.bilinear import bilinear_gradient, bilinear_sample, bilinear_weights
from examgen.engine.conv import conv1d, conv2d
from examgen.engine.deformable import deform_conv2d
from examgen.engine.exact import EngineError
from examgen.engine.matrix_form import conv_matrix, im2col
from examgen.engine.pool import avg_pool2d, max_pool2d
from examgen.engine.receptive_field import receptive_field_indices
from examgen.engine.separable import rank, rank_one_factors
from examgen.engine.transposed import conv_transpose1d, conv_transpose2d

__all__ = [
    "EngineError",
    "avg_pool2d",
    "bilinear_gradient",
    "bilinear_sample",
    "bilinear_weights",
    "conv1d",
    "conv2d",
    "conv_matrix",
    "conv_transpose1d",
    "conv_transpose2d",
    "deform_conv2d",
    "im2col",
    "max_pool2d",
    "rank",
    "rank_one_factors",
    "receptive_field_indices",
]
