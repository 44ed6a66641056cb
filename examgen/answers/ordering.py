"""The order of printed options, by their letters from first to last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import factorial
from string import ascii_uppercase
from typing import ClassVar, Literal, TypeAlias, cast, get_args

from examgen.answers.exact import exact
from examgen.answers.kind import Judgement, Packed, Reading, Value
from examgen.answers.letters import (
    SEPARATORS,
    Lettered,
    allowed,
    in_words,
    joined,
    places,
    unpack_letters,
    written_letters,
)
from examgen.answers.scanner import Scanner, Unreadable
from examgen.language import ENGLISH, Language

OrderScoring: TypeAlias = Literal["all-or-nothing", "longest-common", "pairs"]
_BETWEEN = SEPARATORS | frozenset("-→⇒")
_COMPARING = frozenset("<>≤≥")
_MOST_TOLD = 4  # pairs that stand wrong; more are not told


@dataclass(frozen=True)
class Order(Lettered):
    """The positions, from 0, of all `count` printed options, in order from first to last.

    `scoring`: ``all-or-nothing``; ``longest-common``, by the longest run of options that stand in
    the right order (others may stand between), less one, over `count` less one; ``pairs``, the
    share of pairs in the right order (Kendall). In each the reverse of the key earns nothing.
    """

    kind: ClassVar[str] = "order"
    scoring: OrderScoring = "pairs"

    def __post_init__(self) -> None:
        """Refuse a single option, more than there are letters, and unknown rules."""
        super().__post_init__()
        if self.count < 2:
            raise ValueError("an order needs two options or more")
        if self.scoring not in get_args(OrderScoring):
            known = ", ".join(get_args(OrderScoring))
            raise ValueError(f"unknown scoring {self.scoring!r}: {known}")

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

    @property
    def bits(self) -> int:
        """One of all orders."""
        return factorial(self.count).bit_length() - 1

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of all letters, each once, such as ``C, A, D, B``, ``CADB`` or ``C > A > B``.

        What stands first is the first. Where ``<`` or ``>`` stand between the letters, the other
        direction is kept as a second reading.
        """
        scanner = Scanner(text, decimal_comma=decimal_comma)
        scanner.text = scanner.text.replace("->", "→ ").replace("=>", "⇒ ")
        signs = _COMPARING.intersection(scanner.text)
        if len(signs) > 1:
            raise Unreadable(f"{in_words(sorted(signs))} in one answer: write the letters alone")
        order = tuple(written_letters(scanner, self.count, separators=_BETWEEN | signs))
        self._check_complete(order)
        if not signs:
            return Reading(order, self.show(order), tuple(scanner.notes))
        note = f"what stands left of the first '{min(signs)}' is taken as the first"
        other = Reading(order[::-1], self.show(order[::-1]))
        return Reading(order, self.show(order), (*scanner.notes, note), (other,))

    def _check_complete(self, order: tuple[int, ...]) -> None:
        """Raise `Unreadable` unless each letter is given once."""
        times = Counter(order)
        twice = joined(at for at in sorted(times) if times[at] > 1)
        missing = joined(at for at in range(self.count) if not times[at])
        problems = [f"given more than once: {twice}"] * bool(twice)
        problems += [f"missing: {missing}"] * bool(missing)
        if problems:
            each = f"an order gives each letter of {allowed(self.count)} once"
            raise Unreadable(f"{each}; {'; '.join(problems)}")

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by the scoring rule, with the neighbours that stand wrong."""
        order = cast(tuple[int, ...], reading.value)
        if order == key:
            return Judgement.right(f"{reading.shown} is right")
        rank = {option: place for place, option in enumerate(cast(tuple[int, ...], key))}
        wrong = list(_inverted(order, rank))
        told = [f"{joined([after])} must come before {joined([before])}" for before, after in wrong]
        more = ["and more"] * (len(told) > _MOST_TOLD)
        evidence = f"{reading.shown} is not right: {', '.join(told[:_MOST_TOLD] + more)}"
        credit = self._credit([rank[option] for option in order])
        return Judgement("partial" if credit else "wrong", credit, evidence)

    def _credit(self, ranks: list[int]) -> Fraction:
        """The credit for options of these ranks in the key, as the student ordered them."""
        if self.scoring == "all-or-nothing":
            return Fraction(0)
        if self.scoring == "pairs":
            pairs = list(combinations(ranks, 2))
            return Fraction(sum(first < second for first, second in pairs), len(pairs))
        return Fraction(_longest_rising(ranks) - 1, self.count - 1)

    def coerce(self, raw: object) -> Value:
        """A permutation of the positions."""
        if hasattr(raw, "tolist"):
            raw = raw.tolist()
        if not isinstance(raw, list | tuple):
            raise ValueError(f"{self.count} positions were expected, not {raw!r}")
        order = tuple(exact(one) for one in raw)
        if sorted(order) != list(range(self.count)):
            raise ValueError(f"not an order of {self.count} options: {raw!r}")
        return order

    def pack(self, value: Value) -> Packed:
        """The letters, such as ``"CADB"``."""
        return "".join(ascii_uppercase[at] for at in cast(tuple[int, ...], self.coerce(value)))

    def unpack(self, packed: Packed) -> Value:
        """The order of packed letters."""
        return self.coerce(unpack_letters(packed, self.count))

    def as_printed(self, value: Packed, offered: Sequence[Packed]) -> "Value | None":
        """The order of the printed options, from the rank of each declared one."""
        ranks = cast(tuple[int, ...], self.coerce(value))
        printed = places(offered, self.count)
        return tuple(sorted(range(self.count), key=lambda at: ranks[printed[at]]))

    def as_declared(self, value: Value, offered: Sequence[Packed]) -> Packed:
        """The rank of each declared option, from the order of the printed ones."""
        printed = places(offered, self.count)
        ranks = {printed[at]: rank for rank, at in enumerate(cast(tuple[int, ...], value))}
        return [ranks[place] for place in range(self.count)]

    def show(self, value: Value) -> str:
        """Such as ``C, A, D, B``."""
        return ", ".join(cast(str, self.pack(value)))

    def tex(self, value: Value) -> str:
        r"""Such as ``\mathrm{C, A, D, B}``."""
        return rf"\mathrm{{{self.show(value)}}}"

    def partial(self) -> str:
        """By the scoring rule."""
        return {
            "all-or-nothing": "right or wrong, nothing in between",
            "longest-common": "by the longest run of options in the right order",
            "pairs": "each pair of options in the right order earns its share",
        }[self.scoring]

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        example = self.show((self.count - 1, *range(self.count - 1)))
        letters = allowed(self.count, language)
        return language.text("hint.order", letters=letters, example=example)


def _inverted(order: tuple[int, ...], rank: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Neighbours in the order, the first of which belongs after the second."""
    return ((a, b) for a, b in pairwise(order) if rank[a] > rank[b])


def _longest_rising(ranks: list[int]) -> int:
    """The length of the longest rising subsequence: what an order has in common with the key."""
    lengths: list[int] = []
    for at, rank in enumerate(ranks):
        before = [lengths[other] for other in range(at) if ranks[other] < rank]
        lengths.append(1 + max(before, default=0))
    return max(lengths)
