"""Question 3: locality and sharing, depth and fields, equivariance to shifts alone."""

from source_values.served import Table, engine, item_of, model, models

from examgen import engine as conv

THOUSAND = {"H": 1000, "K": 3}


def small_filters(k, C_in, C_out=1, **_):
    return {"H": 64, "C_in": C_in, "C_out": C_out, "K_h": k[0], "K_w": k[1]}


@models("parameters/conv_parameters")
def conv_params(k, C_in, C_out, bias):
    item = item_of("parameters/conv_parameters", **small_filters(k, C_in, C_out))
    return item.params if bias else item.params - item.C_out


@models("parameters/find_the_layer")
def filters_of_a_count(k, C_in, bias, params):
    """The model prints the parameters with one bias a filter: those without are F fewer."""
    items = (item_of("parameters/find_the_layer", C=C_in, K=k[0], F=F) for F in range(1, 200))
    (item,) = (item for item in items if item.first - item.F == params)
    return item.filters


@models("parameters/scaling", "concepts/larger_images")
def growth(change, quantities):
    scaled = item_of("parameters/scaling", r=2)
    weights, macs, activations, dense = scaled.image.tolist()
    matched = item_of("concepts/larger_images", r=2, turn=1)
    field = 2 ** (0, 1, 2, 4)[matched.key("factors")[0]]  # row 1 of turn 1: side of the field
    return [weights, macs, activations, dense, field]


@models("convolution/shifted_signal")
def slid_along(x, k, op, mode, pad=(0, 0)):
    """The model's bump stands at samples 3 to 5 of seven, or is shifted by two."""
    start = next(place for place, value in enumerate(x) if value)
    item = item_of("convolution/shifted_signal", b=[1, 2, 3], k=k, d=2)
    assert item.signal(start - 2).tolist() == x
    flipped = op == "convolution"
    if pad != (0, 0):  # one zero on the right, as the model's y of a signal that is longer by one
        return conv.conv1d([*x, *[0] * pad[1]], k, flip=True)
    if start == 2:
        return item.flipped if flipped else item.y
    return item.carry({"y": item.key("flipped")}).key("shifted") if flipped else item.shifted


def turn(K, patch=((0, 0, 0), (0, 0, 0), (0, 0, 0)), rotation="90 clockwise"):
    return {"X": patch, "K": K, "turn": rotation.removeprefix("90 ")}


@models("convolution/rotated_kernel")
def strongest_responses(K, image, rotation, mode):
    """All patches of the turned image, under K and under the turned K.

    The image has equal rows, so its patches are those of three rows; the model turns each.
    """
    answers = []
    for column in range(4):
        patch = [row[column : column + 3] for row in image[:3]]
        item = item_of("convolution/rotated_kernel", **turn(K, patch, rotation))
        mended = item_of("convolution/rotated_kernel", X=patch, K=item.kernel, turn=item.turn)
        answers.append((abs(item.after), abs(mended.after)))
    return [max(column) for column in zip(*answers, strict=True)]


def moves_of(S, d):
    """By how many places the output of a strided layer moves; None where it does not just move."""
    return [moved_by(S, shift) for shift in d]


def moved_by(stride, shift):
    x = list(range(1, 41))
    whole = conv.conv1d(x, [1], stride=stride)
    later = conv.conv1d([*[0] * shift, *x], [1], stride=stride)
    found = [m for m in range(1, 10) if (later[m : len(whole)] == whole[: len(whole) - m]).all()]
    return found[0] if found else None


def without_flip(K):
    """The weight that a true convolution gives each pixel of an image as large as its kernel."""
    side = range(len(K))
    lit = [[conv.pad([[1]], ((r, 2 - r), (c, 2 - c))) for c in side] for r in side]
    return [[int(conv.conv2d(image, K, flip=True)[0, 0]) for image in images] for images in lit]


QUESTION_3: Table = {
    ("fc-local-shared-chain", "FC / local / shared weights"): model(
        "parameters/dense_local_shared",
        lambda n_in, n_hidden, k: THOUSAND | {"C_in": 1, "C_out": 1, "S": 10},
        lambda item: [item.dense, item.local, item.shared],
    ),
    ("percent-reduction", "percent fewer"): model(
        "parameters/dense_local_shared",
        lambda **_: THOUSAND | {"C_in": 1, "C_out": 1, "S": 10},
        lambda item: 100 * (1 - 1 / item.ratio),
    ),
    ("reduction-factor", "ratio"): model(
        "parameters/dense_local_shared",
        lambda fc, conv: THOUSAND | {"C_in": 3, "C_out": 64, "S": 1000},
        lambda item: f"{item.dense}/{item.shared}",
    ),
    ("fair-fc-equivalent", "FC weights for the same output volume"): model(
        "parameters/dense_local_shared",
        lambda out, **_: THOUSAND | {"C_in": 3, "C_out": out[2], "S": 1},
        "dense",
    ),
    ("which-depends-on-resolution", "factor of each (same padding)"): growth,
    ("conv-params", "parameters"): conv_params,
    ("conv-params-inverse", "C_out"): filters_of_a_count,
    ("depth-to-cover", "least L with RF >= W"): model(
        "receptive_field/depth_to_cover",
        lambda W, k, stride: {"W": W, "K": k},
        "depth",
    ),
    ("rf-design-inverse", "number of stride-1 3x3 layers for RF 51"): model(
        "receptive_field/depth_to_cover",
        lambda k, target, stride: {"W": target, "K": k},
        "depth",
    ),
    ("stack-vs-large-kernel", "weights stacked, single (x C^2)"): model(
        "receptive_field/stack_or_large",
        lambda k, L, big_k, C: {"k": k, "m": L, "C": C},
        lambda item: [item.stack, item.ratio * item.stack],
    ),
    ("rf-path-count", "paths from each of the 5 input pixels to the output (1-D)"): model(
        "receptive_field/two_as_one",
        lambda k, L: {"k": [[1] * k] * L},
        "c",
    ),
    ("corr1d-shift", "output"): slid_along,
    ("corr-vs-conv", "kernel to give a cross-correlation routine so that it convolves"): engine(
        without_flip, "convolution/flipped_kernel has kernels of 2 × 2, here it is 3 × 3"
    ),
    ("kernel-rotation-response", "rotated kernel"): model(
        "convolution/rotated_kernel", turn, "kernel"
    ),
    (
        "kernel-rotation-response", "max |response| on the rotated image, with K and with rot(K)",
    ): strongest_responses,
    ("stride-equivariance", "output shift (None: not a shift)"): engine(
        moves_of, "equivariance/borders_and_strides counts such shifts and lists none"
    ),
    (
        "boundary-equivariance-count", "positions where f(Tx) and T f(x) differ for generic x, k",
    ): model(
        "convolution/border_positions",
        lambda n, k, P, shift, fill: {"n": n, "K": k, "D": 1, "d": shift},
        "failing",
    ),
    ("scale-commutation", "f(up x), up f(x), equal?"): model(
        "equivariance/enlarging",
        lambda x, k, op, scale: {"x": x, "k": k},
        lambda item: [
            item.key("first_enlarged"), item.key("enlarged_after"),
            item.key("first_enlarged") == item.key("enlarged_after"),
        ],
    ),
    ("symmetric-kernel-dof", "free parameters"): model(
        "convolution/symmetric_kernels",
        lambda k, symmetry: {"layer": (k, "turning it by 90 degrees", 2, 10)},
        "free",
    ),
}  # fmt: skip
