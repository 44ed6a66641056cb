"""Question 1: dense layers and their data, equivariance and invariance, shifts of one pixel."""

from math import isqrt

from source_values.served import Table, engine, item_of, model, models

from examgen import engine as conv


def dense_layer(H, W=None, C=1, n_out=1):
    """A dense layer on one image."""
    return {"H": H, "W": W or H, "C": C, "n": n_out, "B": 1}


def dense_memory(H, W, C, n_out, bytes_per_param, copies=1, **_):
    return {"H": H, "C": C, "M": n_out, "bits": 8 * bytes_per_param, "copies": copies}


def scaling(side, side_factor, k):
    return {"S": side, "K": k, "r": side_factor}


def growth_of_data(exponent, param_factor):
    """The model's parameters grow by the square of q, that is, twice by the factor q."""
    item = item_of("parameters/data_scaling", a=2 * exponent, q=param_factor)
    return isqrt(item.factor)


def by_the_10x_rule(n_params, rule):
    """From one parameter with ten examples up, in proportion."""
    return 10 * item_of("parameters/data_scaling", a=2, q=isqrt(n_params)).factor


CLASSES = {  # the source's names, and what the model calls them: a map or a number
    "conv circular stride 1": ("a convolution with kernel (1, 2, −1) and circular padding", 0),
    "relu": ("ReLU, applied to each pixel", 0),
    "conv + global average pooling": (
        "a convolution with kernel (1, 2, −1) and circular padding, without ReLU, then the mean of "
        "all",
        1,
    ),
    "flatten + FC": ("a dense layer with 8 units, its weights drawn at random", 0),
    "softmax over pixels": ("dividing each pixel by the sum of the squares of all pixels", 0),
    "global max": ("the largest pixel", 1),
}  # the softmax divides by a sum over all pixels as well


def classes(group, ops):
    """The class that the model gives each function under all cyclic shifts."""
    named = [CLASSES[op] for op in ops]
    maps = [text for text, kind in named if kind == 0]
    numbers = [text for text, kind in named if kind == 1]
    item = item_of(
        "equivariance/which_equivariant",
        group=f"all {group}",
        maps=[*maps, "sorting the pixels by their value"],
        numbers=[
            *numbers,
            "the mean of the first four pixels",
            "the mean of the first four pixels",
        ],
    )
    moves, stays = iter(item.key("equivariant")), iter(item.key("invariant"))
    return [
        ("neither", "equivariant")[next(moves)]
        if kind == 0
        else ("neither", "invariant")[next(stays)]
        for _, kind in named
    ]


def window(k, shift):
    return {"K": k, "u": shift[0], "v": shift[1]}


def kept_pixels(k, shift):
    """What stays comes from the item; that nothing keeps its weight, from numbered weights."""
    item = item_of("equivariance/window_after_shift", **window(k, shift))
    weight = {(row, column): k * row + column for row in range(k) for column in range(k)}
    moved = {
        (row + shift[0], column + shift[1]): number for (row, column), number in weight.items()
    }
    return [item.stay, sum(moved.get(pixel) == number for pixel, number in weight.items())]


def shifted(x, shift, kernel, fc_row=(0, 0, 0, 0, 0, 0, 0)):
    """The dense unit and the kernel; the model's bump stands at samples 2 to 4."""
    start = next(place for place, value in enumerate(x) if value)
    bump, early = list(x[start : start + 3]), start - 1
    w = [*fc_row[early:], *[0] * early]
    return item_of("equivariance/dense_or_conv", b=bump, w=w, k=kernel, d=shift), early


@models("equivariance/dense_or_conv")
def dense_and_conv(x, shift, fc_row, kernel, **_):
    item, early = shifted(x, shift, kernel, fc_row)
    lead = [0] * early  # the source's bump starts so much later
    maps = [lead + y.tolist()[: 6 - early] for y in (item.y, item.y_moved)]
    return [item.h, item.h_moved, *maps]


@models("equivariance/dense_or_conv")
def changed_places(x, shift, k, **_):
    item, early = shifted(x, shift, k)
    places = [early + i for i in range(6) if item.y[i] != item.y_moved[i]]
    assert item.changed == len(places)
    return places


