"""Every public operation, called with one argument after the other spoilt.

What comes back must be an EngineError in one line that names the operation and the argument: never
another exception, never a result.
"""

import inspect
import re
from fractions import Fraction

import numpy as np
import pytest

from examgen import engine
from examgen.engine import EngineError, Layer, Network


def ones(*shape):
    return np.ones(shape, dtype=np.int64)


def without(given, *names):
    return {name: value for name, value in given.items() if name not in names}


def convolutions(axes):
    """Arguments that fit, all of them, of the layers on so many axes: 4 channels in 2 groups."""
    size, kernel, at = (5, 6, 4)[:axes], (3, 2, 2)[:axes], (0,) * (axes + 2)
    options = {"stride": 2, "padding": 1, "dilation": 1}
    x, bias = {"x": ones(2, 4, *size)}, {"bias": ones(4)}
    shared = x | {"weight": ones(4, 2, *kernel)} | bias | options | {"groups": 2}
    conv = shared | {"border": "circular", "flip": False}
    transposed = shared | {"output_padding": 1}
    y = getattr(engine, f"conv{axes}d")(**conv)
    wide = getattr(engine, f"conv_transpose{axes}d")(**transposed)
    own = {"weight": ones(4, *y.shape[2:], 4, *kernel), "bias": ones(*y.shape[1:])}
    own = x | own | options
    depthwise, pointwise = {"weight": ones(4, 1, *kernel)}, {"weight": ones(4, 4)}
    both = {"depthwise": ones(4, 1, *kernel), "pointwise": ones(4, 4)}
    return {
        f"conv{axes}d": conv,
        f"conv{axes}d_gradients": without(conv, "bias") | {"dy": y},
        f"trace_conv{axes}d": conv | {"at": at},
        f"conv_transpose{axes}d": transposed,
        f"conv_transpose{axes}d_gradients": without(transposed, "bias") | {"dy": wide},
        f"trace_conv_transpose{axes}d": transposed | {"at": at},
        f"unshared_conv{axes}d": own,
        f"trace_unshared_conv{axes}d": own | {"at": at},
        f"depthwise_conv{axes}d": x | depthwise | bias | options | {"border": "zero"},
        f"pointwise_conv{axes}d": x | pointwise | bias,
        f"depthwise_separable_conv{axes}d": x | both | bias | options | {"border": "zero"},
    }


def pooling(axes):
    size, at = (5, 6, 4)[:axes], (0,) * (axes + 2)
    x = {"x": ones(2, 3, *size)}
    shared = x | {"kernel_size": 2, "stride": 2, "padding": 1, "ceil_mode": True}
    own = {"max": {"dilation": 1}, "avg": {"count_include_pad": True}, "lp": {"power": 1}}
    calls = {
        f"max_pool{axes}d_indices": shared | own["max"],
        f"max_unpool{axes}d": {
            "y": ones(3, *(1,) * axes),
            "indices": ones(3, *(1,) * axes),
            "size": 2,
        },
        f"global_max_pool{axes}d": x,
        f"global_avg_pool{axes}d": x,
    }
    for kind, options in own.items():
        name, given = f"{kind}_pool{axes}d", shared | options
        y = getattr(engine, name)(**given)
        calls[name], calls[f"trace_{name}"] = given, given | {"at": at}
        calls[f"{name}_gradient"] = given | {"dy": np.ones_like(y, dtype=np.int64)}
    mean = calls[f"avg_pool{axes}d_gradient"]
    calls[f"avg_pool{axes}d_gradient"] = without(mean, "x") | {"size": size}
    return calls


def sampling():
    point = {"x": Fraction(1, 2), "y": 1}
    image = {"image": ones(3, 4)} | point
    deform = {"x": ones(2, 4, 5, 6), "offset": ones(2, 24, 3, 4), "weight": ones(2, 2, 3, 2)}
    deform |= {"mask": ones(2, 12, 3, 4), "stride": 2, "padding": 1, "dilation": 1}
    return {
        "bilinear_sample": image,
        "bilinear_gradient": image,
        "bilinear_pixel_gradient": image,
        "bilinear_weights": point | {"height": 3, "width": 4},
        "trace_bilinear": image,
        "deform_conv2d": deform | {"bias": ones(2)},
        "deform_conv2d_gradients": deform | {"dy": ones(2, 2, 3, 4)},
        "trace_deform_conv2d": deform | {"bias": ones(2), "at": (0, 0, 0, 0)},
    }


