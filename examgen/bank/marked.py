"""How the answer kinds mark what an item model gives: its keys right, its misconceptions wrong."""

from collections.abc import Iterator
from typing import Any

from examgen.answers import Unreadable, pack_exact
from examgen.items import DecimalEntry, Item
from examgen.items.parts import Part


def marking_problems(item: Item) -> Iterator[str]:
    """The key earns full marks, and a misconception is read as itself and not as the key."""
    used = {before for name in item.declaration.parts for before in item.depends(name)}
    for name, part in item.declaration.parts.items():
        if part.kind.by_hand:
            continue
        value = item.key(name)
        key = _response(part, item, value)
        try:
            part.kind.check_key(key)
        except ValueError as error:
            yield f"part '{name}': {error}"
            continue
        yield from _judged(part, key, key, "right")
        low, high = part.carries or (value, value)
        matters = name in used or part.carries != type(part).carries
        if matters and not isinstance(value, tuple) and not low <= value <= high:
            yield f"part '{name}': the key {value} is outside carries=({low}, {high})"
        for wrong, other in item.wrong_answers(part):
            if other is not None:
                if part.accepts and item.accepts(part, other):
                    yield f"part '{name}': '{wrong.name}', {other}, is accepted"
                yield from _swallowed(part, value, other, wrong.name)
                mistake = _response(part, item, other)
                yield from _judged(part, mistake, mistake, "right", wrong.name)
                yield from _judged(part, mistake, key, "wrong", wrong.name)


def _judged(
    part: Part, written: Any, key: Any, expected: str, name: str = "the key"
) -> Iterator[str]:
    text = part.kind.show(written)
    try:
        verdict = part.kind.judge(part.kind.read(text), key).verdict
    except Unreadable as error:
        yield f"part '{part.name}', '{name}': '{text}' cannot be read: {error}"
        return
    if verdict == "undecided" or (verdict == "right") != (expected == "right"):
        yield f"part '{part.name}', '{name}': '{text}' is judged {verdict}"


def _response(part: Part, item: Item, value: Any) -> Any:
    """The response that means a value, the options printed as declared."""
    offered = [pack_exact(option.value) for option in part.options_of(item)]
    return part.kind.as_printed(pack_exact(value), offered)


def _swallowed(part: Part, key: Any, wrong: Any, name: str) -> Iterator[str]:
    """A tolerance wider than half the way from the key to a misconception's value."""
    if isinstance(part, DecimalEntry) and part.kind.tolerant:
        tolerance, distance = part.kind.tolerance(key), abs(wrong - key)
        if 2 * tolerance > distance:
            yield (
                f"part '{part.name}': the tolerance {tolerance} is wider than half "
                f"the distance from the key {key} to '{name}', {wrong}"
            )
