"""Question 5: three kinds of convolution, separable filters, 1 × 1 convolutions."""

from fractions import Fraction

import numpy as np
from source_values.served import Table, engine, item_of, model, models

from examgen import engine as conv


def dilated(k, d):
    return {"K": k, "D": d}


@models("convolution/checkerboard")
def overlap(i, k, s):
    """The first half of the outputs, from the model's eight; the second half is its mirror image.

    The model's input is long, but no copy after the i-th reaches the first half.
    """
    size = (i - 1) * s + k
    assert 2 * i * s >= size
    long = item_of("convolution/checkerboard", pair=(k, s)).counts.tolist()
    half = long[: (size + 1) // 2]
    return [*half, *half[: size // 2][::-1]]


def missing(K):
    """The factors of the kernel from the rows and columns that are whole, by ratios to corner."""
    gap = next(3 * r + c for r in range(3) for c in range(3) if isinstance(K[r][c], str))
    return {"p": [row[0] for row in K], "q": K[0], "gap": gap}


def depthwise(K, C_in, C_out, H=1, **_):
    return {"K": K, "C_in": C_in, "C_out": C_out, "H": H}


def two_kernels(C_in, b, k, C_out):
    return {"N": C_out, "C": C_in, "B": b, "K1": k[0], "K2": k[1]}


def both_blocks(item):
    return [item.block, item.factor * item.block]


@models("shapes/layer_cost", "shapes/rectangular_layer")
def pointwise(H, W, C_in, C_out, bias):
    layer = item_of("shapes/layer_cost", H=H, K=1, S=1, P=0, D=1, C_in=C_in, C_out=C_out)
    one_by_one = {"K_h": 1, "K_w": 1, "S_h": 1, "S_w": 1, "P_h": 0, "P_w": 0}
    shape = item_of("shapes/rectangular_layer", H=H, W=W, C_out=C_out, **one_by_one)
    return [layer.params - layer.C_out, layer.macs, shape.batch[1:]]


def composed(A, B, note):
    """Both layers on one pixel with a one in each channel in turn."""
    ones = np.eye(len(A[0]), dtype=int)[:, :, None, None]
    first = conv.pointwise_conv2d(ones, np.array(A)[:, :, None, None])
    both = conv.pointwise_conv2d(first, np.array(B)[:, :, None, None])[:, :, 0, 0].T
    return [both, conv.rank(both.tolist())]


def weights_of_both(k):
    """The sizes of a kernel and of its two factors."""
    kernel = np.ones((k, k), dtype=int)
    dense, factors = kernel.size, sum(map(len, conv.rank_one_factors(kernel)))
    return [dense, factors, Fraction(100 * (dense - factors), dense)]


def there_and_back(x, k):
    return conv.conv_transpose1d(conv.conv1d(x, k), k)


QUESTION_5: Table = {
    ("local-params", "unshared weights"): model(
        "parameters/dense_local_shared",
        lambda k, S, P, C_out, bias, **image: {
            "H": image["in"][0], "C_in": image["in"][2], "C_out": C_out, "K": k, "S": S,
        },
        "local",
    ),
    ("unshared-by-hand", "output"): model(
        "convolution/unshared_by_hand",
        lambda x, rows: {"x": x, "R": rows},
        "y",
    ),
    ("dilated-taps", "first-row taps"): model(
        "convolution/dilated_taps",
        lambda k, d: {"D": d, "S": 1, "P": 0, "i": 0, "j": 0},
        lambda item: item.key("pixels")[:3],
    ),
    ("dilated-extent", "extent"): model("convolution/dilated_by_hand", dilated, "extent"),
    ("gridding", "taps / cells of the extent"): model(
        "convolution/dilated_by_hand", dilated, "share"
    ),
    ("tconv-out-size", "output side"): model(
        "convolution/transposed_size",
        lambda i, k, s, p, op: {"m2": i, "K2": k, "S2": s, "P2": p, "D": 1, "r2": op},
        "size",
    ),
    (
        "tconv-output-padding",
        "m; size after the transposed conv; output_padding that restores n",
    ): model(
        "convolution/transposed_size",
        lambda n, k, s, p: {"n": n, "K": k, "S": s, "P": p},
        lambda item: [item.m, item.back, item.extra],
    ),
    ("tconv-output-padding", "m; size after; output_padding"): model(
        "convolution/transposed_size",
        lambda n, k, s, p: {"n": n, "K": k, "S": s, "P": p},
        lambda item: [item.m, item.back, item.extra],
    ),
    ("tconv-overlap", "contributions per output"): overlap,
    ("tconv-by-hand", "output"): model(
        "convolution/transposed_by_hand", lambda y, k, s, p: {"y": y, "k": k}, "x"
    ),
    ("conv-toeplitz", "matrix"): engine(
        lambda n, k, op, S, P: conv.conv_matrix(k, input_shape=(n,), stride=S, padding=P),
        "convolution/as_matrix and equivariance/as_dense have matrices of other sizes",
    ),
    ("not-an-inverse", "C^T C x"): engine(
        there_and_back,
        "convolution/as_matrix and equivariance/as_dense have matrices of other sizes",
    ),
    (
        "zero-insertion",
        "input of the equivalent stride-1 convolution (zeros inserted, k-1 = 2 zeros each side)",
    ): model("convolution/zero_insertion", lambda y, s: {"y": y}, "e"),
    ("separable-rank1", "rank"): engine(
        lambda K: conv.rank(K), "separable/which_separable asks whether it is 1"
    ),
    ("separable-factor", "u, v (any scaling a, 1/a)"): model(
        "separable/missing_entry",
        lambda K: {"p": [row[0] for row in K], "q": K[0]},
        lambda item: [item.u.tolist(), item.v.tolist()],
    ),
    ("separable-params", "dense, separable, saving %"): engine(
        weights_of_both,
        "separable/rank_one asks for multiplications, of a kernel that is not square",
    ),
    ("separable-mults", "exact multiplications direct, separable"): model(
        "separable/two_passes",
        lambda k, H, W, mode, order: {"k": k, "n": H},
        lambda item: [item.direct, item.passes],
    ),
    ("separable-by-hand", "column pass, value"): model(
        "separable/two_passes",
        lambda x, u, v: {"X": x, "u": u, "v": v},
        lambda item: [item.t.tolist(), item.o],
    ),
    ("separable-missing-entry", "a that makes K separable"): model(
        "separable/missing_entry", missing, "a"
    ),
    ("svd-rank", "singular values"): engine(
        lambda K: [round(float(sigma), 9) + 0.0 for sigma in np.linalg.svd(K, compute_uv=False)],
        "separable/singular_values has kernels of two given products",
    ),
    ("rank-r-cost", "largest rank r with 2kr < k^2"): model(
        "separable/singular_values",
        dict,
        "most",
    ),
    **{
        ("dsc-params", quantity): model("separable/depthwise", depthwise, answer)
        for quantity, answer in {
            "standard": "standard",
            "depthwise": lambda item: item.separable - item.C_in * item.C_out,
            "pointwise": lambda item: item.separable - item.K**2 * item.C_in,
            "depthwise separable total": "separable",
        }.items()
    },
    ("dsc-params", "standard, separable total"): model(
        "concepts/layers_by_size",
        lambda K, C_in, C_out, bias: {"C": C_in, "K": K, "N": C_out},
        lambda item: [item.conv, item.separable],
    ),
    ("dsc-ratio", "separable / standard"): model("separable/depthwise", depthwise, "ratio"),
    ("dsc-ratio", "standard / separable"): model(
        "separable/depthwise", depthwise, lambda item: 1 / item.ratio
    ),
    ("dsc-macs", "standard, separable"): model(
        "separable/depthwise", depthwise, lambda item: [item.standard * item.H**2, item.macs]
    ),
    ("dsc-inverse", "least C_out"): model(
        "separable/ratio_formula",
        lambda K, target: {"K": K, "t": int(target.split()[-1].rstrip("x"))},
        "least",
    ),
    ("mobilenet-multipliers", "MACs"): model(
        "separable/mobilenet", dict, "small"
    ),
    ("pointwise-cost", "params, MACs, output shape"): pointwise,
    ("pointwise-by-hand", "output vector at the pixel"): model(
        "pointwise/by_hand",
        lambda c, W, b: {"c": c, "A": W, "a": b},
        "u",
    ),
    ("pointwise-composition", "single equivalent 1x1 matrix; rank bound"): engine(
        composed, "pointwise/by_hand has two channels between its layers, here there are three"
    ),
    ("bottleneck-cost", "without 1x1"): model(
        "pointwise/bottleneck_formula", two_kernels, "direct"
    ),
    ("bottleneck-cost", "with 1x1"): model("pointwise/bottleneck_formula", two_kernels, "squeezed"),
    ("bottleneck-cost", "without, with 1x1, ratio"): model(
        "pointwise/bottleneck_formula",
        two_kernels,
        lambda item: [item.direct, item.squeezed, f"{item.direct}/{item.squeezed}"],
    ),
    ("bottleneck-cost", "5x5 branch without, with, ratio"): model(
        "pointwise/bottleneck",
        lambda C_in, b, k, C_out: {"k": k[0], "C": C_in, "b": b, "N": C_out},
        lambda item: [item.direct, item.reduced, item.ratio],
    ),
    ("resnet-bottleneck", "weights 1x1-3x3-1x1; two 3x3 at 256"): model(
        "pointwise/residual_bottleneck",
        lambda C, b, bias: {"C": C, "r": C // b, "K": 3},
        both_blocks,
    ),
}  # fmt: skip
