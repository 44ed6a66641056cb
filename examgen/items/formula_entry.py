"""Parts whose answer is a formula: some names of the item stay symbols."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from examgen import answers
from examgen.equivalence import Variable
from examgen.formula import Expression, Node, Number, Symbol, as_expression, evaluate, postorder
from examgen.items.arrays import exact_value
from examgen.items.key import Key
from examgen.items.parameters import Parameter
from examgen.items.parts import Part
from examgen.text import Math

Bounds = tuple[int, int] | range


class FormulaEntry(Part):
    """A formula in the names of ``variables``; every other symbol of its key takes its number.

    Two formulas are equal when they are so on the whole declared domain: for each variable the
    whole numbers from the least to the greatest value of the parameter, or those that ``domain``
    gives instead, as (low, high) or as a range with steps. ``numeric`` also takes agreement to 40
    digits for proof, where students may write roots or logarithms. A later numeric key computes
    with the formula's value at the item's own numbers, which must be exact; a later formula takes
    it in as it stands. The oracle derives that number too: it never sees a formula.
    """

    kind: answers.Formula
    is_integer = False

    def __init__(
        self,
        key: Any,
        *,
        variables: Sequence[Parameter],
        domain: Mapping[Parameter, Bounds] | None = None,
        numeric: bool = False,
        **options: Any,
    ):
        self.variables = tuple(variables)
        _check(self.variables, domain or {})
        self._domains = [_variable(one, (domain or {}).get(one)) for one in self.variables]
        self._numeric = numeric
        super().__init__(key, **options)
        if self.key.function or self.key.shape:
            raise ValueError("the key of a formula is one expression")

    def __set_name__(self, owner: type, name: str) -> None:
        """The kind is known once the variables have their names."""
        super().__set_name__(owner, name)
        named = zip(self._domains, self.variables, strict=True)
        variables = tuple(replace(domain, name=one.name) for domain, one in named)
        self.kind = answers.Formula(variables, self._numeric)

    def keyed(self, source: Any) -> Key:
        return _FormulaKey(source, self)

    def coerce(self, raw: Any) -> Any:
        if isinstance(raw, str):
            return _canonical(self.kind, raw)
        return self.kind.coerce(exact_value(raw))

    def shown(self, value: Any) -> Any:
        return Math(self.kind.tex(value))

    def derived(self, raw: Any) -> Any:
        if isinstance(raw, str | Expression):
            raise TypeError("derive the formula's number for this item, not a formula")
        return self.coerce(raw)

    def same(self, value: Any, other: Any) -> bool:
        return self.kind.proof(value, other).verdict != "unequal"

    def number(self, item: Any, value: Any) -> Any:
        tree = self.tree(value)
        return evaluate(tree, {symbol: item.exact(symbol) for symbol in tree.free_symbols})

    def tree(self, value: Any) -> Expression:
        """A formula over the symbols of this item model."""
        tree = self.kind.tree(self.coerce(value))
        named = {symbol.name: symbol for symbol in self.variables}
        over: Expression = tree.subs({old: named[old.name or ""] for old in tree.free_symbols})
        return over


class _FormulaKey(Key):
    """A formula of an item: its variables stay, numbers take the places of the other symbols."""

    def __init__(self, source: Any, part: FormulaEntry):
        super().__init__(source)
        self.part = part
        self._known: dict[tuple[Any, ...], str] = {}

    def __call__(self, item: Any) -> Any:
        """The formula as text; raises an ArithmeticError where a part of it has no value."""
        if self.function:
            raw = self.function(item)
            return None if raw is None else self._bound(as_expression(raw), item)
        given = tuple(item.exact(symbol) for symbol in self._given(self.symbols))
        if given not in self._known:
            self._known[given] = self._bound(self.expressions[0], item)
        return self._known[given]

    def _given(self, symbols: Sequence[Symbol]) -> list[Symbol]:
        """The symbols that do not stay as they are."""
        return [symbol for symbol in symbols if symbol not in self.part.variables]

    def _bound(self, tree: Expression, item: Any) -> str:
        places = {symbol: item.exact(symbol) for symbol in self._given(tree.free_symbols)}
        for symbol, value in places.items():
            if isinstance(symbol, FormulaEntry):
                places[symbol] = symbol.tree(value)
        text: str = self.part.coerce(_folded(tree.subs(places)))
        return text


def _folded(tree: Expression) -> Expression:
    """The formula with every part that has no symbol computed."""
    done: dict[int, Node] = {}
    for node in postorder(tree):
        children: list[Any] = [done[id(child)] for child in node.children]
        if children and all(isinstance(child, Number) for child in children):
            done[id(node)] = as_expression(evaluate(node.with_children(children), {}))
        else:
            done[id(node)] = node.rebuilt(children) if children else node
    folded = done[id(tree)]
    assert isinstance(folded, Expression)
    return folded


@lru_cache(maxsize=20_000)
def _canonical(kind: answers.Formula, text: str) -> Any:
    return kind.coerce(text)


def _check(variables: Sequence[Parameter], domain: Mapping[Parameter, Bounds]) -> None:
    """Refuse what cannot be the names of a formula."""
    if not variables:
        raise ValueError("a formula needs variables: parameters that stay symbols")
    for one in variables:
        if not isinstance(one, Parameter) or one.shape:
            raise ValueError(f"a variable of a formula is a parameter of one number, not {one!r}")
        if one.has_tex:
            raise ValueError("a variable of a formula is printed by its name: leave its tex out")
    for one in domain:
        if one not in variables:
            raise ValueError("'domain' is for the variables of the formula alone")


def _variable(parameter: Parameter, bounds: Bounds | None) -> Variable:
    """The values of a variable; its parameter's own must be among them."""
    entries, name = parameter.entries, repr(parameter)
    if any(isinstance(entry, str | tuple) for entry in entries):
        raise ValueError(f"{name} does not take numbers, so it cannot stand in a formula")
    if isinstance(bounds, range):
        found = Variable(name, bounds[0], bounds[-1], step=bounds.step)
    else:
        low, high = bounds or (math.floor(min(entries)), math.ceil(max(entries)))
        found = Variable(name, low, high, integer=parameter.is_integer)
    if not all(map(found.takes, entries)):
        raise ValueError(f"the domain of {name} must have all values that it takes")
    return found
