"""Which items of a model are looked at, and how much of its space is legal and usable."""

import math
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from examgen.bank.patience import patience
from examgen.items import Item

MOST_COUNTED = 1_000_000
LEAST_TRIES = 100_000
MOST_TRIES = 500  # for each item that is wanted …
EDGE_TRIES = 50  # … and at the edges, where few are legal


@dataclass(frozen=True)
class Census:
    """How many of a space's items are legal and usable: exact, or estimated from ``looked_at``."""

    size: int
    looked_at: int
    legal: int
    usable: int
    excluded: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def exact(self) -> bool:
        """Whether every item of the space was looked at."""
        return self.looked_at == self.size

    def show(self, count: int) -> str:
        """The count, or its share of the space with a 95 % interval (Wilson's score)."""
        if self.exact:
            return f"{count:,}"
        low, high = wilson(count, self.looked_at)
        return f"{100 * low:.0f}–{100 * high:.0f} %"


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion (Wilson 1927)."""
    z = 1.96
    share = hits / tries
    middle = share + z * z / (2 * tries)
    spread = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    scale = 1 + z * z / tries
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def census(model: type[Item], *, most: int, tries: int = 2000) -> Census:
    """Count every item of a space of up to ``most`` items, else estimate from ``tries`` of them."""
    size = model.space.size
    ranks = range(size) if size <= most else random_ranks(model, tries)
    usable = 0
    excluded: Counter[tuple[str, str]] = Counter()
    for rank in ranks:
        item = model(rank)
        with patience(item):
            reason = item.excluded()
        if reason is None:
            usable += 1
        elif reason.part:  # else it is not legal
            excluded[reason.part, reason.reason] += 1
    legal = usable + excluded.total()
    return Census(size, len(ranks), legal, usable, excluded)


def nothing_left(model: type[Item]) -> str:
    """Why no item is legal: of how many settings each condition of ``where`` holds by itself."""
    items = [model(rank) for rank in random_ranks(model, 2000)]
    told = []
    for condition in model.where:
        name = getattr(condition, "__name__", None) or repr(condition)
        told.append(f"{name} holds for {sum(one.meets(condition) for one in items)}")
    return f"'where' leaves no item: of {len(items)} settings {', '.join(told)}"


def random_ranks(model: type[Item], count: int) -> list[int]:
    """Distinct ranks drawn alike on every machine; all of them when the space is small."""
    size = model.space.size
    if size <= count:
        return list(range(size))
    stream = random.Random(f"census {model.name}")
    ranks: dict[int, None] = {}
    while len(ranks) < count:
        ranks[stream.randrange(size)] = None
    return list(ranks)


def usable_items(model: type[Item], count: int) -> list[Item]:
    """Up to ``count`` distinct usable items, alike on every machine; all of a small space."""
    size = model.space.size
    stream = random.Random(f"sample {model.name}")
    ranks = range(size) if size <= 2 * count else iter(lambda: stream.randrange(size), None)
    return _usable(model, ranks, count, tries=max(LEAST_TRIES, MOST_TRIES * count))


def sampled(model: type[Item], count: int) -> list[Item]:
    """Up to ``count`` usable items, the last third of them from the edges of the space.

    Where a key is wrong at all, it mostly is at an end of several parameters: for the last window
    or the largest kernel.
    """
    items = usable_items(model, count)
    if len(items) < count or count >= model.space.size:  # no others are found, or there are none
        return items
    stream = random.Random(f"edges {model.name}")
    ranks = (model.space.edge(stream) for _ in range(MOST_TRIES * count))
    edges = _usable(model, ranks, count // 3, tries=EDGE_TRIES * count)
    known = {item.rank for item in items}
    new = [item for item in edges if item.rank not in known]
    return [*items[: count - len(new)], *new]


def _usable(model: type[Item], ranks: Iterable[int], count: int, *, tries: int) -> list[Item]:
    """The first ``count`` usable items of some ranks, after looking at so many of these at most."""
    found: dict[int, Item] = {}
    tried: set[int] = set()
    most = min(model.space.size, tries)
    for rank in ranks:
        if len(found) == count or len(tried) == most:
            break
        if rank in tried:
            continue
        tried.add(rank)
        item = model(rank)
        if item.excluded() is None:
            found[rank] = item
    return list(found.values())
