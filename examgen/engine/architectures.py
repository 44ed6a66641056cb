"""The networks of the textbooks, as data.

Rectifiers and dropout are left out: they are computed in place and have no parameters. All images
are RGB but LeNet's; ``classes`` is the number of outputs.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from examgen.engine.exact import EngineError
from examgen.engine.layers import Layer
from examgen.engine.layout import whole
from examgen.engine.network import Network

_IMAGENET = (3, 224, 224)

_VGG = {  # channels of the 3 × 3 convolutions of each of the five blocks
    "vgg-11": ((64,), (128,), (256,) * 2, (512,) * 2, (512,) * 2),
    "vgg-13": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 2, (512,) * 2),
    "vgg-16": ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3),
    "vgg-19": ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4),
}
_RESNET = {  # units in each of the four stages; has a unit a bottleneck?
    "resnet-18": ((2, 2, 2, 2), False),
    "resnet-34": ((3, 4, 6, 3), False),
    "resnet-50": ((3, 4, 6, 3), True),
    "resnet-101": ((3, 4, 23, 3), True),
    "resnet-152": ((3, 8, 36, 3), True),
}
_INCEPTION = {  # 1 × 1; reduction and 3 × 3; reduction and 5 × 5; projection of the pool
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
_MOBILENET_V1 = (  # channels and stride of the separable layers
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
_MOBILENET_V2 = (  # expansion, channels, units, stride of the first unit
    *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
    *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
)
_SQUEEZENET = {  # squeezed channels and channels of each half of the expansion
    2: (16, 64),
    3: (16, 64),
    4: (32, 128),
    5: (32, 128),
    6: (48, 192),
    7: (48, 192),
    8: (64, 256),
    9: (64, 256),
}


def architecture(name: str, *, classes: int | None = None) -> Network:
    """The network of that name, one of ``ARCHITECTURES``; ``classes`` is 10 (LeNet) or 1000.

    Sources: LeNet-5: LeCun et al. (1998), with every map of C3 connected to all of S2, plain
    average pooling and a linear last layer. AlexNet: Krizhevsky et al. (2012), in two groups (the
    two towers) and without; one tower: Krizhevsky, "One weird trick" (2014). VGG: Simonyan and
    Zisserman (2015), A, B, D, E. GoogLeNet: Szegedy et al. (2015), without the auxiliary
    classifiers; "googlenet-bn" is torchvision's, with batch norm and 3 × 3 in place of 5 × 5.
    ResNet: He et al. (2016), the stride of a bottleneck in its 3 × 3 convolution (version 1.5).
    MobileNet: Howard et al. (2017), Sandler et al. (2018). SqueezeNet 1.0: Iandola et al. (2016).

    Raises EngineError (a ValueError) for another name.
    """
    if name not in ARCHITECTURES:
        close = get_close_matches(str(name), ARCHITECTURES, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise EngineError(
            f"architecture: name must be one of {', '.join(ARCHITECTURES)}, not {name!r}{hint}"
        )
    shape = {"lenet-5": (1, 32, 32), "alexnet-grouped": (3, 227, 227)}
    shape["alexnet-ungrouped"] = shape["alexnet-grouped"]
    outputs = (10 if name == "lenet-5" else 1000) if classes is None else classes
    outputs = whole("architecture", "classes", outputs, low=1)
    layers = tuple(_BUILDERS[name](name, outputs))
    return Network(name, shape.get(name, _IMAGENET), layers)


def _lenet(name: str, classes: int) -> Iterator[Layer]:
    yield Layer("conv", 6, 5, name="c1")
    yield Layer("avg_pool", kernel=2, name="s2")
    yield Layer("conv", 16, 5, name="c3")
    yield Layer("avg_pool", kernel=2, name="s4")
    yield Layer("conv", 120, 5, name="c5")
    yield Layer("linear", 84, name="f6")
    yield Layer("linear", classes, name="output")


def _alexnet(name: str, classes: int) -> Iterator[Layer]:
    old, groups = name != "alexnet-one-tower", 2 if name == "alexnet-grouped" else 1
    widths = (96, 256, 384, 384, 256) if old else (64, 192, 384, 256, 256)
    first, second = (11, 4, 0 if old else 2, 1), (5, 1, 2, groups)
    plan = (first, second, (3, 1, 1, 1), (3, 1, 1, groups), (3, 1, 1, groups))
    for number, (width, window) in enumerate(zip(widths, plan, strict=True), start=1):
        kernel, stride, padding, split = window
        yield Layer(
            "conv",
            width,
            kernel,
            stride=stride,
            padding=padding,
            groups=split,
            name=f"conv{number}",
        )
        if old and number < 3:
            yield Layer("lrn", name=f"norm{number}")
        if number in (1, 2, 5):
            yield Layer("max_pool", kernel=3, stride=2, name=f"pool{number}")
    yield from _classifier(classes)


def _classifier(classes: int) -> Iterator[Layer]:
    for number, units in ((6, 4096), (7, 4096), (8, classes)):
        yield Layer("linear", units, name=f"fc{number}")


def _vgg(name: str, classes: int) -> Iterator[Layer]:
    for block, widths in enumerate(_VGG[name], start=1):
        for number, width in enumerate(widths, start=1):
            yield Layer("conv", width, 3, padding=1, name=f"conv{block}_{number}")
        yield Layer("max_pool", kernel=2, name=f"pool{block}")
    yield from _classifier(classes)


def _normed(
    name: str, width: int, kernel: int, stride: int = 1, groups: int = 1, source: str = ""
) -> Iterator[Layer]:
    """A convolution without bias, half a kernel of padding, and its batch norm, which is named."""
    inputs = (source,) if source else ()
    yield Layer(
        "conv",
        width,
        kernel,
        stride=stride,
        padding=kernel // 2,
        groups=groups,
        bias=False,
        inputs=inputs,
        name=f"{name}/conv",
    )
    yield Layer("batch_norm", name=name)


def _googlenet(name: str, classes: int) -> Iterator[Layer]:
    normed = name == "googlenet-bn"

    def conv(label: str, width: int, kernel: int, stride: int = 1, source: str = "") -> list[Layer]:
        if normed:
            return list(_normed(label, width, kernel, stride, source=source))
        inputs = (source,) if source else ()
        half = kernel // 2
        return [
            Layer("conv", width, kernel, stride=stride, padding=half, inputs=inputs, name=label)
        ]

    def norm(number: int) -> list[Layer]:
        return [] if normed else [Layer("lrn", name=f"norm{number}")]

    yield from conv("conv1", 64, 7, 2)
    yield Layer("max_pool", kernel=3, stride=2, ceil_mode=True, name="pool1")
    yield from (*norm(1), *conv("conv2_reduce", 64, 1), *conv("conv2", 192, 3), *norm(2))
    yield Layer("max_pool", kernel=3, stride=2, ceil_mode=True, name="pool2")
    source = "pool2"
    for module, (one, three_in, three, five_in, five, projected) in _INCEPTION.items():
        unit = f"inception_{module}"
        yield from conv(f"{unit}/1x1", one, 1, source=source)
        yield from conv(f"{unit}/3x3_reduce", three_in, 1, source=source)
        yield from conv(f"{unit}/3x3", three, 3)
        yield from conv(f"{unit}/5x5_reduce", five_in, 1, source=source)
        yield from conv(f"{unit}/5x5", five, 3 if normed else 5)
        yield Layer(
            "max_pool", kernel=3, stride=1, padding=1, inputs=(source,), name=f"{unit}/pool"
        )
        yield from conv(f"{unit}/pool_proj", projected, 1)
        parts = tuple(f"{unit}/{part}" for part in ("1x1", "3x3", "5x5", "pool_proj"))
        yield Layer("concat", inputs=parts, name=unit)
        source = unit
        if module in ("3b", "4e"):
            source = f"pool{module[0]}"
            kernel = 2 if normed and module == "4e" else 3
            yield Layer("max_pool", kernel=kernel, stride=2, ceil_mode=True, name=source)
    yield Layer("global_avg_pool", name="pool5")
    yield Layer("linear", classes, name="classifier")


def _resnet(name: str, classes: int) -> Iterator[Layer]:
    stages, bottleneck = _RESNET[name]
    yield from _normed("conv1", 64, 7, 2)
    yield Layer("max_pool", kernel=3, stride=2, padding=1, name="pool1")
    source, channels = "pool1", 64
    for stage, units in enumerate(stages, start=2):
        width = 64 * 2 ** (stage - 2)
        wide = 4 * width if bottleneck else width
        for number in range(1, units + 1):
            unit, stride = f"conv{stage}_{number}", 2 if stage > 2 and number == 1 else 1
            kernels = (1, 3, 1) if bottleneck else (3, 3)
            strided = 1 if bottleneck else 0
            for place, kernel in enumerate(kernels):
                last = place == len(kernels) - 1
                yield from _normed(
                    f"{unit}/{place + 1}",
                    wide if last else width,
                    kernel,
                    stride if place == strided else 1,
                    source="" if place else source,
                )
            if stride > 1 or channels != wide:
                yield from _normed(f"{unit}/shortcut", wide, 1, stride, source=source)
                source = f"{unit}/shortcut"
            yield Layer("add", inputs=(f"{unit}/{len(kernels)}", source), name=unit)
            source, channels = unit, wide
    yield Layer("global_avg_pool", name="pool5")
    yield Layer("linear", classes, name="classifier")


def _mobilenet_v1(name: str, classes: int) -> Iterator[Layer]:
    yield from _normed("conv0", 32, 3, 2)
    channels = 32
    for number, (width, stride) in enumerate(_MOBILENET_V1, start=1):
        yield from _normed(f"conv{number}/depthwise", channels, 3, stride, groups=channels)
        yield from _normed(f"conv{number}", width, 1)
        channels = width
    yield Layer("global_avg_pool", name="pool")
    yield Layer("linear", classes, name="classifier")


def _mobilenet_v2(name: str, classes: int) -> Iterator[Layer]:
    yield from _normed("conv0", 32, 3, 2)
    source, channels, number = "conv0", 32, 0
    for expansion, width, units, first in _MOBILENET_V2:
        for stride in (first, *[1] * (units - 1)):
            number += 1
            unit, wide = f"bottleneck{number}", expansion * channels
            if expansion > 1:
                yield from _normed(f"{unit}/expand", wide, 1)
            yield from _normed(f"{unit}/depthwise", wide, 3, stride, groups=wide)
            yield from _normed(f"{unit}/project", width, 1)
            if stride == 1 and channels == width:
                yield Layer("add", inputs=(f"{unit}/project", source), name=unit)
                source = unit
            else:
                source = f"{unit}/project"
            channels = width
    yield from _normed("conv_last", 1280, 1)
    yield Layer("global_avg_pool", name="pool")
    yield Layer("linear", classes, name="classifier")


def _squeezenet(name: str, classes: int) -> Iterator[Layer]:
    yield Layer("conv", 96, 7, stride=2, name="conv1")
    yield Layer("max_pool", kernel=3, stride=2, ceil_mode=True, name="pool1")
    for number, (squeezed, half) in _SQUEEZENET.items():
        unit = f"fire{number}"
        squeeze = f"{unit}/squeeze"
        yield Layer("conv", squeezed, 1, name=squeeze)
        yield Layer("conv", half, 1, inputs=(squeeze,), name=f"{unit}/1x1")
        yield Layer("conv", half, 3, padding=1, inputs=(squeeze,), name=f"{unit}/3x3")
        yield Layer("concat", inputs=(f"{unit}/1x1", f"{unit}/3x3"), name=unit)
        if number in (4, 8):
            yield Layer("max_pool", kernel=3, stride=2, ceil_mode=True, name=f"pool{number}")
    yield Layer("conv", classes, 1, name="conv10")
    yield Layer("global_avg_pool", name="pool10")


_BUILDERS: dict[str, Callable[[str, int], Iterator[Layer]]] = {
    "lenet-5": _lenet,
    "alexnet-grouped": _alexnet,
    "alexnet-ungrouped": _alexnet,
    "alexnet-one-tower": _alexnet,
    **dict.fromkeys(_VGG, _vgg),
    "googlenet": _googlenet,
    "googlenet-bn": _googlenet,
    **dict.fromkeys(_RESNET, _resnet),
    "mobilenet-v1": _mobilenet_v1,
    "mobilenet-v2": _mobilenet_v2,
    "squeezenet": _squeezenet,
}
ARCHITECTURES = tuple(_BUILDERS)
