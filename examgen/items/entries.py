"""Parts whose answer is typed: numbers, shapes and arrays."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Self, overload

from numpy.typing import NDArray

from examgen import answers
from examgen.items.arrays import ArraySymbol
from examgen.items.parts import Part

Exact = int | Fraction | str


class IntegerEntry(Part):
    """A whole number."""

    kind = answers.Integer()
    carries = (1, 10**15)

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> int: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return super().__get__(item, owner)


class RationalEntry(Part):
    """A fraction, or a decimal that equals it or rounds it correctly."""

    is_integer = False
    carries = (-(10**9), 10**9)

    def __init__(self, key: Any, *, lowest_terms: bool = False, **options: Any):
        super().__init__(key, **options)
        self.kind = answers.Rational(lowest_terms=lowest_terms)


class DecimalEntry(Part):
    """A decimal, right to ``places`` after the point or to ``digits`` significant ones.

    Or within a tolerance, both ends included: ``absolute``, or ``relative`` as a share of the key.
    It must be exact, and so small that no misconception is nearer than twice the tolerance.
    """

    is_integer = False
    carries = (-(10**12), 10**12)

    def __init__(
        self,
        key: Any,
        *,
        places: int | None = None,
        digits: int | None = None,
        absolute: Exact | None = None,
        relative: Exact | None = None,
        **options: Any,
    ):
        super().__init__(key, **options)
        self.kind: answers.Decimal = answers.Decimal(
            places=places, digits=digits, absolute=_exact(absolute), relative=_exact(relative)
        )

    def same(self, value: Any, other: Any) -> bool:
        return self.kind.match(value, other)


class _ArrayPart(ArraySymbol, Part):
    """A part whose value is an array; a key that is a function needs its ``shape`` declared."""

    carries = (-(10**6), 10**6)

    def __init__(
        self,
        key: Any,
        *,
        shape: tuple[int, ...] | None = None,
        fractions: bool = False,
        **options: Any,
    ):
        super().__init__(key, **options)
        shape = shape or self.key.shape
        if len(shape) not in self._axes:
            raise ValueError(
                f"{type(self).__name__} has {' or '.join(map(str, self._axes))} axes, its key has "
                f"{len(shape)}: give shape=(…) when the key is a function of the item"
            )
        self.shape = shape
        self.is_integer = not fractions
        entry = answers.Rational() if fractions else answers.Integer()
        self.kind = answers.Array(shape=shape, entry=entry)

    _axes: tuple[int, ...] = ()

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> NDArray[Any]: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return super().__get__(item, owner)


class VectorEntry(_ArrayPart):
    """A row of numbers."""

    _axes = (1,)


class MatrixEntry(_ArrayPart):
    """A matrix of numbers."""

    _axes = (2,)


class TensorEntry(_ArrayPart):
    """An array of three or more axes."""

    _axes = (3, 4)


class ShapeEntry(ArraySymbol, Part):
    """The shape of an array, such as 96 × 55 × 55 for the axes ("C", "H", "W").

    Later keys may use its lengths: ``output[1]`` is that of the second axis. On an item it is a
    tuple, as NumPy gives shapes.
    """

    carries = (1, 10**6)

    def __init__(self, key: Any, *, axes: Sequence[str], **options: Any):
        super().__init__(key, **options)
        self.shape = (len(axes),)
        self.kind = answers.Shape(axes=tuple(axes))

    def __get__(self, item: Any, owner: Any = None) -> Any:
        return self if item is None else item.exact(self)


def _exact(tolerance: Exact | None) -> Fraction | None:
    """A tolerance such as ``"0.05"`` or ``Fraction(1, 20)``; floats are refused."""
    if isinstance(tolerance, float):
        raise TypeError(f'a tolerance is exact: write "{tolerance}" in quotes')
    return None if tolerance is None else Fraction(tolerance)
