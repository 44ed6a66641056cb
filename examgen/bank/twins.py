"""Twins: item models that ask for the same keys under other names of their parameters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, permutations, product
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from examgen.equivalence import prove_equal
from examgen.formula import Expression, Symbol, Undefined, evaluate
from examgen.items import FormulaEntry, Item, TrueFalse
from examgen.items.arrays import ArraySymbol, flatten, nest
from examgen.items.parts import Part

_ALL, _ONE = 101, 211  # the value of all symbols, and of the one that is looked at
_MOST_RENAMINGS = 5_000

Formulas = Sequence[Expression]
Profile = tuple[Any, ...]


@dataclass(frozen=True)
class Twins:
    """Two item models, the pairs of parts with a common key, and what these parts weigh.

    ``shares`` are those of their marks, in the first model and in the second.
    """

    first: str
    second: str
    parts: tuple[tuple[str, str], ...]
    shares: tuple[Fraction, Fraction]


def twins(models: Mapping[str, type[Item]]) -> list[Twins]:
    """All pairs of item models with a common key, those that share most first.

    Keys are compared as formulas of the parameters, earlier parts put in; two are common where a
    renaming of parameters (or of entries of arrays) makes them equal by algebra. A key that is a
    parameter or a number, one that stands for a printed option, and a function that does not run
    on symbols has no twin. A number, a formula to be typed and a claim to be judged are no twins.
    """
    alike: dict[Profile, list[tuple[str, str, Formulas]]] = defaultdict(list)
    for name, model in models.items():
        for part, formulas in formulas_of(model).items():
            if profile := _profile(formulas):
                sort = _sort(model.declaration.parts[part])
                alike[sort, *profile].append((name, part, formulas))
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for group in alike.values():
        for at, (name, part, formulas) in enumerate(group):
            for other, others_part, others in group[at + 1 :]:
                if name != other and same_but_for_names(formulas, others):
                    found[name, other].append((part, others_part))
    pairs = [
        Twins(
            first,
            second,
            tuple(parts),
            (
                _share(models[first], {part for part, _ in parts}),
                _share(models[second], {part for _, part in parts}),
            ),
        )
        for (first, second), parts in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-min(pair.shares), pair.first, pair.second))


def _sort(part: Part) -> str:
    """What the student does: parts of different sorts are different questions."""
    sorts = (FormulaEntry, "formula"), (TrueFalse, "claim")
    return next((sort for kind, sort in sorts if isinstance(part, kind)), "value")


def _share(model: type[Item], parts: Iterable[str]) -> Fraction:
    """The share of the marks of some parts."""
    declared = model.declaration.parts
    return sum((declared[name].marks for name in parts), Fraction(0)) / sum(
        part.marks for part in declared.values()
    )


# ---- keys as formulas of the parameters alone -------------------------------------------------


class _Symbolic:
    """An item model as the functions of its keys see an item, with symbols in place of numbers."""

    def __init__(self, model: type[Item], parameters: Mapping[Symbol, Any]) -> None:
        self._model = model
        self._parameters = parameters

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._model, name)
        if isinstance(value, FunctionType) and value is not vars(self._model).get(name):
            return value  # a static method
        if isinstance(value, FunctionType):
            return MethodType(value, self)
        return np.asarray(value) if isinstance(value, ArraySymbol) else value


def formulas_of(model: type[Item]) -> dict[str, Formulas]:
    """The keys that are formulas, by part, in the parameters alone; entries of arrays by name."""
    values: dict[Symbol, Any] = {
        parameter: _entries(parameter)
        for parameter in model.declaration.parameters.values()
        if isinstance(parameter, ArraySymbol)
    }
    found: dict[str, Formulas] = {}
    for name, part in model.declaration.parts.items():
        if part.kind.lettered:
            continue
        shape, raw = _formulas(model, part, values)
        formulas = [one.subs(values) for one in raw]
        if formulas and not any(map(_open, formulas)):
            found[name] = formulas
            values[part] = nest(formulas, shape) if shape else formulas[0]
    return found


def _open(formula: Expression) -> bool:
    """Whether it needs an earlier part that is no formula."""
    return any(isinstance(one, Part | ArraySymbol) for one in formula.free_symbols)


def _entries(parameter: Any) -> Any:
    """A symbol for each entry of an array."""
    grid = np.empty(parameter.shape, dtype=object)
    for index in np.ndindex(parameter.shape):
        name = f"{parameter.name}{list(index)}"
        grid[index] = Symbol(name, is_integer=parameter.is_integer)
    return grid


def _formulas(
    model: type[Item], part: Part, values: Mapping[Symbol, Any]
) -> tuple[tuple[int, ...], Formulas]:
    """The shape and the flat formulas of a key; none for what does not run on symbols."""
    if part.key.function is None:
        return part.key.shape, part.key.expressions
    try:
        raw = np.asarray(part.key.function(_Symbolic(model, values)), dtype=object)
        formulas = flatten(raw, raw.shape)
    except Exception:  # any: it was written for numbers
        return (), ()
    usable = all(isinstance(one, Expression | int | Fraction) for one in formulas)
    return (raw.shape, part.keyed(raw).expressions) if usable else ((), ())


# ---- equal but for names ----------------------------------------------------------------------


def same_but_for_names(first: Formulas, second: Formulas) -> bool:
    """Whether one renaming of symbols makes all formulas of the first equal to the second's."""
    if len(first) != len(second) or _profile(first) != _profile(second):
        return False
    return any(
        all(prove_equal(a.subs(names), b) for a, b in zip(first, second, strict=True))
        for names in islice(_renamings(first, second), _MOST_RENAMINGS)
        if _agree(first, second, names)
    )


