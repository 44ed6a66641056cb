"""By what a value of the source exam is tested: an item model, the engine, or nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any

import numpy as np

from examgen.bank.load import Bank
from examgen.resources import bundled

BANK = Bank(bundled("question_bank"))

Table = Mapping[tuple[str, str], "Served"]  # (family, quantity) → what gives its value


@dataclass(frozen=True)
class Served:
    """What gives a value: ``models`` of the bank or, where there are none, the engine.

    ``value`` computes it from the source's own parameters; None where it is no number, for the
    ``reason`` given.
    """

    models: tuple[str, ...] = ()
    value: Callable[..., Any] | None = None
    reason: str = ""


def item_of(name: str, **values: Any) -> Any:
    """An item with these values; what plays no part is as in the first item of the model."""
    return BANK[name].at(**BANK[name](0).values | values)


def model(name: str, at: Callable[..., dict[str, Any]], answer: Any) -> Served:
    """One item: its parameters from the source's, and its part (or a function of the item)."""
    read = attrgetter(answer) if isinstance(answer, str) else answer
    return Served((name,), lambda **params: read(item_of(name, **at(**params))))


def models(*names: str) -> Callable[[Callable[..., Any]], Served]:
    """Several items: a function of the source's parameters that asks them."""
    return lambda value: Served(names, value)


def engine(value: Callable[..., Any], reason: str) -> Served:
    """The engine, and why no item model can be set to these parameters."""
    return Served((), value, reason)


def no_number(reason: str, *names: str) -> Served:
    """A statement: the models that ask for it, and where they are tested."""
    return Served(names, None, reason)


def exact(value: Any) -> Any:
    """A value as nested lists of exact numbers: "3/4" is a fraction, 37.25 its decimal."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [exact(entry) for entry in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+(/\d+)?", value):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(str(value))
    return value
