"""How well a sheet of answers fits each paper: the number of right answers, paper by paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from examgen.answers import (
    Array,
    Integer,
    Kind,
    OneChoice,
    Reading,
    SeveralChoices,
    Shape,
    Value,
    is_blank,
)
from examgen.exam.record import Form
from examgen.grading.answer import kind_of, read

LEAST_MORE = 3  # so many more right answers make another paper fit far better …
LEAST_TIMES = 2  # … if they are at least twice as many
LEAST_BITS = 20  # and together more than luck: a typed answer tells 8 bits, one of 4 options 2
TYPED_BITS = 8


@dataclass
class _Column:
    """The keys of a column over all papers, of one kind: where equality decides, by value."""

    bits: int
    equal: bool
    papers: dict[Value, list[int]] = field(default_factory=dict)

    def fitting(self, kind: Kind, reading: Reading) -> list[int]:
        """The papers (by place) that the answer is right on."""
        if self.equal:
            return self.papers.get(reading.value, [])
        return [
            place
            for key, places in self.papers.items()
            if kind.judge(reading, key).verdict == "right"
            for place in places
        ]


class Fit:
    """The keys of all papers of an exam, side by side."""

    def __init__(self, forms: Sequence[Form]):
        self.forms = forms
        self._places = {form.code: place for place, form in enumerate(forms)}
        self._columns: dict[str, dict[Kind, _Column]] = {}
        for place, form in enumerate(forms):
            for part in (part for item in form.items for part in item.parts):
                kind = kind_of(part)
                if kind.by_hand:
                    continue
                kinds = self._columns.setdefault(part.column, {})
                column = kinds.setdefault(kind, _Column(_bits(kind), _by_equality(kind)))
                column.papers.setdefault(kind.unpack(part.key), []).append(place)

    def right(self, responses: Mapping[str, str], form: Form) -> int:
        """How many answers are right on a paper."""
        return self._scores(responses)[0][self._places[form.code]]

    def better(self, responses: Mapping[str, str], form: Form) -> tuple[Form, int, int] | None:
        """The paper that the answers fit far better than this one, with both scores."""
        counts, bits = self._scores(responses)
        own = self._places[form.code]
        best = max(range(len(counts)), key=lambda place: (counts[place], bits[place], -place))
        far = counts[best] >= max(counts[own] + LEAST_MORE, LEAST_TIMES * counts[own])
        if not far or bits[best] - bits[own] < LEAST_BITS:
            return None
        return self.forms[best], counts[best], counts[own]

    def _scores(self, responses: Mapping[str, str]) -> tuple[list[int], list[int]]:
        counts, bits = [0] * len(self.forms), [0] * len(self.forms)
        for name, text in responses.items():
            if is_blank(text):
                continue
            for kind, column in self._columns.get(name, {}).items():
                reading = read(kind, text)
                if isinstance(reading, Reading):
                    for place in column.fitting(kind, reading):
                        counts[place] += 1
                        bits[place] += column.bits
        return counts, bits


def _bits(kind: Kind) -> int:
    if isinstance(kind, OneChoice):
        return kind.count.bit_length() - 1
    return kind.count if isinstance(kind, SeveralChoices) else TYPED_BITS


def _by_equality(kind: Kind) -> bool:
    """Whether an answer is right just where it equals the key (roundings are judged one by one)."""
    if isinstance(kind, Array):
        return isinstance(kind.entry, Integer)
    return isinstance(kind, Integer | Shape | OneChoice | SeveralChoices)
