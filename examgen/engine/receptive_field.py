"""Receptive fields along one axis, of chains and of branching networks, by two routes.

Layers are given in one of two forms:

* a chain: a sequence of (kernel, stride, padding, dilation), from the input on; the last three
  may be left out (1, 0, 1), and a number alone is a kernel;
* a graph: a mapping from a layer's name to (layer, names of what it reads), each layer after what
  it reads; ``"input"`` is the input of the network, the last layer is its output. A layer that
  reads several adds or concatenates them first.

``padding`` is a number, (before, after), or ``"same"``: TensorFlow's rule, by which the output has
ceil(size / stride) units and the padding, the smaller half of it before, depends on the size.
Pooling counts as a layer.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from examgen.engine.axis_layers import Window, output_units, pads, read_windows
from examgen.engine.exact import EngineError, whole_if_integral
from examgen.engine.layout import flag, whole

Fields = dict[str, "ReceptiveField | None"]


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What the units of a layer see along one axis: ``size`` pixels from start + jump · unit on.

    ``start`` is the first pixel of unit 0, negative where that lies in the padding; None where it
    depends on the size of the input, which was not given. Units: pixels of the input.
    """

    size: int
    jump: int
    start: int | None

    @property
    def centre(self) -> int | Fraction | None:
        """The middle of the field of unit 0; a half where the field has an even size."""
        if self.start is None:
            return None
        return whole_if_integral(Fraction(2 * self.start + self.size - 1, 2))

    def pixels(self, unit: int, *, size: int) -> range:
        """The pixels that a unit sees of an input of ``size`` pixels: clipped at the borders.

        Raises EngineError (a ValueError) if ``start`` is unknown.
        """
        unit = whole("ReceptiveField.pixels", "unit", unit, low=0)
        size = whole("ReceptiveField.pixels", "size", size, low=1)
        if self.start is None:
            raise EngineError(
                "ReceptiveField.pixels: start is unknown, because padding 'same' depends on the "
                "size of the input; compute the receptive field with size=…"
            )
        first = self.start + self.jump * unit
        return range(min(max(first, 0), size), max(min(first + self.size, size), 0))


@dataclass(frozen=True, slots=True)
class Misalignment:
    """A layer whose inputs disagree in their number of units, their jump or their centre."""

    layer: str
    quantity: str
    branches: tuple[tuple[str, int | Fraction], ...]

    def __str__(self) -> str:
        values = ", ".join(f"{value} ({name!r})" for name, value in self.branches)
        return f"the inputs of layer {self.layer!r} disagree in their {self.quantity}: {values}"


def receptive_field(
    layers: Any, *, size: int | None = None, aligned: bool = True
) -> ReceptiveField:
    """The receptive field of the last layer, by recurrence.

    From the input (size 1, jump 1, start 0) on, a layer turns (r, j, t) into
    (r + dilation (kernel - 1) j, j stride, t - padding j); where branches meet, the field reaches
    from the first start to the last end. The forms of ``layers`` are told at the top of the module.

    Units: pixels; ``size``, that of the input, is needed for padding "same" only. Strides larger
    than a kernel leave holes that the recurrence does not see.

    Raises EngineError (a ValueError) for a layer that cannot be, and where branches that meet
    differ in their jump, their number of units or, unless ``aligned`` is false, their centre.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks",
    Distill (2019).
    """
    *_, last = _aligned_fields("receptive_field", layers, size, aligned).values()
    return last


def receptive_fields(
    layers: Any, *, size: int | None = None, aligned: bool = True
) -> dict[str, ReceptiveField]:
    """The receptive field of the input and of every layer, by name (a chain's: "1", "2", …).

    All else as in :func:`receptive_field`.
    """
    return _aligned_fields("receptive_fields", layers, size, aligned)


def misalignments(layers: Any, *, size: int | None = None) -> tuple[Misalignment, ...]:
    """Where the branches of a network disagree; empty if it is aligned.

    Without ``size``, units are not compared, nor centres that depend on it. What lies behind
    branches of different jump or number of units is not looked at, for it has no receptive field.

    The forms of ``layers`` and the errors are those of :func:`receptive_field`.
    """
    return tuple(_propagate("misalignments", layers, size)[1])