def others():
    options = {"stride": 2, "padding": 1, "dilation": 1}
    columns = options | {"kernel_size": (3, 2), "axes": 2}
    shape = {"input_shape": (5, 6), "kernel_size": 3, "output_padding": 1}
    along, aligned = {"layers": [(3, 2, 1, 1)], "size": 9}, {"aligned": True}
    matrix = {"weight": ones(4, 2, 3, 2), "input_shape": (4, 5, 6), "groups": 2, "border": "zero"}
    return {
        "im2col": columns | {"x": ones(2, 4, 5, 6), "border": "zero"},
        "col2im": columns | {"columns": ones(2, 24, 12), "input_shape": (2, 4, 5, 6)},
        "conv_matrix": options | matrix,
        "pad": {"x": ones(5, 6), "padding": 1, "border": "zero", "axes": 2},
        "insert_zeros": {"x": ones(5, 6), "stride": 2, "axes": 2},
        "overlap_counts": options | shape,
        "rank": {"matrix": ones(2, 3)},
        "rank_factors": {"kernel": ones(2, 3)},
        "rank_one_factors": {"kernel": ones(2, 3)},
        "primitive_factors": {"kernel": ones(2, 3)},
        "low_rank": {"kernel": ones(2, 3), "rank": 1},
        "separable_cost": {"image": 9, "kernel": 3, "mode": "valid", "rank": 1},
        "receptive_field": along | aligned,
        "receptive_fields": along | aligned,
        "receptive_field_indices": along,
        "misalignments": along,
        "architecture": {"name": "vgg-16", "classes": 10},
    }


CALLS = sampling() | others()
for number in (1, 2, 3):
    CALLS |= convolutions(number) | pooling(number)

COUNTS = [-1, 1.5, "2", True, object(), [[1]], [1] * 7, float("nan"), {}, Fraction(3, 2), []]
COUNTS.append(ones(2, 2))
FLAGS = [None, 2, "yes", []]
POINTS = [None, "2", True, float("nan"), float("inf"), [1], [[1, 2]], object(), 1j]
BAD = {
    "x": POINTS,
    "y": POINTS,
    "image": [0, None, *COUNTS],
    "kernel": [0, 99, None, *COUNTS],
    "stride": [0, *COUNTS],
    "dilation": [0, *COUNTS],
    "kernel_size": [0, None, *COUNTS],
    "padding": [None, "wide", *COUNTS],
    "output_padding": [99, None, *COUNTS],
    "groups": [0, 3, None, [2], *COUNTS],
    "border": ["mirror", None, 3, [], {}, True],
    "flip": FLAGS,
    "ceil_mode": FLAGS,
    "count_include_pad": FLAGS,
    "aligned": FLAGS,
    "power": [0, None, [2], *COUNTS],
    "at": [None, 0, "0", (0,), (99,) * 9, (-1, 0, 0), (0.5, 0, 0), [[0]], {}],
    "axes": [0, 4, None, [2], *COUNTS],
    "size": [0, *COUNTS],
    "height": [0, None, *COUNTS],
    "width": [0, None, *COUNTS],
    "rank": [0, None, *COUNTS],
    "mode": ["full", None, 3, []],
    "name": ["vgg16", None, 3, []],
    "classes": [0, *COUNTS],
    "input_shape": [0, None, (0, 4, 5, 6), *COUNTS],
    "layers": [
        *(3, "3", None, [0], ["3"], [None], [(1, 2, 3, 4, 5)], {1: 3}, {"a": 3}),
        *({"a": (3, reads)} for reads in ([], ["b"], None, [[]])),
    ],
}
WORDS = {  # what an argument is called in messages; where shapes misfit, the other may be named
    "x": "input|dy",
    "y": "input",
    "weight": "weight|bias|dy",
    "depthwise": "weight",
    "pointwise": "weight",
    "offset": "offset|mask",
    "kernel": "kernel|matrix",
    "layers": "layers?",
}
FREE = {  # operations that an argument with more channels, or columns, fits as well
    "x": "^(?!.*gradient).*pool|im2col|pad|insert_zeros",
    "dy": "avg",
    "weight": "deform",
    "matrix": "rank",
    "kernel": "rank|factors",
    "image": "bilinear",
}


