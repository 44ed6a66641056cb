"""The shape of an array as an answer: ``55x55x96``, ``(55, 55, 96)``, ``55 × 55 × 96``."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, cast

from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.numerals import entry
from examgen.answers.scanner import CLOSERS, DIGITS, MOST_DIGITS, Scanner, Unreadable
from examgen.language import ENGLISH, Language
from examgen.notation import value_tex


@dataclass(frozen=True)
class Shape(Kind):
    """The lengths along named `axes`, all of them right or none."""

    kind: ClassVar[str] = "shape"
    axes: tuple[str, ...] = ("C", "H", "W")

    def __post_init__(self) -> None:
        """Refuse a shape without axes."""
        object.__setattr__(self, "axes", tuple(self.axes))
        if not self.axes or isinstance(self.axes, str):
            raise ValueError("a shape needs at least one named axis")

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of a shape; commas count as thousands only where the axes demand it."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        scanner.skip_name()
        start = scanner.at
        try:
            return self._reading(scanner, thousands=False)
        except Unreadable as first:
            scanner.at = start
            try:
                return self._reading(scanner, thousands=True)
            except Unreadable as second:
                counted = first.position is not None and second.position is None
                raise (second if counted else first) from None

    def _reading(self, scanner: Scanner, *, thousands: bool) -> Reading:
        """The reading; raises `Unreadable` where there is not one number for each axis."""
        value = _lengths(scanner, thousands=thousands)
        if len(value) != len(self.axes):
            needed = f"{len(self.axes)} number{'' if len(self.axes) == 1 else 's'}"
            raise Unreadable(f"a shape needs {needed}, this has {len(value)}")
        if thousands:
            scanner.notes.append("commas are read as thousands separators")
        return Reading(value, self.show(value), tuple(scanner.notes))

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """Right where all lengths are equal; the evidence names the axes that are right."""
        value, expected = cast(tuple[Value, ...], reading.value), cast(tuple[Value, ...], key)
        if value == expected:
            return Judgement.right(f"equals {self.show(key)}")
        evidence = f"{reading.shown} is not {self.show(key)}"
        if sorted(map(str, value)) == sorted(map(str, expected)):
            return Judgement.wrong(f"{evidence}: the right numbers in another order")
        pairs = zip(self.axes, value, expected, strict=True)
        right = [axis for axis, one, wanted in pairs if one == wanted]
        return Judgement.wrong(evidence + (f"; right: {', '.join(right)}" if right else ""))

    def check_key(self, value: Value) -> None:
        """The key has a positive whole length for each axis."""
        for length in cast(tuple[Value, ...], self.coerce(value)):
            if not isinstance(length, int) or length < 1:
                raise ValueError(f"a shape cannot have the length {length}")

    def coerce(self, raw: object) -> Value:
        """A tuple of exact numbers; wrong answers may have fractions."""
        if hasattr(raw, "tolist"):
            raw = raw.tolist()
        if not isinstance(raw, (list, tuple)) or len(raw) != len(self.axes):
            raise ValueError(f"a shape with {len(self.axes)} lengths was expected, not {raw!r}")
        return tuple(exact(length) for length in raw)

    def pack(self, value: Value) -> Packed:
        """A list of packed numbers."""
        return [pack_number(length) for length in cast(tuple[Value, ...], value)]

    def unpack(self, packed: Packed) -> Value:
        """The shape that `pack` wrote."""
        if not isinstance(packed, list):
            raise ValueError(f"not a packed shape: {packed!r}")
        return self.coerce([unpack_number(length) for length in packed])

    def show(self, value: Value) -> str:
        """Such as ``55 x 55 x 96``."""
        return " x ".join(number_text(length) for length in cast(tuple[Value, ...], value))

    def tex(self, value: Value) -> str:
        r"""Such as ``55 \times 55 \times 96``."""
        return r" \times ".join(value_tex(length) for length in cast(tuple[Value, ...], value))

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        order = " × ".join(self.axes)
        example = " x ".join(str(5 + at) for at in range(len(self.axes)))
        return language.text("hint.shape", axes=order, example=example)


def _lengths(scanner: Scanner, *, thousands: bool) -> tuple[int | Fraction, ...]:
    """The numbers of the rest of the text; between any two stands a separator of one sort."""
    opened = scanner.at if scanner.peek() in CLOSERS else None
    scanner.at += opened is not None
    lengths: list[int | Fraction] = []
    by_space: set[bool] = set()
    while True:
        scanner.skip()
        lengths.append(_length(scanner, thousands=thousands))
        spaced = scanner.skip()
        if not scanner.peek() or scanner.peek() in ")]}":
            break
        separated = _separator(scanner)
        if not separated and not spaced:
            raise scanner.unexpected()
        by_space.add(not separated)
        if len(by_space) > 1:
            raise scanner.refuse("numbers are separated in two ways, see")
        if separated and scanner.peek() in (")", "]", "}"):  # Python's (5,)
            break
    _close(scanner, opened)
    return tuple(lengths)


def _length(scanner: Scanner, *, thousands: bool) -> int | Fraction:
    """One number; with `thousands`, a comma between digits and three digits belongs to it."""
    scanner.count()
    start = scanner.at
    value = exact(entry(scanner).value)
    while thousands and isinstance(value, int) and _three_more(scanner):
        scanner.at += 1
        value = value * 1000 + int(scanner.digits())
        if scanner.at - start > MOST_DIGITS:
            raise scanner.refuse(f"a number has more than {MOST_DIGITS} digits, it ends before")
    if scanner.text[start] == "0" and scanner.text[start + 1 : start + 2] in DIGITS:
        raise scanner.refuse("a number begins with a zero, look for", start)
    return value


def _three_more(scanner: Scanner) -> bool:
    """Whether a comma and exactly three digits follow."""
    ahead = scanner.text[scanner.at : scanner.at + 5]
    groups = ahead[:1] == "," and len(ahead) > 3 and DIGITS.issuperset(ahead[1:4])
    return groups and ahead[4:] not in DIGITS


def _separator(scanner: Scanner) -> bool:
    """Move over ``x``, ``×``, ``*``, a comma or ``by``; whether there was one."""
    if scanner.text[scanner.at : scanner.at + 2].lower() == "by":
        scanner.at += 2
    elif scanner.peek() in "xX×*,;·":
        scanner.at += 1
    else:
        return False
    scanner.skip()
    return True


def _close(scanner: Scanner, opened: int | None) -> None:
    """Move over the closing bracket, if one is due, to the end of the text."""
    if opened is not None:
        closer = CLOSERS[scanner.text[opened]]
        if scanner.peek() != closer:
            raise scanner.refuse(f"missing '{closer}' for the", opened)
        scanner.at += 1
        scanner.skip()
    if scanner.peek():
        raise scanner.unexpected()
