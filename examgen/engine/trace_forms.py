"""Traces: the terms of one output value, and how they are written as a worked sum."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from examgen.engine.exact import EngineError, whole_if_integral
from examgen.engine.symbols import product, total

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
    "mean" divides their sum by ``divisor``, "max" takes the largest, "norm" the p-norm, with p =
    ``power``.
    """

    operation: str
    at: tuple[Any, ...]
    terms: tuple[Term, ...]
    outside: int
    bias: Any = None
    rule: Literal["sum", "mean", "max", "norm"] = "sum"
    divisor: int = 1
    power: int = 1

    @property
    def value(self) -> Any:
        """The output value, computed from the terms alone."""
        products = [term.product for term in self.terms]
        if self.rule == "max":
            return max(products)
        if self.rule == "norm":
            return self._root(total(abs(value) ** self.power for value in products))
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
        elif self.rule == "norm":
            powers = (f"|{_written(term.value)}|^{self.power}" for term in self.terms)
            work = f"({' + '.join(powers) or '0'})^(1/{self.power})"
        return f"y[{_place(self.at)}] = {work} = {_written(self.value)}"

    def table(self) -> str:
        """A line for each term, "x[index]: factors·value = product", then bias and value."""
        lines = []
        for term in self.terms:
            result = f" = {_written(term.product)}" if term.factors else ""
            lines.append(f"x[{_place(term.index)}]: {term}{result}")
        if self.bias is not None:
            lines.append(f"bias: {_written(self.bias)}")
        ending = {"mean": f" / {self.divisor}", "norm": f" {self.power}"}.get(self.rule, "")
        lines.append(f"{self.rule}{ending}: y[{_place(self.at)}] = {_written(self.value)}")
        return "\n".join(lines)

    def _mean(self, result: Any) -> Any:
        if isinstance(result, float):
            return result / self.divisor
        mean = Fraction(1, self.divisor) * result
        return whole_if_integral(mean) if isinstance(mean, Fraction) else mean

    def _root(self, value: Any) -> Any:
        if isinstance(value, float):
            return value ** (1 / self.power)
        exact = Fraction(value)
        roots = [_whole_root(n, self.power) for n in (exact.numerator, exact.denominator)]
        if Fraction(*roots) ** self.power != exact:
            raise EngineError(
                f"{self.operation}: the root of order {self.power} of {exact} is irrational; give "
                "floats for a rounded one"
            )
        return whole_if_integral(Fraction(*roots))


def _whole_root(number: int, power: int) -> int:
    """The largest whole number whose power is at most ``number``, by halving."""
    low, high = 0, number + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= number else (low, middle)
    return low


def _written(value: Any, *, bracket: bool = False) -> str:
    text = str(value).replace("-", "−") if isinstance(value, int | float | Fraction) else str(value)
    simple = isinstance(value, int | float) or text.isalnum()
    if bracket and (text.startswith("−") or not (simple or text.replace("_", "").isalnum())):
        return f"({text})"
    return text


def _place(index: tuple[Any, ...]) -> str:
    return ", ".join(str(number) for number in index)
