"""How well a sheet of answers fits each paper: the number of right answers, paper by paper."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from examgen.answers import Kind, Reading, Value, is_blank
from examgen.exam.record import Form
from examgen.grading.answer import is_right, kind_of, read

LEAST_MORE = 3  # so many more right answers make another paper fit far better …
LEAST_TIMES = 2  # … if they are at least twice as many
LEAST_BITS = 20  # and together more than luck: a typed answer tells 8 bits, one of 4 options 2
NOTHING = Fraction(0)


@dataclass
class _Column:
    """The keys of a column over all papers, for one answer kind."""

    kind: Kind
    papers: dict[Value, list[int]] = field(default_factory=dict)
    _sorted: list[tuple[Fraction, Value]] = field(default_factory=list)

    def fitting(self, reading: Reading) -> list[int]:
        """The papers (by place) that the answer is right on."""
        if self.kind.by_equality:
            return self.papers.get(reading.value, [])
        return [
            place
            for key in self._near(reading.value)
            if is_right(self.kind, reading, key)
            for place in self.papers[key]
        ]

    def _near(self, value: Value) -> Iterable[Value]:
        """The keys whose number is near: only these can be right, and judging takes time."""
        number = self.kind.magnitude(value)
        if number is None:
            return self.papers
        if not self._sorted:
            numbered = ((self.kind.magnitude(key) or NOTHING, key) for key in self.papers)
            self._sorted = sorted(numbered, key=lambda entry: entry[0])
        reach = self.kind.reach(value)
        start = bisect_left(self._sorted, number - reach, key=lambda entry: entry[0])
        end = bisect_right(self._sorted, number + reach, key=lambda entry: entry[0])
        return (key for _, key in self._sorted[start:end])


class Fit:
    """The keys of all papers of an exam, side by side."""

    def __init__(self, forms: Sequence[Form], *, decimal_comma: bool = False):
        self.forms, self.decimal_comma = forms, decimal_comma
        self._places = {form.code: place for place, form in enumerate(forms)}
        self._columns: dict[str, dict[Kind, _Column]] = {}
        for place, form in enumerate(forms):
            for part in (part for item in form.items for part in item.parts):
                kind = kind_of(part)
                if not kind.by_hand:
                    column = self._columns.setdefault(part.column, {}).setdefault(
                        kind, _Column(kind)
                    )
                    column.papers.setdefault(kind.unpack(part.key), []).append(place)

    def right(self, responses: Mapping[str, str], form: Form) -> int:
        """How many answers are right on a paper."""
        count = 0
        for part in (part for item in form.items for part in item.parts):
            kind, text = kind_of(part), responses.get(part.column, "")
            if kind.by_hand or is_blank(text):
                continue
            reading = read(kind, text, decimal_comma=self.decimal_comma)
            if isinstance(reading, Reading):
                count += is_right(kind, reading, kind.unpack(part.key))
        return count

    def better(self, responses: Mapping[str, str], form: Form) -> tuple[Form, int, int] | None:
        """The paper that the answers fit far better than this one, with both scores."""
        own = self.right(responses, form)
        needed = max(own + LEAST_MORE, LEAST_TIMES * own)
        if sum(not is_blank(text) for text in responses.values()) < needed:
            return None
        counts, bits = self._scores(responses)
        place = self._places[form.code]
        best = max(range(len(counts)), key=lambda other: (counts[other], bits[other], -other))
        if counts[best] < needed or bits[best] - bits[place] < LEAST_BITS:
            return None
        return self.forms[best], counts[best], own

    def _scores(self, responses: Mapping[str, str]) -> tuple[list[int], list[int]]:
        """The number of right answers on each paper, and the bits they tell."""
        counts, bits = [0] * len(self.forms), [0] * len(self.forms)
        for name, text in responses.items():
            if is_blank(text):
                continue
            for kind, column in self._columns.get(name, {}).items():
                reading = read(kind, text, decimal_comma=self.decimal_comma)
                if isinstance(reading, Reading):
                    for place in column.fitting(reading):
                        counts[place] += 1
                        bits[place] += kind.bits
        return counts, bits
