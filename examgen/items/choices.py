"""Parts answered by the letters of printed options."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from examgen import answers
from examgen.formula import Undefined
from examgen.items.arrays import exact_value
from examgen.items.key import Key
from examgen.items.parts import DeclaredOption, Misconception, Part
from examgen.text import value_tex


class MultipleChoice(Part):
    """One option out of several: the key, its misconceptions and further ``distractors``.

    ``option`` is the text of each, with its ``value`` filled in; the options are shuffled for
    every student.
    """

    is_integer = False

    def __init__(
        self, key: Any, *, option: str = "<<value>>", distractors: Sequence[Any] = (), **rest: Any
    ):
        super().__init__(key, **rest)
        self.option = option
        self.distractors = tuple(Key(value) for value in distractors)
        count = 1 + len(self.edits) + len(self.distractors)
        if count < 2:
            raise ValueError("a choice needs a misconception or a distractor beside its key")
        self.kind = answers.OneChoice(count=count)

    def coerce(self, raw: Any) -> Any:
        return exact_value(raw)

    def tex_of(self, value: Any) -> str:
        return value_tex(value)

    def options_of(self, item: Any) -> list[DeclaredOption]:
        wrong = [(value, wrong.name) for wrong, value in item.wrong_answers(self)]
        more = [(value, None) for value in item.distractors(self)]
        return [
            DeclaredOption(self.option, value, name, {"value": value})
            for value, name in [(item.key(self), None), *wrong, *more]
        ]


class MultipleResponse(Part):
    """Several options, each true or false: the key holds one truth value for each option.

    ``options`` are texts (each may use the parameters); ``scoring`` is "all-or-nothing",
    "per-option" or "right-minus-wrong".
    """

    def __init__(
        self,
        key: Any,
        *,
        options: Sequence[str],
        scoring: answers.Scoring = "per-option",
        **rest: Any,
    ):
        super().__init__(key, **rest)
        self.options = tuple(options)
        self.kind = answers.SeveralChoices(count=len(options), scoring=scoring)

    def keyed(self, source: Any) -> Key:
        """Truth values that are written out are taken as numbers, as formulas need them."""
        if isinstance(source, list | tuple):
            source = [int(one) if isinstance(one, bool) else one for one in source]
        return super().keyed(source)

    def coerce(self, raw: Any) -> Any:
        flags = tuple(int(bool(flag)) for flag in np.asarray(raw, dtype=object).ravel())
        if len(flags) != len(self.options):
            raise ValueError(f"{len(self.options)} options, but {len(flags)} truth values")
        return flags

    def options_of(self, item: Any) -> list[DeclaredOption]:
        return _by_place(self.options)

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        """One flag turned."""
        at = place % len(value)
        return (*value[:at], 1 - value[at], *value[at + 1 :])


class Ordering(Part):
    """Options to be put in order: the key holds a number for each, and the smallest comes first.

    The numbers may be years or formulas of the parameters; where two are equal there is no key.
    ``options`` are texts (each may use the parameters), ``scoring`` is "all-or-nothing",
    "longest-common" or "pairs". The value of the part is the rank of each option, from 0.
    """

    orders_values = True

    def __init__(
        self,
        key: Any,
        *,
        options: Sequence[str],
        scoring: answers.OrderScoring = "pairs",
        **rest: Any,
    ):
        super().__init__(key, **rest)
        self.options = tuple(options)
        self.kind = answers.Order(count=len(options), scoring=scoring)

    def coerce(self, raw: Any) -> Any:
        numbers = [exact_value(one) for one in np.asarray(raw, dtype=object).ravel()]
        if len(numbers) != len(self.options):
            raise ValueError(f"{len(self.options)} options, but {len(numbers)} numbers")
        if len(set(numbers)) < len(numbers):
            raise Undefined("two options have the same place")
        in_order = sorted(numbers)
        return tuple(in_order.index(number) for number in numbers)

    def options_of(self, item: Any) -> list[DeclaredOption]:
        return _by_place(self.options)

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        """Two options that follow one another exchanged."""
        first = place % (len(value) - 1)
        swapped = {first: first + 1, first + 1: first}
        return tuple(swapped.get(rank, rank) for rank in value)


class Matching(Part):
    """Rows to be matched to options: the key holds the place of an option, from 0, for each row.

    Without a key, row i belongs to option i; further options belong to none. ``rows`` are printed
    in order, ``options`` are shuffled (the texts of both may use the parameters). ``scoring`` is
    "per-row", "right-minus-wrong" or "all-or-nothing"; with ``reuse`` an option may serve several
    rows, which the prompt must say. A misconception holds None for rows that it does not touch.
    """

    def __init__(
        self,
        key: Any = None,
        *,
        rows: Sequence[str],
        options: Sequence[str],
        scoring: answers.MatchScoring = "per-row",
        reuse: bool = False,
        misconceptions: Sequence[Misconception] = (),
        **rest: Any,
    ):
        wrongs = [replace(wrong, edit=_places(wrong.edit)) for wrong in misconceptions]
        key = tuple(range(len(rows))) if key is None else key
        super().__init__(_places(key), misconceptions=wrongs, **rest)
        self.rows = tuple(rows)
        self.options = tuple(options)
        self.kind = answers.Matches(
            count=len(options), rows=len(rows), scoring=scoring, reuse=reuse
        )

    def same(self, value: Any, other: Any) -> bool:
        """Equal, or where one leaves no row open, equal in all rows that the other fills."""
        if -1 in value and -1 in other:
            return bool(value == other)
        return self.kind.match(value, other)

    def options_of(self, item: Any) -> list[DeclaredOption]:
        return _by_place(self.options)

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        """One row given another option."""
        at = place % len(value)
        return (*value[:at], (value[at] + step) % len(self.options), *value[at + 1 :])


def _by_place(options: Sequence[str]) -> list[DeclaredOption]:
    """Options that stand for their place as declared."""
    return [DeclaredOption(text, place) for place, text in enumerate(options)]


def _places(source: Any) -> Key:
    """A function of the item, or constant places, which may hold None."""
    return Key(source) if callable(source) else Key.constant(source)