def receptive_field_indices(layers: Any, size: int) -> tuple[tuple[int, ...], ...]:
    """For each output of a chain or a graph along one axis, the input indices it depends on.

    The forms of ``layers`` are told at the top of the module; ``size`` is the length of the input.
    The indices are sorted and lie in the input: fields are clipped at its borders, and have holes
    where a stride exceeds a kernel.

    Units: pixels. Raises EngineError (a ValueError) for a layer that does not fit.

    Source: the definition; sets are propagated, no formula is used.
    """
    name = "receptive_field_indices"
    size = whole(name, "size", size, low=1)
    last = [1 << pixel for pixel in range(size)]  # sets, as bits
    known = {"input": last}
    for window in read_windows(name, layers):
        last = known[window.name] = _through(window, [known[read] for read in window.inputs])
    return tuple(tuple(pixel for pixel in range(size) if field >> pixel & 1) for field in last)


def _through(window: Window, inputs: list[list[int]]) -> list[int]:
    if len(set(map(len, inputs))) > 1:
        counts = ", ".join(f"{len(i)} ({n!r})" for i, n in zip(inputs, window.inputs, strict=True))
        raise EngineError(f"{window.where}: its inputs differ in their number of units: {counts}")
    fields = [0] * len(inputs[0])
    for branch in inputs:
        fields = [field | more for field, more in zip(fields, branch, strict=True)]
    units = output_units(window, len(fields))
    before, after = pads(window, len(fields))
    padded = [0] * (before or 0) + fields + [0] * (after or 0)
    merged = []
    for unit in range(units):
        field = 0
        for tap in range(window.kernel):
            field |= padded[unit * window.stride + tap * window.dilation]
        merged.append(field)
    return merged


def _aligned_fields(
    operation: str, layers: Any, size: int | None, aligned: bool
) -> dict[str, ReceptiveField]:
    fields, found = _propagate(operation, layers, size)
    strict = flag(operation, "aligned", aligned)
    fatal = [each for each in found if strict or each.quantity != "centre"]
    if fatal:
        raise EngineError(f"{operation}: {fatal[0]}")
    return {name: field for name, field in fields.items() if field is not None}


def _propagate(operation: str, layers: Any, size: int | None) -> tuple[Fields, list[Misalignment]]:
    units = {"input": None if size is None else whole(operation, "size", size, low=1)}
    fields: Fields = {"input": ReceptiveField(1, 1, 0)}
    found: list[Misalignment] = []
    for window in read_windows(operation, layers):
        branches = {name: fields[name] for name in window.inputs}
        counts = {name: units[name] for name in window.inputs}
        fields[window.name], units[window.name] = None, None
        if None in branches.values():
            continue
        seen = {name: field for name, field in branches.items() if field is not None}
        disagreement = _disagreement(window.name, seen, counts)
        found += disagreement
        if any(each.quantity != "centre" for each in disagreement):
            continue
        count = counts[window.inputs[0]]
        fields[window.name] = _behind(window, _joined(list(seen.values())), pads(window, count)[0])
        units[window.name] = None if count is None else output_units(window, count)
    return fields, found


def _disagreement(
    layer: str, fields: dict[str, ReceptiveField], units: dict[str, int | None]
) -> list[Misalignment]:
    quantities: dict[str, dict[str, Any]] = {
        "number of units": units,
        "jump": {name: field.jump for name, field in fields.items()},
        "centre": {name: field.centre for name, field in fields.items()},
    }
    for quantity, values in quantities.items():
        if len({value for value in values.values() if value is not None}) > 1:
            return [Misalignment(layer, quantity, tuple(values.items()))]
    return []


def _joined(fields: list[ReceptiveField]) -> ReceptiveField:
    starts = [field.start for field in fields if field.start is not None]
    if len(starts) < len(fields):  # taken as aligned: the largest field covers the others
        return ReceptiveField(max(field.size for field in fields), fields[0].jump, None)
    ends = [start + field.size for start, field in zip(starts, fields, strict=True)]
    return ReceptiveField(max(ends) - min(starts), fields[0].jump, min(starts))


def _behind(window: Window, field: ReceptiveField, before: int | None) -> ReceptiveField:
    known = field.start is not None and before is not None
    return ReceptiveField(
        field.size + window.dilation * (window.kernel - 1) * field.jump,
        field.jump * window.stride,
        (field.start or 0) - (before or 0) * field.jump if known else None,
    )