def ring(x, T, f):
    """Stride-1 max-pooling around a ring, by the engine on the signal and its first sample."""

    def pooled(values):
        return conv.max_pool1d([*values, values[0]], 2, stride=1).tolist()

    def moved(values):
        return [*values[-2:], *values[:-2]]

    return [pooled(moved(x)), moved(pooled(x)), pooled(moved(x)) == moved(pooled(x))]


def free_values(n, k, quantity):
    matrix = conv.conv_matrix(k, input_shape=(n,))
    return [matrix.size, int((matrix != 0).sum()), len(set(matrix[matrix != 0].tolist()))]


QUESTION_1: Table = {
    ("fc-params", "weights (no bias)"): model(
        "parameters/dense_memory", dense_layer, lambda item: item.params - item.n
    ),
    ("fc-params", "biases"): model(
        "parameters/dense_memory", dense_layer, lambda item: item.params - item.macs
    ),
    ("fc-macs", "MACs per forward pass"): model("parameters/dense_memory", dense_layer, "macs"),
    ("fc-memory", "weight memory"): model(
        "training/dense_memory",
        lambda unit, **layer: dense_memory(**layer) | {"copies": 2 if unit == "GB=1e9" else 3},
        lambda item: item.weights if item.copies == 2 else item.binary,
    ),
    ("train-memory", "params+grads+state, GB (1e9)"): model(
        "training/dense_memory", dense_memory, "training"
    ),
    ("data-scaling-law", "training examples by the 10x rule"): models("parameters/data_scaling")(
        by_the_10x_rule
    ),
    ("data-scaling-law", "data factor under N ~ p^2"): models("parameters/data_scaling")(
        growth_of_data
    ),
    ("data-scaling-law", "data factor under the 10x rule"): models("parameters/data_scaling")(
        growth_of_data
    ),
    ("resolution-scaling", "parameter factor of a conv layer"): model(
        "parameters/scaling", scaling, lambda item: item.image[0]
    ),
    ("mlp-budget-inverse", "largest n_out"): model(
        "parameters/memory_budget",
        lambda n_in, budget_GB, bytes_per_param, bias: {
            "D": isqrt(n_in), "C": 1, "b": bytes_per_param, "M": 1000 * budget_GB,
        },
        "units",
    ),
    ("mlp-stack-params", "parameters"): model(
        "parameters/mlp_stack",
        lambda widths, bias: dict(zip(("d_0", "d_1", "d_2"), widths, strict=True)),
        lambda item: item.layers[0] + item.layers[1],
    ),
    ("shift-label-map", "new label position"): model(
        "equivariance/moved_label",
        lambda pixel, shift: {
            "r": pixel[0], "c": pixel[1], "u": shift[0], "v": shift[1],
        },
        "moved",
    ),
    ("equi-inv-classify", "class of each op"): models("equivariance/which_equivariant")(classes),
    ("pooling-shift-tolerance", "max-pool of x, of x shifted by 1, by 2"): model(
        "pooling/shift",
        lambda x, K, S, shifts: {"x": x},
        lambda item: [item.y.tolist(), item.y_one.tolist(), item.y_two.tolist()],
    ),
    ("commutation-check", "f(Tx), T f(x), equal?"): engine(
        ring, "equivariance/commuting has rings of five numbers, here there are seven"
    ),
    (
        "window-overlap-after-shift",
        "pixels kept in the window / pixels that meet the same weight",
    ): models("equivariance/window_after_shift")(kept_pixels),
    (
        "shift-mlp-vs-conv", "FC activation before, after; conv map before, after",
    ): dense_and_conv,
    (
        "shift-changed-activations", "positions of the conv map whose value changes",
    ): changed_places,
    (
        "position-detectors-cost",
        "weights for one 3x3 pattern at every valid position: unshared / shared",
    ): model(
        "parameters/dense_local_shared",
        lambda image, k: {"H": image[0], "C_in": 1, "C_out": 1, "K": k, "S": 1},
        lambda item: [item.local, item.shared],
    ),
    ("fc-row-as-toeplitz", "counts"): engine(
        free_values, "equivariance/as_dense asks for signals of 20 samples and more"
    ),
}  # fmt: skip
