"""Vectors, matrices and tensors of exact numbers, judged entry by entry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, ClassVar, Self, cast

from examgen.answers.brackets import nested, shape_of
from examgen.answers.decimals import Decimal
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Written
from examgen.answers.numbers import (
    Integer,
    Number,
    Rational,
    number_as_written,
    reading_of,
)
from examgen.answers.scanner import Scanner, Unreadable
from examgen.answers.tuples import leaves, lengths, mapped, observations, transposed
from examgen.language import ENGLISH, Language
from examgen.notation import value_tex

_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
ENTRY_KINDS: dict[str, type[Number]] = {one.kind: one for one in (Integer, Rational, Decimal)}


@dataclass(frozen=True)
class Array(Kind):
    """A vector, matrix or tensor of `shape`; each right entry earns its share of the credit."""

    kind: ClassVar[str] = "array"
    shape: tuple[int, ...]
    entry: Number = field(default_factory=Integer)

    def __post_init__(self) -> None:
        """Refuse shapes that nobody could type."""
        object.__setattr__(self, "shape", tuple(int(length) for length in self.shape))
        if not self.shape or min(self.shape) < 1:
            raise ValueError(f"an array needs axes of length 1 or more, not {self.shape}")

    @property
    def by_equality(self) -> bool:
        """As its entries."""
        return self.entry.by_equality

    def magnitude(self, value: Value) -> Fraction | None:
        """That of its first entry."""
        return self.entry.magnitude(next(leaves(value)))

    def reach(self, value: Value) -> Fraction:
        """That of its first entry."""
        return self.entry.reach(next(leaves(value)))

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of an array of any shape; only its judgement compares the shapes.

        Commas between digits are decimal commas where the numbers fit the asked shape only so,
        or where the course writes them and the numbers fit so.
        """
        if decimal_comma and (reading := self._read_with_decimal_commas(text)):
            return reading
        try:
            reading = self._read(Scanner(text))
        except Unreadable:
            if reading := self._read_with_decimal_commas(text):
                return reading
            raise
        fitting = None if self.fits(reading.value) else self._read_with_decimal_commas(text)
        return fitting or reading

    def fits(self, value: Value) -> bool:
        """Whether a value has the shape that was asked for."""
        return lengths(value) == self.shape

    def _read_with_decimal_commas(self, text: str) -> Reading | None:
        """The reading of ``0,5; 0,25``; None where it is no array that could be the key."""
        if not _DECIMAL_COMMA.search(text):
            return None
        try:
            scanner = Scanner(text)
            scanner.text = _DECIMAL_COMMA.sub(".", scanner.text)
            scanner.notes.append("commas between digits are read as decimal commas")
            reading = self._read(scanner)
            self.check_key(reading.value)
        except (Unreadable, ValueError):
            return None
        return reading

    def _read(self, scanner: Scanner) -> Reading:
        scanner.skip_name()
        items = nested(scanner)
        given = shape_of(items)
        numerals = list(leaves(items))
        shape = self._fitting(given, scanner.notes)
        readings = [reading_of(numeral) for numeral in numerals]
        value = _folded([reading.value for reading in readings], shape)
        written = _folded([reading.written for reading in readings], shape)
        shown = _shown(_folded([reading.shown for reading in readings], shape), len(shape))
        return Reading(value, shown, tuple(scanner.notes), (), written)

    def _fitting(self, given: tuple[int, ...], notes: list[str]) -> tuple[int, ...]:
        """The shape to take the numbers in: the asked one where brackets of one item differ."""
        if len(given) == len(self.shape):
            return given
        if [n for n in given if n > 1] == [n for n in self.shape if n > 1]:
            notes.append(f"read as {described(self.shape)}")
            return self.shape
        if len(given) < len(self.shape) and prod(given) == prod(self.shape):
            if len(self.shape) == 2:
                raise Unreadable("rows must be separated by ; or new lines")
            raise Unreadable(f"brackets must show the {len(self.shape)} axes of the tensor")
        return given

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by entries, with what is true of the whole array as evidence."""
        value, expected = reading.value, key
        asked, given = lengths(expected), lengths(value)
        if given != asked:
            evidence = f"{described(asked)} was asked for, this is {described(given)}"
            same = " (the right one, transposed)" if transposed(value) == expected else ""
            return Judgement.wrong(evidence + same)
        judged = [
            self.entry.judge(one, wanted) for one, wanted in _entries(reading, expected, asked)
        ]
        credit = sum((one.credit for one in judged), Fraction(0)) / len(judged)
        right = sum(one.verdict == "right" for one in judged)
        if right == len(judged):
            return Judgement.right("all entries are right")
        evidence = f"{right} of {len(judged)} entries right; {self._first(judged, asked)}"
        if seen := observations(value, expected):
            evidence += f"; the whole is the right one {' or '.join(seen)}"
        if all(one.verdict in ("right", "imprecise") for one in judged):
            return Judgement("imprecise", credit, evidence)
        return Judgement("partial" if credit else "wrong", credit, evidence)

    @staticmethod
    def _first(judged: list[Judgement], shape: tuple[int, ...]) -> str:
        """Where the first entry that is not right stands, and why."""
        for index, one in zip(product(*map(range, shape)), judged, strict=True):
            if one.verdict != "right":
                if len(shape) == 2:
                    return f"row {index[0] + 1}, column {index[1] + 1}: {one.evidence}"
                return f"entry {', '.join(str(at + 1) for at in index)}: {one.evidence}"
        raise ValueError("all entries are right")

    def match(self, value: Value, key: Value) -> bool:
        """Whether every entry matches."""
        shape = lengths(key)
        return lengths(value) == shape and all(
            self.entry.match(cast(Value, _at(value, index)), cast(Value, _at(key, index)))
            for index in product(*map(range, shape))
        )

    def check_key(self, value: Value) -> None:
        """The key has the declared shape and entries that can be keys."""
        self._check_shape(value)
        for one in leaves(value):
            self.entry.check_key(one)

    def coerce(self, raw: object) -> Value:
        """Nested tuples of exact numbers from nested sequences or an array with ``tolist``."""
        value = self._coerced(raw)
        self._check_shape(value)
        return value

    def _coerced(self, raw: object) -> Value:
        """Nested tuples, of any shape."""
        if hasattr(raw, "tolist"):
            raw = raw.tolist()
        if isinstance(raw, (list, tuple)):
            return tuple(self._coerced(one) for one in raw)
        return self.entry.coerce(raw)

    def _check_shape(self, value: Value) -> None:
        """Raise ValueError for another shape than the declared one."""
        if not self.fits(value):
            raise ValueError(
                f"{described(self.shape)} was expected, this is {described(lengths(value))}"
            )

    def pack(self, value: Value) -> Packed:
        """Nested lists of packed numbers."""
        if isinstance(value, tuple):
            return [self.pack(one) for one in value]
        return self.entry.pack(value)

    def unpack(self, packed: Packed) -> Value:
        """The array that `pack` wrote."""
        if isinstance(packed, list):
            return tuple(self.unpack(one) for one in packed)
        return self.entry.unpack(packed)

    def show(self, value: Value) -> str:
        """Such as ``[1, 2; 3, 4]``; a tensor in nested brackets."""
        return _shown(mapped(self.entry.show, value), len(lengths(value)))

    def tex(self, value: Value) -> str:
        """A ``pmatrix``; a tensor as the list of its slices."""
        return value_tex(value, entry=self.entry.tex)

    def partial(self) -> str:
        """Each entry counts."""
        return "each right entry earns its share of the marks"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        if len(self.shape) == 1:
            return language.text("hint.vector", n=self.shape[0])
        shape = " × ".join(map(str, self.shape))
        return language.text("hint.matrix" if len(self.shape) == 2 else "hint.tensor", shape=shape)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        entry = dict(settings["entry"])
        return cls(tuple(settings["shape"]), ENTRY_KINDS[entry.pop("kind")].from_dict(entry))


def _entries(
    reading: Reading, key: Value, shape: tuple[int, ...]
) -> Iterator[tuple[Reading, Value]]:
    """Each entry as a reading of its own, with the key's entry."""
    for index in product(*map(range, shape)):
        value = cast(Value, _at(reading.value, index))
        how = cast(Written | None, _at(reading.written, index) if reading.written else None)
        yield (
            Reading(value, number_as_written(value, how), written=how),
            cast(Value, _at(key, index)),
        )


def described(shape: tuple[int, ...]) -> str:
    """A shape in words, such as ``a 3 × 3 matrix``."""
    if len(shape) == 0:
        return "a single number"
    if len(shape) == 1:
        return f"a vector of {shape[0]} number{'' if shape[0] == 1 else 's'}"
    noun = "matrix" if len(shape) == 2 else "tensor"
    return f"a {' × '.join(map(str, shape))} {noun}"


def _folded(flat: list[Any], shape: tuple[int, ...]) -> Any:
    """A flat list as nested tuples of a shape."""
    for length in reversed(shape[1:]):
        flat = [tuple(flat[at : at + length]) for at in range(0, len(flat), length)]
    return tuple(flat)


def _at(array: object, index: tuple[int, ...]) -> object:
    """The entry at an index."""
    for at in index:
        array = cast(tuple[object, ...], array)[at]
    return array


def _shown(array: Any, axes: int) -> str:
    """Nested tuples of texts in brackets; the rows of a matrix separated by ``;``."""
    if axes == 2:
        return f"[{'; '.join(', '.join(row) for row in array)}]"
    if axes > 2:
        array = [_shown(one, axes - 1) for one in array]
    return f"[{', '.join(array)}]"
