"""Traces: the terms of one output value, and how they are written as a worked sum."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from examgen.engine.exact import (
    Array,
    EngineError,
    product,
    read,
    total,
    whole_if_integral,
)
from examgen.engine.layout import Pads, padded_sizes, paddings, per_axis, whole

Index = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One input value of a trace: its index in the input as given, and what it is multiplied by.

    ``factors`` is empty for pooling, (weight,) for a convolution, (weight, bilinear weight) or
    (weight, mask, bilinear weight) for a deformable one.
    """

    index: Index
    value: Any
    factors: tuple[Any, ...]

    @property
    def product(self) -> Any:
        """The value times its factors: what is added."""
        result = self.value
        for factor in reversed(self.factors):
            result = product(result, factor)
        return whole_if_integral(result) if isinstance(result, Fraction) else result

    def __str__(self) -> str:
        return "·".join(_written(part, bracket=True) for part in (*self.factors, self.value))


@dataclass(frozen=True, slots=True)
class Trace:
    """The working behind one output value; ``str`` writes it as one line, :meth:`table` as many.

    ``at`` is the index of the value in the output, ``outside`` the number of taps that fell on
    the padding or outside the image and added nothing. The rule "sum" adds the terms and the bias,
    "mean" divides their sum by ``divisor``, "max" takes the largest.
    """

    operation: str
    at: tuple[Any, ...]
    terms: tuple[Term, ...]
    outside: int
    bias: Any = None
    rule: Literal["sum", "mean", "max"] = "sum"
    divisor: int = 1

    @property
    def value(self) -> Any:
        """The output value, computed from the terms alone."""
        products = [term.product for term in self.terms]
        if self.rule == "max":
            return max(products)
        result = total(products if self.bias is None else [*products, self.bias])
        if self.rule == "mean":
            return self._mean(result)
        return whole_if_integral(result) if isinstance(result, Fraction) else result

    @property
    def winner(self) -> Term | None:
        """The first of the largest terms of a maximum; None for a sum or a mean."""
        return max(self.terms, key=lambda term: term.value) if self.rule == "max" else None

    def __str__(self) -> str:
        terms = [str(term) for term in self.terms]
        if self.bias is not None:
            terms.append(_written(self.bias, bracket=True))
        work = " + ".join(terms) or "0"
        if self.rule == "max":
            work = f"max({', '.join(_written(term.value) for term in self.terms)})"
        elif self.rule == "mean":
            work = f"({work}) / {self.divisor}"
        return f"y[{_place(self.at)}] = {work} = {_written(self.value)}"

    def table(self) -> str:
        """A line for each term, "x[index]: factors·value = product", then bias and value."""
        lines = []
        for term in self.terms:
            result = f" = {_written(term.product)}" if term.factors else ""
            lines.append(f"x[{_place(term.index)}]: {term}{result}")
        if self.bias is not None:
            lines.append(f"bias: {_written(self.bias)}")
        ending = f" / {self.divisor}" if self.rule == "mean" else ""
        lines.append(f"{self.rule}{ending}: y[{_place(self.at)}] = {_written(self.value)}")
        return "\n".join(lines)

    def _mean(self, result: Any) -> Any:
        if isinstance(result, float):
            return result / self.divisor
        mean = Fraction(1, self.divisor) * result
        return whole_if_integral(mean) if isinstance(mean, Fraction) else mean


def _written(value: Any, *, bracket: bool = False) -> str:
    text = str(value).replace("-", "−") if isinstance(value, int | float | Fraction) else str(value)
    simple = isinstance(value, int | float) or text.isalnum()
    if bracket and (text.startswith("−") or not (simple or text.replace("_", "").isalnum())):
        return f"({text})"
    return text


def _place(index: tuple[Any, ...]) -> str:
    return ", ".join(str(number) for number in index)


def channels_of(name: str, x: Any) -> tuple[Array, int]:
    """``x`` as (N, C, H, W), and how many leading axes it lacked."""
    pixels = read(name, "input", x).values
    if not 2 <= pixels.ndim <= 4:
        raise EngineError(
            f"{name}: the input must be (H, W), (C, H, W), (N, C, H, W); its shape is "
            f"{pixels.shape}"
        )
    lead = 4 - pixels.ndim
    return pixels.reshape((1,) * lead + pixels.shape), lead


def filters_of(name: str, weight: Any) -> Array:
    """``weight`` with four axes."""
    filters = read(name, "weight", weight).values
    if filters.ndim not in (2, 4):
        raise EngineError(f"{name}: the weight must have 2 or 4 axes; its shape is {filters.shape}")
    return filters.reshape((1,) * (4 - filters.ndim) + filters.shape)


def window_options(
    name: str, stride: Any, dilation: Any, padding: Any
) -> tuple[Index, Index, Pads]:
    """Stride, dilation and padding, for each axis."""
    return (
        per_axis(name, "stride", stride, low=1, axes=2),
        per_axis(name, "dilation", dilation, low=1, axes=2),
        paddings(name, padding, axes=2),
    )


def output_size(
    name: str, pixels: Array, filters: Array, steps: Index, spread: Index, pads: Pads
) -> Index:
    """The height and the width of the output."""
    padded, extents = padded_sizes(name, pixels.shape[2:], filters.shape[2:], pads, spread)
    return tuple((n - e) // s + 1 for n, e, s in zip(padded, extents, steps, strict=True))


def output_index(name: str, at: Any, shape: Index, lead: int) -> Index:
    """``at`` with the leading axes that the input lacked, inside an output of that shape."""
    given = tuple(at) if isinstance(at, list | tuple) else (at,)
    if len(given) != len(shape) - lead:
        raise EngineError(
            f"{name}: at must be {len(shape) - lead} numbers, an index of the output of shape "
            f"{shape[lead:]}, not {at!r}"
        )
    if lead == 2 and shape[1] > 1:
        raise EngineError(f"{name}: {shape[1]} output channels need an input with a channel axis")
    index = (0,) * lead + tuple(whole(name, "at", number, low=0) for number in given)
    if any(number >= size for number, size in zip(index, shape, strict=True)):
        raise EngineError(f"{name}: at = {at!r} is outside the output of shape {shape[lead:]}")
    return index


def biased(
    name: str,
    at: Index,
    terms: list[Term],
    outside: int,
    *,
    bias: Any,
    channel: int,
    filters: int,
) -> Trace:
    """The trace of a sum, with the bias of its output channel."""
    if bias is not None:
        biases = read(name, "bias", bias).values
        if biases.ndim > 1 or biases.size != filters:
            raise EngineError(
                f"{name}: the bias must have one number for each of the {filters} filters; its "
                f"shape is {biases.shape}"
            )
        bias = biases.reshape(-1).item(channel)
    return Trace(name, at, tuple(terms), outside, bias)
