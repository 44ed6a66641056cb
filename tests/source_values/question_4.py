"""Question 4: sizes of outputs, strides, channels and whole networks."""

from source_values.question_1 import dense_layer
from source_values.question_3 import conv_params
from source_values.served import Table, engine, item_of, model, models

from examgen import engine as conv


def square_layer(W, F, S=1, P=0, d=1, C_in=1, C_out=1):
    return {"H": W, "K": F, "S": S, "P": P, "D": d, "C_in": C_in, "C_out": C_out}


@models("shapes/layer_cost")
def chain(net, W, layers_k_s_p_d):
    sides = []
    for K, S, P, d in layers_k_s_p_d:
        W = int(item_of("shapes/layer_cost", **square_layer(W, K, S, P, d)).height)
        sides.append(W)
    return sides


@models("shapes/unread_columns")
def triples(W, O, **ranges):  # noqa: E741 – the name of the output's width in the course
    """All layers up to filters of 11 and strides of 5 whose quotient is the width, exactly.

    The model that asks for such sets, shapes/which_layers, chooses from three sizes of filters.
    """
    assert ranges == {"F": "1..11", "S": "1..5", "P": "0..F//2", "exact": True}
    layers = [(F, S, P) for F in range(1, 12) for S in range(1, 6) for P in range(F // 2 + 1)]
    sizes = (item_of("shapes/unread_columns", W=W, F=F, S=S, P=P) for F, S, P in layers)
    return [(item.F, item.S, item.P) for item in sizes if item.quotient == O]


@models("shapes/same_padding")
def keeps_size(F, S, d):
    return item_of("shapes/same_padding", F=F, D=d).symmetric


ALEXNET_GROUPS = {"conv1": 1, "conv2": 2, "conv3": 1, "conv4": 2, "conv5": 2}
ALEXNET = {  # input channels, output channels, kernel, output side
    "conv1": (3, 96, 11, 55),
    "conv2": (96, 256, 5, 27),
    "conv3": (256, 384, 3, 13),
    "conv4": (384, 384, 3, 13),
    "conv5": (384, 256, 3, 13),
}
DENSE = {"fc6": (6, 256, 4096), "fc7": (1, 4096, 4096), "fc8": (1, 4096, 1000)}


def layer_of(name, grouped):
    """The item of an AlexNet layer: a convolution, or a dense layer on side, channels, units."""
    if name in DENSE:
        side, channels, units = DENSE[name]
        return item_of("parameters/dense_memory", **dense_layer(side, C=channels, n_out=units))
    channels, filters, kernel, side = ALEXNET[name]
    groups = ALEXNET_GROUPS[name] if grouped else 1
    return item_of(
        "channels/grouped_cost", g=groups, C_in=channels, C_out=filters, K=kernel, H=side, o=0
    )


in_layers = models("channels/grouped_cost", "parameters/dense_memory")


@in_layers
def parameters_by_layer(net, grouped, layers):
    return [layer_of(name, grouped).params for name in layers]


@in_layers
def macs_by_layer(net, grouped, layers):
    return [layer_of(name, grouped).macs for name in layers]


def first_layer(W=227, S=4, C_in=3, C_out=96):
    return {"W": W, "F": 11, "S": S, "C_in": C_in, "C_out": C_out}


def coverage(W, F, S, P):
    windows = [1] * ((W + 2 * P - F) // S + 1)
    return conv.conv_transpose1d(windows, [1] * F, stride=S)


def learnt_and_measured(item):
    """Of the first normalisation; the item has what is measured as a misconception."""
    (all_counted,) = (
        value for wrong, value in item.wrong_answers("p") if "moving statistics" in wrong.name
    )
    return [item.p[1], all_counted[1] - item.p[1]]


PATCHES = {
    "constant": [[1, 1, 1]] * 3,
    "vertical step (left 1)": [[1, 0, 0]] * 3,
    "horizontal step (top 1)": [[1, 1, 1], [0, 0, 0], [0, 0, 0]],
}


@models("convolution/rotated_kernel")
def responses(K, patches):
    items = [item_of("convolution/rotated_kernel", X=PATCHES[name], K=K) for name in patches]
    return [item.before for item in items]


SIDE = ("out-size", "late-stride")

QUESTION_4: Table = {
    **{
        (family, "output side"): model(
            "shapes/layer_cost", square_layer, "height"
        )
        for family in SIDE
    },
    ("out-size-integrality", "(W-F+2P)/S+1 exactly; remainder = unread columns"): model(
        "shapes/unread_columns", dict, lambda item: [item.quotient, item.unread]
    ),
    ("derive-out-size", "windows kept out of N at stride S"): model(
        "shapes/derivation", lambda N, S: {"W": N + 10, "F": 11, "S": S, "P": 0}, "used"
    ),
    ("out-size-inverse-triples", "all (F,S,P)"): triples,
    ("same-padding", "P that keeps the size"): keeps_size,
    ("same-padding", "output; pad left, right"): model(
        "shapes/same_padding",
        lambda W, F, S, scheme: {"W": W, "K": F, "S": S},
        lambda item: [item.out, *item.ends],
    ),
    ("shape-chain", "side after each layer"): chain,
    ("pool-ceil-mode", "floor, ceil"): model(
        "shapes/pool_rounding", dict, lambda item: [item.down, item.up]
    ),
    ("out-shape-tuple", "output shape"): model(
        "shapes/rectangular_layer",
        lambda F, S, P, C_out, layout, **image: {
            "H": image["in"][0], "W": image["in"][1], "C_in": image["in"][2], "C_out": C_out,
            "K_h": F[0], "K_w": F[1], "S_h": S[0], "S_w": S[1], "P_h": P[0], "P_w": P[1],
        },
        lambda item: item.batch[1:],
    ),
    ("downsample-ratio", "positions in, out"): model(
        "downsampling/early_stride",
        lambda **sides: first_layer(sides["in"]),
        lambda item: [item.W**2, item.out**2],
    ),
    ("downsample-ratio", "position ratio"): model(
        "downsampling/early_stride", lambda **sides: first_layer(sides["in"]), "positions"
    ),
    ("downsample-ratio", "per-axis ratio"): model(
        "downsampling/early_stride",
        lambda **sides: first_layer(sides["in"]),
        lambda item: f"{item.W}/{item.out}",
    ),
    ("downsample-ratio", "values in, values out"): model(
        "downsampling/early_stride",
        lambda **shapes: first_layer(shapes["in"][0], 4, shapes["in"][2], shapes["out"][2]),
        lambda item: [item.C_in * item.W**2, item.numbers * item.C_in * item.W**2],
    ),
    (
        "early-downsampling-savings",
        "positions of the next same-padded layer after stride 1 / stride 4 (11x11, P=0)",
    ): model(
        "downsampling/early_stride",
        lambda W, S, **_: first_layer(W, S[1]),
        lambda item: [item.saving * item.out**2, item.out**2],
    ),
    ("aliasing-by-hand", "kept samples"): engine(
        lambda x, S: conv.conv1d(x, [1], stride=S),
        "downsampling/aliasing has seven samples and stride 2, here there are nine and stride 4",
    ),
    ("pixel-coverage-count", "windows that read each pixel"): engine(
        coverage, "downsampling/coverage has rows of nine pixels, here there are eleven"
    ),
    ("conv-params", "weights per filter"): conv_params,
    ("conv-params", "parameters per filter"): conv_params,
    ("conv-params", "weights"): conv_params,
    ("weight-tensor-shape", "shape"): model(
        "parameters/conv_parameters",
        lambda k, C_in, C_out, layout: {
            "C_in": C_in, "C_out": C_out, "K_h": k[0], "K_w": k[1],
        },
        "weight",
    ),
    ("conv-macs", "MACs"): model(
        "shapes/layer_cost",
        lambda k, C_in, C_out, out: square_layer(227, k[0], 4, C_in=C_in, C_out=C_out),
        "macs",
    ),
    ("network-walkthrough", "parameters per layer"): parameters_by_layer,
    ("network-walkthrough", "MACs per layer"): macs_by_layer,
    ("filter-response-matching", "response to each 3x3 patch"): responses,
    ("bn-params", "trainable, buffers (mean, var)"): model(
        "channels/network_table", lambda C: {"C1": C}, learnt_and_measured
    ),
}  # fmt: skip
