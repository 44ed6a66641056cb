"""Two vectors whose outer product is asked for: any split of a common factor is right."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import ClassVar, TypeAlias, cast

from examgen.answers.brackets import nested
from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Numeral
from examgen.answers.scanner import Scanner, Unreadable
from examgen.answers.tuples import leaves
from examgen.language import ENGLISH, Language
from examgen.notation import value_tex

Vector: TypeAlias = tuple[int | Fraction, ...]
Pair: TypeAlias = tuple[Vector, Vector]

_NAMED = re.compile(r",? *\b[A-Za-z][A-Za-z0-9_]{0,9} *= *")
_TIMES = re.compile(r"(?<=[\])}]) *[x×*·] *(?=[\[({])|⊗|\band\b")
_TRANSPOSED = re.compile(r"(?<=[\])}]) *(?:\^ ?T\b|\^\{T\}|ᵀ|'|T\b)")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


@dataclass(frozen=True)
class VectorPair(Kind):
    """Vectors of two `lengths`, called by their `names`; right where their outer product is.

    The value of equal products is one pair: the second vector in whole numbers without a common
    factor, the first of them that is not 0 positive. One vector that is right up to a factor, or
    both with a product that is a multiple of the right one, earn half of the credit.
    """

    kind: ClassVar[str] = "vector_pair"
    lengths: tuple[int, ...] = (3, 3)
    names: tuple[str, ...] = ("u", "v")

    def __post_init__(self) -> None:
        """Refuse empty vectors."""
        object.__setattr__(self, "lengths", tuple(int(length) for length in self.lengths))
        object.__setattr__(self, "names", tuple(self.names))
        if len(self.lengths) != 2 or len(self.names) != 2 or min(self.lengths) < 1:
            raise ValueError("a pair of vectors has two names and two lengths of at least 1")

    @property
    def by_equality(self) -> bool:
        """Always: equal products have one value."""
        return True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of two vectors, in brackets or one a line, with their names or without."""
        try:
            return self._read(text, commas=False)
        except Unreadable as first:
            try:
                return self._read(text, commas=True)
            except Unreadable:
                raise first from None

    def _read(self, text: str, *, commas: bool) -> Reading:
        scanner = Scanner(text)
        labels = [found.strip(", =").lower() for found in _NAMED.findall(scanner.text)]
        scanner.text = _separated(scanner.text)
        if commas:
            scanner.text = _DECIMAL_COMMA.sub(".", scanner.text)
            scanner.notes.append("commas between digits are read as decimal commas")
        scanner.skip()
        vectors = [_vector(item) for item in nested(scanner)]
        if len(vectors) != 2:
            raise Unreadable(
                f"two vectors were expected, such as [1, 2] and [3, 4]; this has {len(vectors)}"
            )
        if labels == [name.lower() for name in reversed(self.names)]:
            vectors.reverse()
        self._check_lengths(vectors)
        shown = " and ".join(map(_shown, vectors))
        return Reading(_canonical(*vectors), shown, tuple(scanner.notes))

    def _check_lengths(self, vectors: list[Vector]) -> None:
        """Raise `Unreadable` for other lengths, unless they are exchanged."""
        if tuple(map(len, reversed(vectors))) == self.lengths:
            return
        for name, vector, length in zip(self.names, vectors, self.lengths, strict=True):
            if len(vector) != length:
                raise Unreadable(f"{name} needs {length} numbers, this has {len(vector)}")

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by the outer product."""
        value, expected = cast(Pair, reading.value), cast(Pair, key)
        if value == expected:
            return Judgement.right(f"the outer product is that of {self.show(key)}")
        evidence = self._difference(value, expected)
        if not any(map(any, value)) or len(value[0]) != len(expected[0]):
            return Judgement.wrong(evidence)
        credit = Fraction(int(any(map(_parallel, value, expected))), 2)
        return Judgement("partial" if credit else "wrong", credit, evidence)

    def _difference(self, value: Pair, key: Pair) -> str:
        """Where the outer product is not the right one, and what is true of the whole."""
        first, second = self.names
        if not any(map(any, value)):
            return "one of the vectors is 0, and so is the outer product"
        if value == _canonical(*reversed(key)):
            return f"the product is the right one transposed: {first} and {second} are exchanged"
        if len(value[0]) != len(key[0]):
            return f"{first} needs {len(key[0])} numbers, this has {len(value[0])}"
        if all(map(_parallel, value, key)):
            factor = _factor(value, key)
            sign = "; the sign is wrong" if factor == -1 else ""
            return f"the outer product is {number_text(factor)} times the right one{sign}"
        right = [name for name, *pair in zip(self.names, value, key, strict=True)
                 if _parallel(*pair)]  # fmt: skip
        told = f"; {right[0]} is right up to a factor" if right else ""
        return f"{_first_difference(value, key)}{told}"

    def check_key(self, value: Value) -> None:
        """The key has the declared lengths and no vector of zeros."""
        pair = cast(Pair, self.coerce(value))
        if tuple(map(len, pair)) != self.lengths:
            raise ValueError(f"vectors of {self.lengths[0]} and {self.lengths[1]} were expected")
        if not any(map(any, pair)):
            raise ValueError("a vector of zeros cannot be the key")

    def coerce(self, raw: object) -> Value:
        """The pair that stands for all with its outer product, from two vectors or one row."""
        raw = raw.tolist() if hasattr(raw, "tolist") else raw
        if not isinstance(raw, (list, tuple)):
            raise ValueError(f"two vectors were expected, not {raw!r}")
        if len(raw) == sum(self.lengths) and not any(isinstance(one, (list, tuple)) for one in raw):
            raw = (raw[: self.lengths[0]], raw[self.lengths[0] :])
        vectors = [one.tolist() if hasattr(one, "tolist") else one for one in raw]
        if sorted(len(one) for one in vectors) != sorted(self.lengths):
            raise ValueError(f"vectors of {self.lengths} numbers were expected, not {raw!r}")
        return _canonical(*(tuple(exact(entry) for entry in vector) for vector in vectors))

    def pack(self, value: Value) -> Packed:
        """Two lists of packed numbers."""
        return [[pack_number(entry) for entry in vector] for vector in cast(Pair, value)]

    def unpack(self, packed: Packed) -> Value:
        """The pair that `pack` wrote."""
        if not isinstance(packed, list) or not all(isinstance(one, list) for one in packed):
            raise ValueError(f"not a packed pair of vectors: {packed!r}")
        vectors = cast(list[list[Packed]], packed)
        return self.coerce([[unpack_number(entry) for entry in vector] for vector in vectors])

    def show(self, value: Value) -> str:
        """Such as ``[1, 2, 1] and [1, 0, -1]``."""
        return " and ".join(map(_shown, cast(Pair, value)))

    def tex(self, value: Value) -> str:
        """The two vectors by their names, as rows."""
        named = zip(self.names, cast(Pair, value), strict=True)
        return r",\quad ".join(f"{name} = {value_tex(vector)}" for name, vector in named)

    def partial(self) -> str:
        """The product counts, not the vectors."""
        return "half of the marks where one vector, or the product but for a factor, is right"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        vectors = [f"{name} = [{', '.join(map(str, range(1, length + 1)))}]"
                   for name, length in zip(self.names, self.lengths, strict=True)]  # fmt: skip
        return language.text("hint.vectors", example=", ".join(vectors))


def _separated(text: str) -> str:
    """The text with one ``;`` between two vectors, whatever stands there; positions stay."""

    def blank(mark: str, found: re.Match[str]) -> str:
        return (mark if text[: found.start()].strip() else " ").ljust(len(found[0]))

    text = _TRANSPOSED.sub(lambda found: " " * len(found[0]), text)
    text = _NAMED.sub(lambda found: blank(";", found), text)
    return re.sub(r";(\s*);", r" \1;", _TIMES.sub(lambda found: blank(";", found), text))


def _vector(item: object) -> Vector:
    """The numbers of one vector, which may stand in a column."""
    numerals = cast(list[Numeral], list(leaves(item)))
    return tuple(exact(numeral.value) for numeral in numerals)


def _canonical(first: Vector, second: Vector) -> Pair:
    """The one pair that stands for all with the same outer product."""
    if not any(first) or not any(second):
        return (0,) * len(first), (0,) * len(second)
    over = gcd(*(entry.numerator for entry in second))
    factor = Fraction(lcm(*(entry.denominator for entry in second)), over)
    if next(entry for entry in second if entry) < 0:
        factor = -factor
    return tuple(exact(Fraction(entry / factor)) for entry in first), tuple(
        exact(Fraction(entry * factor)) for entry in second
    )


def _parallel(vector: Vector, other: Vector) -> bool:
    """Whether one vector is a multiple of the other; neither is 0."""
    at = next(at for at, entry in enumerate(other) if entry)
    return all(a * other[at] == b * vector[at] for a, b in zip(vector, other, strict=True))


def _factor(value: Pair, key: Pair) -> int | Fraction:
    """By what the product of a pair is a multiple of another's."""
    at = next(at for at, entry in enumerate(key[0]) if entry)
    return exact(Fraction(value[0][at]) / key[0][at])


def _first_difference(value: Pair, key: Pair) -> str:
    """The first entry of the outer product that is not right."""
    for row, (u, other_u) in enumerate(zip(value[0], key[0], strict=True), 1):
        for column, (v, other_v) in enumerate(zip(value[1], key[1], strict=True), 1):
            if u * v != other_u * other_v:
                here, there = (number_text(exact(one)) for one in (u * v, other_u * other_v))
                return f"row {row}, column {column} of the product is {here}, not {there}"
    raise ValueError("the products are equal")


def _shown(vector: Vector) -> str:
    return f"[{', '.join(map(number_text, vector))}]"
