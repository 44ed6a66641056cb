"""Sets and lists of numbers or of tuples of them: ``{(1, 2), (3, 4)}``, judged by members."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self, TypeAlias, cast, get_args

from examgen.answers.arrays import ENTRY_KINDS
from examgen.answers.brackets import nested
from examgen.answers.exact import exact, number_text, pack_number, unpack_number
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.literals import Numeral
from examgen.answers.numbers import Integer, Number, counted
from examgen.answers.scanner import Scanner, Unreadable
from examgen.answers.tuples import leaves
from examgen.language import ENGLISH, Language
from examgen.notation import number_tex

Member: TypeAlias = "int | Fraction | tuple[int | Fraction, ...]"
MemberScoring: TypeAlias = Literal["all-or-nothing", "right-minus-wrong"]

_EMPTY = re.compile(
    r"(?:none|hiçbiri|hicbiri|keine|empty(?: set)?|∅|[\[({] *[\])}])\.?", re.IGNORECASE
)
_TIGHT_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_AND = re.compile(r",? +and +")
_MOST_TOLD = 5


@dataclass(frozen=True)
class Members(Kind):
    """What sets and lists share: members that are plain numbers, or tuples with `names`.

    The credit is the share of right members minus wrong ones, never below 0, unless `scoring` is
    ``all-or-nothing``. Entries are exact.
    """

    brackets: ClassVar[str] = "{}"
    names: tuple[str, ...] = ()
    entry: Number = field(default_factory=Integer)
    scoring: MemberScoring = "right-minus-wrong"

    def __post_init__(self) -> None:
        """Refuse entries that are not exact, and unknown rules."""
        object.__setattr__(self, "names", tuple(self.names))
        if self.scoring not in get_args(MemberScoring):
            rules = ", ".join(get_args(MemberScoring))
            raise ValueError(f"unknown scoring {self.scoring!r}: {rules}")
        if self.entry.kind == "decimal":
            raise ValueError("the members of a set or list are exact, not rounded")

    @property
    def by_equality(self) -> bool:
        """Always."""
        return True

    @property
    def width(self) -> int:
        """How many numbers a member has."""
        return max(1, len(self.names))

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of members in brackets, apart by commas or spaces, or one a line."""
        scanner = Scanner(text, decimal_comma=decimal_comma)
        scanner.skip_name()
        if _EMPTY.fullmatch(scanner.text, scanner.at):
            return Reading((), "none", tuple(scanner.notes))
        commas = _TIGHT_COMMA.search(scanner.text) and re.search(r"[;\n]", scanner.text)
        if commas and self.width == 1:  # "0,5; 1,5" has two members or four
            both = [self._read(text, commas=as_decimal) for as_decimal in (False, True)]
            first, other = reversed(both) if decimal_comma else both
            notes = (*first.notes, f"could also be read as {other.shown}")
            return replace(first, notes=notes, alternatives=(other,))
        try:
            return self._read(text, commas=False)
        except Unreadable as problem:
            try:
                reading = self._read(text, commas=True)
                self.check_key(reading.value)
            except (Unreadable, ValueError):
                raise problem from None
            return reading

    def _read(self, text: str, *, commas: bool) -> Reading:
        scanner = Scanner(text)
        scanner.skip_name()
        scanner.text = _AND.sub(lambda found: ",".ljust(len(found[0])), scanner.text)
        if commas:
            scanner.text = _TIGHT_COMMA.sub(".", scanner.text)
            scanner.notes.append("commas between digits are read as decimal commas")
        members = [self._member(item, at) for at, item in enumerate(self._items(scanner), 1)]
        value = self._canonical(members, scanner.notes)
        return Reading(value, self.show(value), tuple(scanner.notes))

    def _items(self, scanner: Scanner) -> list[list[Numeral]]:
        """The numbers of each member."""
        items = nested(scanner)
        if self.width == 1:
            return [[numeral] for numeral in leaves(items)]
        if all(not isinstance(item, list) or len(item) == 1 for item in items):
            if len(items) != self.width:
                raise Unreadable(
                    f"each member needs brackets of its own, such as {self._example(1)}"
                )
            return [list(leaves(items))]
        return [list(leaves(item)) for item in items]

    def _member(self, numerals: list[Numeral], at: int) -> Member:
        """One member; raises `Unreadable` where it has another number of numbers."""
        if len(numerals) != self.width:
            found = counted(len(numerals), "number")
            raise Unreadable(f"member {at} has {found}, it needs {self.width}")
        numbers = tuple(exact(numeral.value) for numeral in numerals)
        return numbers if self.names else numbers[0]

    def _canonical(self, members: Sequence[Member], notes: list[str]) -> tuple[Member, ...]:
        """The members as they count."""
        return tuple(members)

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by members."""
        value = cast(tuple[Member, ...], reading.value)
        expected = cast(tuple[Member, ...], key)
        if value == expected:
            return Judgement.right(f"equals {self.show(key)}")
        hits, evidence = self._compared(value, expected)
        credit = Fraction(0)
        if expected and self.scoring == "right-minus-wrong":
            credit = Fraction(max(0, hits - (len(value) - hits)), len(expected))
        counts = f"{hits} of {len(expected)} members right"
        verdict: Literal["partial", "wrong"] = "partial" if credit else "wrong"
        return Judgement(verdict, credit, "; ".join([counts, *evidence]))

    def partial(self) -> str:
        """By the scoring rule."""
        if self.scoring == "all-or-nothing":
            return super().partial()
        return "each right member earns its share, each wrong one loses as much; never below 0"

    def _compared(
        self, value: tuple[Member, ...], key: tuple[Member, ...]
    ) -> tuple[int, list[str]]:
        """How many members are right, and what is missing, too much or turned round."""
        missing = [member for member in dict.fromkeys(key) if member not in value]
        extra = [member for member in dict.fromkeys(value) if member not in key]
        told = [f"missing: {self._listed(missing)}"] if missing else []
        told += [f"too much: {self._listed(extra)}"] if extra else []
        turned = [one for one in extra if isinstance(one, tuple) and one[::-1] in missing]
        told += [f"coordinates exchanged: {self._listed(turned)}"] if turned else []
        return len(set(value) & set(key)), told

    def _listed(self, members: Sequence[Member]) -> str:
        more = len(members) - _MOST_TOLD
        shown = ", ".join(map(_shown, members[:_MOST_TOLD]))
        return f"{shown} and {more} more" if more > 0 else shown

    def check_key(self, value: Value) -> None:
        """Every number of the key can be one."""
        for number in leaves(self.coerce(value)):
            self.entry.check_key(number)

    def coerce(self, raw: object) -> Value:
        """The members as they count, from a sequence or a set of numbers or of tuples."""
        raw = raw.tolist() if hasattr(raw, "tolist") else raw
        if not isinstance(raw, Iterable) or isinstance(raw, str):
            raise ValueError(f"a list or set was expected, not {raw!r}")
        return self._canonical([self._coerced(member) for member in raw], [])

    def _coerced(self, member: object) -> Member:
        member = member.tolist() if hasattr(member, "tolist") else member
        if not self.names:
            return exact(member)
        if not isinstance(member, (list, tuple)) or len(member) != self.width:
            raise ValueError(f"a member is {', '.join(self.names)}, not {member!r}")
        return tuple(exact(number) for number in member)

    def pack(self, value: Value) -> Packed:
        """A list of packed numbers or of lists of them."""
        return [
            [pack_number(number) for number in member]
            if isinstance(member, tuple)
            else pack_number(member)
            for member in cast(tuple[Value, ...], value)
        ]

    def unpack(self, packed: Packed) -> Value:
        """The members that `pack` wrote."""
        if not isinstance(packed, list):
            raise ValueError(f"not packed members: {packed!r}")
        return self.coerce(
            [
                [unpack_number(number) for number in member]
                if isinstance(member, list)
                else unpack_number(member)
                for member in packed
            ]
        )

    def show(self, value: Value) -> str:
        """Such as ``{(1, 2), (3, 4)}``, or ``none``."""
        members = cast(tuple[Member, ...], value)
        if not members:
            return "none"
        return f"{self.brackets[0]}{', '.join(map(_shown, members))}{self.brackets[1]}"

    def tex(self, value: Value) -> str:
        r"""Such as ``\{(1,\,2),\; (3,\,4)\}``."""
        members = cast(tuple[Member, ...], value)
        if not members:
            return r"\text{none}"
        left, right = (rf"\{one}" if one in "{}" else one for one in self.brackets)
        return left + r",\; ".join(map(_member_tex, members)) + right

    def printed(self, value: Value, language: Language) -> str:
        """In TeX, or that there is none."""
        if not value:
            return rf"\text{{{language.text('key.none')}}}"
        return super().printed(value, language)

    def _hint(self, language: Language, key: str) -> str:
        """How to type the members, and an example with two of them."""
        example = f"{self.brackets[0]}{self._example(2)}{self.brackets[1]}"
        if not self.names:
            return language.text(key, example=example)
        return language.text(f"{key}_of_tuples", names=", ".join(self.names), example=example)

    def _example(self, count: int) -> str:
        firsts = range(1, count * self.width + 1, self.width)
        members = [tuple(range(first, first + self.width)) for first in firsts]
        return ", ".join(_shown(one if self.names else one[0]) for one in members)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        entry = dict(settings["entry"])
        entry_kind = ENTRY_KINDS[entry.pop("kind")].from_dict(entry)
        return cls(tuple(settings["names"]), entry_kind, settings["scoring"])


@dataclass(frozen=True)
class SetOf(Members):
    """A set: the order of its members and repetitions do not count."""

    kind: ClassVar[str] = "set"

    def _canonical(self, members: Sequence[Member], notes: list[str]) -> tuple[Member, ...]:
        distinct = sorted(set(members))
        if len(distinct) < len(members):
            repeated = [member for member in distinct if list(members).count(member) > 1]
            notes.append(f"given more than once: {self._listed(repeated)}")
        return tuple(distinct)

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return self._hint(language, "hint.set")


@dataclass(frozen=True)
class ListOf(Members):
    """A list: the order of its members counts; right are those of the longest common part."""

    kind: ClassVar[str] = "list"
    brackets: ClassVar[str] = "[]"

    def _compared(
        self, value: tuple[Member, ...], key: tuple[Member, ...]
    ) -> tuple[int, list[str]]:
        _, told = super()._compared(value, key)
        given, wanted, hits = Counter(value), Counter(key), _common(value, key)
        for words, more in (("too often", given - wanted), ("too seldom", wanted - given)):
            repeated = [member for member in more if member in given and member in wanted]
            told += [f"given {words}: {self._listed(repeated)}"] if repeated else []
        if hits < (given & wanted).total():
            told.append("the right members in another order")
        return hits, told

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        return self._hint(language, "hint.list")


def _common(value: tuple[Member, ...], key: tuple[Member, ...]) -> int:
    """The length of the longest common subsequence."""
    best = [0] * (len(key) + 1)
    for one in value:
        before = 0
        for at, other in enumerate(key, 1):
            kept = best[at]
            best[at] = before + 1 if one == other else max(best[at], best[at - 1])
            before = kept
    return best[-1]


def _shown(member: Member) -> str:
    if isinstance(member, tuple):
        return f"({', '.join(map(number_text, member))})"
    return number_text(member)


def _member_tex(member: Member) -> str:
    if isinstance(member, tuple):
        return "(" + r",\,".join(map(number_tex, member)) + ")"
    return number_tex(member)
