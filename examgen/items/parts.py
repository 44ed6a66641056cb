"""Parts: what the student answers, each with its key, its misconceptions and its answer kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from examgen import answers
from examgen.formula import Symbol
from examgen.items.arrays import ArraySymbol, exact_value
from examgen.items.key import Key

Marks = int | Fraction | str
Scoring = Literal["all-or-nothing", "per-option", "right-minus-wrong"]


@dataclass(frozen=True, eq=False)
class Misconception:
    """A named wrong formula: an edit of the key (or a function of the item), with its feedback.

    A function returns None for an item to which the misconception does not apply.
    ``credit`` is the share of the part's marks that it still earns.
    """

    name: str
    edit: Any
    feedback: str
    credit: int | Fraction = 0


class Part(Symbol):
    """One thing the student answers; on the class a symbol for its key, on an item the key's value.

    Give ``prompt``, ``marks`` and, where they help, ``tex`` (the left-hand side, such as
    ``H_\\mathrm{out}``), ``unit`` and ``carries`` (the range (low, high) in which a student's own
    value is carried into later parts).
    """

    name: str
    kind: answers.Kind
    is_integer = True
    carries: tuple[Any, Any] | None = None

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
    ):
        super().__init__(tex=tex)
        self.has_tex = tex is not None
        self.key = Key(key)
        self.prompt = prompt
        self.marks = Fraction(marks)
        self.misconceptions = tuple(misconceptions)
        self.edits = tuple(Key(wrong.edit) for wrong in self.misconceptions)
        self.unit = unit
        self.carries = carries or self.carries
        self.source = source
        if self.marks <= 0:
            raise ValueError(f"marks must be positive, not {marks}")

    def same(self, value: Any, other: Any) -> bool:
        """Whether two values cannot be told apart when a response is judged."""
        return bool(value == other)

    def coerce(self, raw: Any) -> Any:
        """The canonical exact value of what a key or an oracle returned."""
        return self.kind.coerce(raw)

    def __repr__(self) -> str:
        return self.name or type(self).__name__

    def __get__(self, item: Any, owner: Any = None) -> Any:
        return self if item is None else item.value_of(self)


class IntegerEntry(Part):
    """A whole number."""

    kind = answers.Integer()
    carries = (0, 10**15)


class RationalEntry(Part):
    """A fraction, or a decimal that equals it or rounds it correctly."""

    is_integer = False
    carries = (-(10**9), 10**9)

    def __init__(self, key: Any, *, lowest_terms: bool = False, **options: Any):
        super().__init__(key, **options)
        self.kind = answers.Rational(lowest_terms=lowest_terms)


class DecimalEntry(Part):
    """A decimal, right to ``places`` after the point or to ``digits`` significant ones."""

    is_integer = False
    carries = (-(10**12), 10**12)

    def __init__(
        self, key: Any, *, places: int | None = None, digits: int | None = None, **options: Any
    ):
        super().__init__(key, **options)
        self.kind = answers.Decimal(places=places, digits=digits)

    def same(self, value: Any, other: Any) -> bool:
        return self.kind.match(value, other)


class _ArrayPart(ArraySymbol, Part):
    """A part whose value is an array; a key that is a function needs its ``shape`` declared."""

    carries = (-(10**6), 10**6)

    def __init__(
        self,
        key: Any,
        *,
        shape: tuple[int, ...] | None = None,
        fractions: bool = False,
        **options: Any,
    ):
        super().__init__(key, **options)
        shape = shape or self.key.shape
        if len(shape) not in self._axes:
            raise ValueError(
                f"{type(self).__name__} has {' or '.join(map(str, self._axes))} axes, its key has "
                f"{len(shape)}: give shape=(…) when the key is a function of the item"
            )
        self.shape = shape
        self.is_integer = not fractions
        entry = answers.Rational() if fractions else answers.Integer()
        self.kind = answers.Array(shape=shape, entry=entry)

    _axes: tuple[int, ...] = ()


class VectorEntry(_ArrayPart):
    """A row of numbers."""

    _axes = (1,)


class MatrixEntry(_ArrayPart):
    """A matrix of numbers."""

    _axes = (2,)


class TensorEntry(_ArrayPart):
    """An array of three or more axes."""

    _axes = (3, 4)


class ShapeEntry(Part):
    """The shape of an array, such as 96 × 55 × 55 for the axes ("C", "H", "W")."""

    carries = (1, 10**6)

    def __init__(self, key: Any, *, axes: Sequence[str], **options: Any):
        super().__init__(key, **options)
        self.kind = answers.Shape(axes=tuple(axes))


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


class MultipleResponse(Part):
    """Several options, each true or false: the key holds one truth value for each option.

    ``options`` are texts (each may use the parameters); ``scoring`` is "all-or-nothing",
    "per-option" or "right-minus-wrong".
    """

    def __init__(
        self, key: Any, *, options: Sequence[str], scoring: Scoring = "per-option", **rest: Any
    ):
        super().__init__(key, **rest)
        self.options = tuple(options)
        self.kind = answers.SeveralChoices(count=len(options), scoring=scoring)

    def coerce(self, raw: Any) -> Any:
        flags = tuple(int(bool(flag)) for flag in np.asarray(raw, dtype=object).ravel())
        if len(flags) != len(self.options):
            raise ValueError(f"{len(self.options)} options, but {len(flags)} truth values")
        return flags


class Essay(Part):
    """A free text that a human marks by a rubric: marks and what earns them."""

    kind = answers.EssayText()

    def __init__(
        self,
        *,
        prompt: str,
        rubric: Mapping[str, Marks],
        model_answer: str,
        source: str = "",
    ):
        self.rubric = {text: Fraction(marks) for text, marks in rubric.items()}
        self.model_answer = model_answer
        total = sum(self.rubric.values(), Fraction(0))
        super().__init__(None, prompt=prompt, marks=total, source=source)

    def coerce(self, raw: Any) -> Any:
        return raw
