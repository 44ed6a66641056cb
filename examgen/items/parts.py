"""Parts: what the student answers, each with its key, its misconceptions and its answer kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import Any, ClassVar, Self, overload

from examgen import answers
from examgen.answers.tuples import leaves, mapped
from examgen.formula import Symbol
from examgen.items.key import Key

Marks = int | float | Fraction | str


@dataclass(frozen=True, eq=False)
class Misconception:
    """A named wrong formula: an edit of the key (or a function of the item), with its feedback.

    A function returns None for an item to which the misconception does not apply.
    ``credit`` is the share of the part's marks that it still earns.
    """

    name: str
    edit: Any
    feedback: str
    credit: int | Fraction | str = 0


@dataclass(frozen=True)
class DeclaredOption:
    """What is printed for students to refer to: a text that sees ``names`` beside the parameters.

    ``value`` is what it stands for in the item model: a value of its own, or its place as declared.
    """

    text: str
    value: Any
    misconception: str | None = None
    names: Mapping[str, Any] = field(default_factory=dict)


def exact_marks(given: Any) -> Fraction:
    """Marks as their author wrote them, 0.3 as 3/10; ValueError for what is not a number."""
    try:
        return Fraction(str(given) if isinstance(given, float) else given)
    except (TypeError, ValueError, ArithmeticError):
        raise ValueError(f"marks are a number such as 2, 0.5 or '1/3', not {given!r}") from None


class Part(Symbol):
    """One thing the student answers; on the class a symbol for its key, on an item the key's value.

    Give ``prompt``, ``marks`` and, where they help, ``tex`` (the left-hand side, such as
    ``H_\\mathrm{out}``), ``unit`` and ``carries`` (the range (low, high) in which a student's own
    value is carried into later parts). A wrong 0, which would make what follows trivial, is carried
    only where a bound of the range is 0, as in ``carries=(0, 10)``.

    Where many answers are right, the key is one of them, and ``accepts`` a method of the item that
    is given another, as a number or a NumPy array, and says whether it is right too.

    The effort by hand is derived from the key. Where that is not what a student does, ``effort`` is
    the steps of working the part out (a digit written is 1, two digits added 2, multiplied 4): a
    number, a formula or a function of the item.
    """

    name: str
    kind: answers.Kind
    is_integer = True
    carries: tuple[Any, Any] | None = None
    rows: tuple[str, ...] = ()  # texts that the options are matched to
    orders_values: ClassVar[bool] = False  # True: only the order of what the key computes counts

    def __init__(
        self,
        key: Any,
        *,
        prompt: str,
        marks: Marks,
        misconceptions: Sequence[Misconception] = (),
        tex: str | None = None,
        unit: str = "",
        carries: tuple[Any, Any] | None = None,
        source: str = "",
        accepts: Callable[[Any, Any], bool] | None = None,
        effort: Any = None,
    ):
        super().__init__(tex=tex)
        self.accepts = accepts
        self.effort = None if effort is None else Key(effort)
        self.key = self.keyed(key)
        self.prompt = prompt
        self.marks = exact_marks(marks)
        self.misconceptions = tuple(misconceptions)
        self.edits = tuple(self.keyed(wrong.edit) for wrong in self.misconceptions)
        self.unit = unit
        self.carries = carries or self.carries
        self.source = source
        if self.marks <= 0:
            raise ValueError(f"marks must be positive, not {marks}")

    def keyed(self, source: Any) -> Key:
        """What computes a value of this part: its key, a misconception or an altered key."""
        return source if isinstance(source, Key) else Key(source)

    def number(self, item: Any, value: Any) -> Any:
        """A value of this part as later keys and the oracle of an item take it: as it is."""
        return value

    def same(self, value: Any, other: Any) -> bool:
        """Whether two values cannot be told apart when a response is judged."""
        return bool(value == other)

    def coerce(self, raw: Any) -> Any:
        """The canonical exact value of what a key returned."""
        return self.kind.coerce(raw)

    def shown(self, value: Any) -> Any:
        """The value as item texts print it."""
        return value

    def tex_of(self, value: Any) -> str:
        """The value in TeX, as what the key's formula gives."""
        return self.kind.tex(value)

    def options_of(self, item: Any) -> list[DeclaredOption]:
        """The options printed for an item, in declared order; each student has them shuffled."""
        return []

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        """A value next to another one, for mutants: one of its numbers one more or less."""
        if isinstance(value, str):
            raise ValueError("a text has no neighbour")
        numbers = sum(not isinstance(one, str) for one in leaves(value))
        if not numbers:
            return value
        at = count()

        def changed(one: Any) -> Any:
            return one if isinstance(one, str) or next(at) != place % numbers else one + step

        return mapped(changed, value)

    def derived(self, raw: Any) -> Any:
        """The canonical value of what the oracle returned, whose `number` is that of the key."""
        return self.coerce(raw)

    def __repr__(self) -> str:
        return self.name or type(self).__name__

    @overload
    def __get__(self, item: None, owner: Any = None) -> Self: ...
    @overload
    def __get__(self, item: object, owner: Any = None) -> Any: ...
    def __get__(self, item: Any, owner: Any = None) -> Any:
        return self if item is None else item.value_of(self)