def spoilt(operation, name):
    """Bad values of an argument: of the wrong kind, not finite, or of a shape that does not fit."""
    value = CALLS[operation][name]
    if not isinstance(value, np.ndarray):
        return BAD[name]
    nan, infinite = value.astype(float), value.astype(float)
    nan.flat[-1], infinite.flat[0] = np.nan, np.inf
    bad = ["text", {}, object(), [], [[1], [1, 2]], [None], value == 1, value * 1j]
    bad += [value.astype(str), nan, infinite, value.reshape((1,) * 7 + value.shape)]
    if name not in ("bias", "mask"):
        bad.append(None)
    if not re.search(FREE.get(name, "^$"), operation):
        bad.append(np.concatenate([value, value], axis=0 if value.ndim == 1 else 1))
    return bad


def error(call, **arguments):
    with pytest.raises(EngineError) as caught:
        pytest.fail(f"{call(**arguments)!r} came back")
    return str(caught.value)


def test_every_operation_is_here():
    operations = {n for n in engine.__all__ if inspect.isfunction(getattr(engine, n))}
    assert set(CALLS) == operations
    for operation, given in CALLS.items():
        parameters = inspect.signature(getattr(engine, operation)).parameters
        assert set(parameters) - {"options"} <= set(given)


@pytest.mark.parametrize("operation", CALLS)
def test_the_arguments_fit_before_one_is_spoilt(operation):
    getattr(engine, operation)(**CALLS[operation])


@pytest.mark.parametrize(("operation", "name"), [(n, name) for n in CALLS for name in CALLS[n]])
def test_a_bad_argument(operation, name):
    words = name if "bilinear" in operation else WORDS.get(name, name)
    for bad in spoilt(operation, name):
        message = error(getattr(engine, operation), **(CALLS[operation] | {name: bad}))
        assert re.fullmatch(rf"{operation}: .*\b({words})\b.*", message), f"{bad!r}: {message}"


@pytest.mark.parametrize("operation", [n for n in CALLS if not re.search("transpose|overlap", n)])
def test_a_kernel_larger_than_its_padded_input(operation):
    for name in {"kernel_size", "dilation"} & set(CALLS[operation]):
        message = error(getattr(engine, operation), **(CALLS[operation] | {name: 99}))
        assert re.match(f"{operation}: the kernel spans .* more than the padded input", message)


@pytest.mark.parametrize("operation", [n for n in CALLS if re.match("trace_.*(conv|pool).d", n)])
def test_a_trace_of_an_option_that_there_is_not(operation):
    if "deform" not in operation:  # its options are its arguments
        message = error(getattr(engine, operation), **CALLS[operation], strides=1)
        assert message.startswith(f"{operation}: there is no option 'strides'")


LAYER = {
    "operation": ("conv", ["convolution", None, 3, []]),
    "channels": (4, [0, None, *COUNTS]),
    "kernel": (3, [0, 99, None, *COUNTS]),
    "stride": (1, BAD["stride"]),
    "padding": (0, BAD["padding"]),
    "dilation": (1, [99, *BAD["dilation"]]),
    "groups": (1, BAD["groups"][:1] + BAD["groups"][2:] + [2]),
    "bias": (True, FLAGS),
    "ceil_mode": (False, FLAGS),
    "inputs": (("input",), [("b",), ("a",), ("input", "input"), None, "input", 3, ([],)]),
    "name": ("a", ["input", None, 3, [1]]),
}


@pytest.mark.parametrize("name", LAYER)
def test_a_bad_layer_of_a_network(name):
    good = {field: value for field, (value, _) in LAYER.items()}

    def costs(**fields):
        return Network("net", (3, 9, 9), [Layer(**(good | fields))]).costs()

    costs()
    for bad in LAYER[name][1]:
        message = error(costs, **{name: bad})
        assert re.match(r"net: .*\b(layer|operation)\b", message)


@pytest.mark.parametrize(
    ("shape", "layers"),
    [(bad, [Layer("relu")]) for bad in (5, None, (0, 9, 9), "39", ())]
    + [((3, 9, 9), bad) for bad in (None, 3, "conv", ["conv"], [None], Layer("relu"))],
)
def test_a_bad_network(shape, layers):
    message = error(lambda: Network("net", shape, layers).costs())
    assert re.match(r"net: (input_shape|layers) must be", message)
