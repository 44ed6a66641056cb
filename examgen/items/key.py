"""Keys: what computes a value of an item, as expressions in its symbols or as a function of it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from examgen.formula import Expression, Symbol, Undefined, as_expression, compile_expressions
from examgen.items.arrays import flatten, nest


class Key:
    """A scalar expression, an array of expressions, a constant, or a function of the item.

    ``shape`` is () for a scalar; for a function the shape is unknown and taken as ().
    """

    def __init__(self, source: Any):
        self.source = source
        self.function: Callable[[Any], Any] | None = None
        self.shape: tuple[int, ...] = ()
        self.expressions: tuple[Expression, ...] = ()
        if isinstance(source, Expression) and not hasattr(source, "__array__"):
            self.expressions = (source,)
        elif callable(source):
            self.function = source
        elif not isinstance(source, str | None):
            array = np.asarray(source, dtype=object)
            self.shape = array.shape
            self.expressions = tuple(as_expression(entry) for entry in flatten(array, array.shape))

    @classmethod
    def constant(cls, value: Any) -> "Key":
        """A value that is the same for every item."""
        key = cls(None)
        key.source = value
        return key

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The parameters and parts it is computed from; none are known for a function."""
        found = {symbol: None for tree in self.expressions for symbol in tree.free_symbols}
        return tuple(found)

    @cached_property
    def _compiled(self) -> Callable[..., tuple[Any, ...]]:
        return compile_expressions(self.expressions, self.symbols)

    def __call__(self, item: Any) -> Any:
        """The raw value for an item; raises `Undefined` where the formula has none."""
        if self.function:
            return self.function(item)
        if not self.expressions:
            return self.source
        values = self._compiled([item.as_number(symbol) for symbol in self.symbols])
        if any(value is None for value in values):
            raise Undefined("the formula has no value here")
        return nest(values, self.shape) if self.shape else values[0]
