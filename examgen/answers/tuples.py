"""Nested tuples as arrays: their shape, their entries, and what turns one into another."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from examgen.answers.kind import Value


def lengths(value: Value) -> tuple[int, ...]:
    """The shape of nested tuples; raises ValueError where they are not rectangular."""
    if not isinstance(value, tuple):
        return ()
    shapes = {lengths(one) for one in value}
    if len(shapes) != 1:
        raise ValueError("the rows of an array must have one length, at least 1")
    return (len(value), *shapes.pop())


def leaves(items: Any) -> Iterator[Any]:
    """The entries of nested lists or tuples, the last axis fastest."""
    if isinstance(items, (list, tuple)):
        for item in items:
            yield from leaves(item)
    else:
        yield items


def mapped(change: Callable[[Any], Any], array: Any) -> Any:
    """Nested tuples with every entry changed."""
    if isinstance(array, tuple):
        return tuple(mapped(change, one) for one in array)
    return change(array)


def observations(value: Value, key: Value) -> list[str]:
    """What turns the key into the whole of another array of the same shape."""
    if value == key or not any(leaves(key)):
        return []
    changes: list[tuple[str, Callable[[Value], Value]]] = [
        ("with the opposite sign", lambda array: mapped(lambda one: -cast(int, one), array)),
        ("in reverse order" if len(lengths(key)) == 1 else "flipped left to right", _mirrored),
    ]
    if len(lengths(key)) > 1:
        changes += [
            ("transposed", transposed),
            ("flipped top to bottom", lambda array: _on_matrices(_reversed, array)),
            ("rotated by 180°", lambda array: _on_matrices(_reversed, _mirrored(array))),
        ]
    return [name for name, change in changes if change(key) == value] or _shifts(value, key)


def _shifts(value: Value, key: Value) -> list[str]:
    """The shifts by one place that turn the key into the value, filled by zeros or cyclic."""
    names = ("right", "left") if len(lengths(key)) == 1 else ("right", "left", "down", "up")
    found = []
    for name in names:
        for fill, cyclic in (("cyclically", True), ("filled with zeros", False)):
            if _shifted(key, name, cyclic=cyclic) == value:
                found.append(f"shifted {name} by one, {fill}")
    return found


def _shifted(array: Any, towards: str, *, cyclic: bool) -> Any:
    """Every vector, or each matrix of the last two axes, shifted by one place."""
    if towards in ("right", "left"):
        if len(lengths(array)) > 1:
            return tuple(_shifted(row, towards, cyclic=cyclic) for row in array)
        zero: Any = 0
    else:
        if len(lengths(array)) > 2:
            return tuple(_shifted(one, towards, cyclic=cyclic) for one in array)
        zero = (0,) * len(array[0])
    if towards in ("right", "down"):
        return (array[-1] if cyclic else zero, *array[:-1])
    return (*array[1:], array[0] if cyclic else zero)


def _on_matrices(change: Callable[[Any], Any], array: Any) -> Any:
    """A change applied to each matrix of the last two axes."""
    if len(lengths(array)) > 2:
        return tuple(_on_matrices(change, one) for one in array)
    return change(array)


def _reversed(array: Any) -> Any:
    """The first axis backwards."""
    return array[::-1]


def _mirrored(array: Any) -> Any:
    """The last axis backwards."""
    return _reversed(array) if len(lengths(array)) == 1 else tuple(map(_mirrored, array))


def transposed(array: Any) -> Any:
    """The last two axes exchanged; a vector stays."""
    if len(lengths(array)) < 2:
        return array
    return _on_matrices(lambda matrix: tuple(zip(*matrix, strict=True)), array)