def _profile(formulas: Formulas) -> Profile:
    """Values that do not depend on the names of symbols; empty for what is no formula to compare.

    The value where all symbols are equal, and those where one of them differs.
    """
    symbols = _symbols(formulas)
    if not symbols or all(isinstance(one, Symbol) or not one.children for one in formulas):
        return ()
    try:
        together = _values(formulas, dict.fromkeys(symbols, _ALL))
        return together, tuple(sorted(_effect(formulas, one, symbols) for one in symbols))
    except Undefined:
        return ()


def _renamings(first: Formulas, second: Formulas) -> Iterator[dict[Symbol, Symbol]]:
    """All ways to give the symbols of the first the names of those of equal effect."""
    groups: dict[Profile, tuple[list[Symbol], list[Symbol]]] = defaultdict(lambda: ([], []))
    for side, formulas in enumerate((first, second)):
        symbols = _symbols(formulas)
        for one in symbols:
            groups[_effect(formulas, one, symbols)][side].append(one)
    for orders in product(*(permutations(theirs) for _, theirs in groups.values())):
        pairs = zip((mine for mine, _ in groups.values()), orders, strict=True)
        yield {old: new for mine, order in pairs for old, new in zip(mine, order, strict=True)}


def _agree(first: Formulas, second: Formulas, names: Mapping[Symbol, Symbol]) -> bool:
    """Whether both have the same values at numbers that are all different."""
    numbers = {new: _ALL + 7 * at * at for at, new in enumerate(names.values(), start=1)}
    try:
        mine = _values(first, {old: numbers[new] for old, new in names.items()})
        return mine == _values(second, numbers)
    except Undefined:
        return True


def _symbols(formulas: Formulas) -> list[Symbol]:
    return list(dict.fromkeys(symbol for one in formulas for symbol in one.free_symbols))


def _values(formulas: Formulas, numbers: Mapping[Symbol, Any]) -> Profile:
    return tuple(evaluate(one, numbers) for one in formulas)


def _effect(formulas: Formulas, symbol: Symbol, symbols: Sequence[Symbol]) -> Profile:
    """The values where one symbol differs from all others."""
    return _values(formulas, {**dict.fromkeys(symbols, _ALL), symbol: _ONE})
