"""The smallest item for which something fails: the one an author can follow by hand."""

from collections.abc import Callable, Iterator

from examgen.items import Item

MOST_TRIES = 400


def smallest(model: type[Item], rank: int, fails: Callable[[Item], bool]) -> Item:
    """An item that fails like that of ``rank``, with parameters as near their first as possible.

    One entry of a parameter at a time is lowered: to the first value of its domain, else to one
    halfway, else to the one before, as long as the item fails.
    """
    tries = 0
    found = True
    while found and tries < MOST_TRIES:
        found = False
        for lower in _lower(model, rank):
            tries += 1
            if tries > MOST_TRIES:
                break
            if _fails(model(lower), fails):
                rank, found = lower, True
                break
    return model(rank)


def _fails(item: Item, fails: Callable[[Item], bool]) -> bool:
    try:
        return item.excluded() is None and fails(item)
    except Exception:
        return False


def _lower(model: type[Item], rank: int) -> Iterator[int]:
    """The ranks with one entry of a parameter lowered, the boldest steps first."""
    places, weight = [], 1
    for parameter in reversed(model.space.parameters.values()):
        for _ in range(parameter.cells):
            base = len(parameter.entries)
            places.append((weight, rank // weight % base))
            weight *= base
    for place in range(3):
        for weight, digit in reversed(places):
            step = (digit, digit // 2, min(digit, 1))[place]
            if step:
                yield rank - weight * step
