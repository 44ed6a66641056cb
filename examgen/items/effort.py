"""The effort of an item: an estimate of the work that each part takes by hand, in steps.

A step is a digit written (`examgen.formula.effort`). To formulas and functions come what every
part takes: it is read, and its answer written.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from weakref import WeakKeyDictionary

from examgen.answers.tuples import leaves
from examgen.errors import ExamgenError
from examgen.formula import postorder
from examgen.formula.effort import COLUMN, PRODUCT, FormulaWork, written
from examgen.items.counting import Tally
from examgen.items.essay import Essay
from examgen.items.formula_entry import FormulaEntry
from examgen.items.item import Item
from examgen.items.parts import Part

READ = 20  # to read a part and see what is to be done
OPTION = 10  # to read an option or a row, and decide
POINT = 60  # a point of a rubric: some 60 letters

_WORK: WeakKeyDictionary[type[Item], FormulaWork] = WeakKeyDictionary()
_KNOWN: WeakKeyDictionary[Item, dict[str, int]] = WeakKeyDictionary()  # dealt by it, then printed


def efforts(item: Item) -> dict[str, int]:
    """The steps of each part of a usable item, all above zero.

    A part that says its ``effort`` has that; a formula costs its operations, those of earlier parts
    aside; a function those that it makes, as far as it can be followed, and a look at every number
    that it reads. Raises `ExamgenError` for an ``effort`` that is no number of steps.
    """
    if item not in _KNOWN:
        formulas = _work(type(item)).efforts(_Values(item))
        _KNOWN[item] = {
            name: READ + _reading(part) + _solving(item, part, formulas[name])
            for name, part in item.declaration.parts.items()
        }
    return dict(_KNOWN[item])


def effort(item: Item) -> int:
    """The steps of a usable item, over all its parts."""
    return sum(efforts(item).values())


class _Values(dict[Any, Any]):
    """The numbers of an item by symbol, looked up when asked for."""

    def __init__(self, item: Item):
        super().__init__()
        self.item = item.carry(item.carried)

    def __missing__(self, symbol: Any) -> Any:
        self[symbol] = value = self.item.as_number(symbol)
        return value


def _work(model: type[Item]) -> FormulaWork:
    """The formulas of an item model, taken apart once."""
    if model not in _WORK:
        _WORK[model] = work = FormulaWork()
        for name, part in model.declaration.parts.items():
            work.add(name, () if isinstance(part, FormulaEntry) else part.key.expressions)
    return _WORK[model]


def _reading(part: Part) -> int:
    """The options and rows to be read."""
    options: int = getattr(part.kind, "count", 0) if part.kind.lettered else 0
    return OPTION * (options + len(part.rows))


def _solving(item: Item, part: Part, formula: int) -> int:
    if part.effort is not None:
        return _declared(part, part.effort(item))
    if isinstance(part, Essay):
        return POINT * len(part.rubric)
    if isinstance(part, FormulaEntry):
        return PRODUCT * sum(1 for tree in part.key.expressions for _ in postorder(tree))
    if part.rows:
        return 0  # rows and options are read; how a program matches them says nothing
    steps = _followed(item, part) if part.key.function else formula
    return steps + (0 if part.kind.lettered else _writing(item.key(part)))


def _declared(part: Part, steps: Any) -> int:
    if not isinstance(steps, int | Fraction) or steps <= 0:
        raise ExamgenError(
            f"part '{part.name}': its effort is a number of steps above 0, not {steps!r}"
        )
    return math.ceil(steps)


def _followed(item: Item, part: Part) -> int:
    """The steps of a function: its operations, and a look at every number that it reads."""
    before = item.declaration.before(part)
    given = item.carried | {name: item.key(name) for name in before}
    tally = Tally()
    followed = item.carry(given)
    followed.seen_as = tally
    try:
        part.key(followed)
    except Exception:  # of what works with plain numbers alone
        followed = item.carry(given)
        part.key(followed)
    return tally.steps + COLUMN * sum(1 for _ in _numbers(followed))


def _numbers(item: Item) -> Iterator[Any]:
    """The numbers that were read of an item, each once."""
    for symbol in dict.fromkeys(read.symbol for read in item.reads if read.symbol is not None):
        yield from (one for one in leaves(item.exact(symbol)) if isinstance(one, int | Fraction))


def _writing(value: Any) -> int:
    """Digits, or letters of a text."""
    return sum(len(one) if isinstance(one, str) else written(one) for one in leaves(value))
