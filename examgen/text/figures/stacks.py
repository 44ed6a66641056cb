"""Figures of stacks of layers: the receptive field and the chain of a network."""

import re
from collections.abc import Sequence

from examgen.text.figures.canvas import DARK, GREY, LIGHT, WHITE, Canvas, at_least, width_of
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError

_NARROW = 290.0  # CSS pixels that the page of the large edition holds without shrinking letters
_LETTERS = re.compile(r"[A-Za-z]( × [A-Za-z])*")  # a variable, or a product of some


def receptive_field_figure(
    kernels: Sequence[int], strides: Sequence[int], reveal: bool = False
) -> Figure:
    """What one value of the last layer sees in each layer below, as widening bars.

    Not to scale, and without widths, unless `reveal` is set (for a solution): then each bar is
    as long as the number of values it stands for, which is written in it.
    """
    if len(kernels) != len(strides) or not kernels:
        raise TextError("receptive_field_figure wants one stride for each kernel")
    for kernel, stride in zip(kernels, strides, strict=True):
        at_least(1, kernel=kernel, stride=stride)
    layers = len(kernels)
    fields = _fields(kernels, strides)
    widest, narrowest = 160.0, 14.0
    lengths = [max(widest * field / fields[0], narrowest) for field in fields]
    if not reveal:
        grown = (widest - narrowest) / layers
        lengths = [narrowest + grown * (layers - layer) for layer in range(layers + 1)]
    names = [say("image_below"), *(say("after_layer", number=one) for one in range(1, layers + 1))]
    between = [
        say("kernel_and_stride", kernel=kernel, stride=stride)
        for kernel, stride in zip(kernels, strides, strict=True)
    ]
    gap, bar = 26.0, 16.0
    left = 12 + max(map(width_of, [*names, *between]))
    centre = left + widest / 2
    canvas = Canvas(left + widest + 4, (gap + bar) * layers + bar + 8)
    tops = [4 + (layers - layer) * (gap + bar) for layer in range(layers + 1)]
    for layer in range(layers):
        for side in (-1, 1):
            start = centre + side * lengths[layer + 1] / 2, tops[layer + 1] + bar
            canvas.line(start, (centre + side * lengths[layer] / 2, tops[layer]), dash="3 2")
        canvas.text(left - 8, tops[layer] - gap / 2, between[layer], anchor="end", fill=DARK)
    for layer, (top, length) in enumerate(zip(tops, lengths, strict=True)):
        canvas.text(left - 8, top + bar / 2, names[layer], anchor="end")
        fill = WHITE if layer == 0 else (GREY if layer == layers else LIGHT)
        canvas.rectangle(centre - length / 2, top, length, bar, fill=fill)
        if reveal:
            canvas.text(centre, top + bar / 2, fields[layer], size=10)
    if not reveal:
        canvas.text(centre, tops[0] + bar / 2, "?")
    told = "; ".join(
        say("layer", number=number, kernel=kernel, stride=stride)
        for number, (kernel, stride) in enumerate(zip(kernels, strides, strict=True), 1)
    )
    seen = say("field_sees", pixels=fields[0]) if reveal else say("not_to_scale")
    return canvas.figure(say("field", layers=told, seen=seen))


def network_figure(*layers: str) -> Figure:
    """Layers of a network as boxes in rows of up to four, joined by arrows.

    A name of single letters, such as "k × k", is slanted.
    """
    if not layers:
        raise TextError("network_figure wants at least one layer")
    high, gap, between = 34.0, 20.0, 22.0
    wide = max(48.0, *(16 + width_of(line) for name in layers for line in name.split("\n")))
    fitting = max(1, min(4, int((_NARROW - 8 + gap) // (wide + gap))))
    rows = -(-len(layers) // fitting)
    columns = -(-len(layers) // rows)
    canvas = Canvas(columns * (wide + gap) - gap + 8, rows * (high + between) - between + 8)
    for number, name in enumerate(layers):
        row, column = divmod(number, columns)
        x, y = 4 + column * (wide + gap), 4 + row * (high + between)
        canvas.rectangle(x, y, wide, high, fill=WHITE, round_=3)
        lines = name.split("\n")
        for line, words in enumerate(lines):
            middle = y + high / 2 + 12 * (line - (len(lines) - 1) / 2)
            canvas.text(x + wide / 2, middle, words, italic=bool(_LETTERS.fullmatch(words)))
        if number + 1 < len(layers) and column < columns - 1:
            canvas.arrow((x + wide, y + high / 2), (x + wide + gap, y + high / 2))
        elif number + 1 < len(layers):
            turn = y + high + 9
            canvas.path([(x + wide / 2, y + high), (x + wide / 2, turn), (4 + wide / 2, turn)])
            canvas.arrow((4 + wide / 2, turn), (4 + wide / 2, y + high + between))
    told = say("then").join(" ".join(name.split()) for name in layers)
    return canvas.figure(say("network", layers=told))


def _fields(kernels: Sequence[int], strides: Sequence[int]) -> list[int]:
    """The values seen in the image and after each layer but the last, which counts 1.

    Going down one layer, n values see stride * (n - 1) + kernel values.
    """
    fields = [1]
    for kernel, stride in zip(reversed(kernels), reversed(strides), strict=True):
        fields.insert(0, stride * (fields[0] - 1) + kernel)
    return fields
