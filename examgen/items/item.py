"""Items: a class is an item model, an instance is one item, numbered by its rank in the space."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from examgen.errors import ExamgenError, nearest
from examgen.formula import Expression, Relation, evaluate
from examgen.items.arrays import ArraySymbol, exact_value, flatten, nest
from examgen.items.choices import MultipleChoice
from examgen.items.declare import Declaration, declare
from examgen.items.examples import Example
from examgen.items.key import Key
from examgen.items.parameters import Parameter
from examgen.items.parts import Misconception, Part
from examgen.items.space import Space


@dataclass(frozen=True)
class Exclusion:
    """Why an item is not used: its part, and the misconception that cannot be told apart."""

    reason: str
    part: str = ""
    misconception: str = ""

    def __str__(self) -> str:
        return f"part '{self.part}': {self.reason}" if self.part else self.reason


class Item:
    """An item model. Declare parameters, ``where``, ``stem``, parts, ``solution``, ``oracle()``.

    ``title`` is printed as its heading, else the words of the class's name; ``topic`` is what
    blueprints draw by, else the name of its folder.
    ``LayerCost(5163)`` is the item of rank 5163; ``LayerCost.at(H=227, …)`` one from given values.
    On an item, parameters, parts and named expressions are exact numbers or NumPy arrays.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    topic: ClassVar[str]
    objective: ClassVar[str] = ""  # what a student who solves it can do
    serves: ClassVar[Sequence[str]] = ()  # of a syllabus, as "4a conv-output-size"
    stem: ClassVar[str]
    solution: ClassVar[str]
    where: ClassVar[Sequence[Any]] = ()
    examples: ClassVar[Sequence[Example]] = ()
    translations: ClassVar[Mapping[str, Path]] = {}  # side files by the tags of their languages
    declaration: ClassVar[Declaration]
    space: ClassVar[Space]

    def __init_subclass__(cls, **options: Any):
        super().__init_subclass__(**options)
        cls.declaration = declare(cls, Item)
        cls.space = Space(cls.declaration.parameters)

    def __init__(self, rank: int):
        if not 0 <= rank < self.space.size:
            raise ExamgenError(
                f"{type(self).__name__} has no item of rank {rank}: ranks are 0 to "
                f"{self.space.size - 1}"
            )
        self._set(rank, self.space.values(rank), {})

    @classmethod
    def at(cls, **values: Any) -> "Item":
        """The item with these values; its ``rank`` is None when they lie outside the space."""
        parameters = cls.declaration.parameters
        for name in values:
            if name not in parameters:
                raise ExamgenError(
                    f"{cls.__name__} has no parameter '{name}'{nearest(name, parameters)}"
                )
        if missing := [name for name in parameters if name not in values]:
            raise ExamgenError(f"{cls.__name__}.at needs a value for {', '.join(missing)}")
        settled = {}
        for name, parameter in parameters.items():
            flat = flatten(exact_value(values[name]), parameter.shape)
            settled[name] = nest(flat, parameter.shape) if parameter.shape else flat[0]
        item = object.__new__(cls)
        try:
            item._set(cls.space.rank_of(settled), settled, {})
        except ValueError:
            item._set(None, settled, {})
        return item

    def _set(self, rank: int | None, values: dict[str, Any], carried: Mapping[str, Any]) -> None:
        self.rank = rank
        self.values = values
        self.carried = dict(carried)
        self._known: dict[str, Any] = {}
        self.reads: list[Expression] = []  # symbols and named expressions that were looked at
        self.seen_as: Callable[[Any], Any] | None = None  # wraps what attribute access gives

    def carry(self, answers: Mapping[str, Any]) -> "Item":
        """The same item, with these parts holding the student's own values, not their keys."""
        item = object.__new__(type(self))
        item._set(self.rank, self.values, answers)
        return item

    def oracle(self) -> Mapping[str, Any]:
        """The value of every part, derived by another route than its key."""
        parts = ", ".join(f'"{name}": …' for name in self.declaration.parts)
        own = [name for name in vars(type(self)) if not name.startswith("_")]
        raise ExamgenError(
            f"{type(self).__name__} has no oracle: write a method oracle(self) that returns "
            f"{{{parts}}}, derived by another route than the keys{nearest('oracle', own)}"
        )

    # ---- values -------------------------------------------------------------------------

    def exact(self, symbol: Any) -> Any:
        """The canonical value of a parameter or part: int, Fraction, text or nested tuples."""
        self.reads.append(symbol)
        if isinstance(symbol, Part):
            return self.carried[symbol.name] if symbol.name in self.carried else self.key(symbol)
        return self.values[symbol.name]

    def as_number(self, symbol: Any) -> Any:
        """The canonical value as formulas compute with it: of a formula, its value here."""
        value = self.exact(symbol)
        return symbol.number(self, value) if isinstance(symbol, Part) else value

    def value_of(self, expression: Expression) -> Any:
        """What attribute access gives: a number, or a NumPy array for an array."""
        value = self._plain_value(expression)
        return value if self.seen_as is None else self.seen_as(value)

    def _plain_value(self, expression: Expression) -> Any:
        if not isinstance(expression, Parameter | Part):
            self.reads.append(expression)
            return evaluate(expression, {s: self.as_number(s) for s in expression.free_symbols})
        value = self.as_number(expression)
        if not isinstance(expression, ArraySymbol):
            return value
        whole = all(isinstance(entry, int) for entry in flatten(value, expression.shape))
        return np.array(value, dtype=np.int64 if whole else object)

    def key(self, part: Part | str) -> Any:
        """The key of a part, from this item's parameters and (carried) earlier answers.

        Of a part of which many answers are right it is the one carried, if that is among them.
        """
        part = self.part(part)
        if part.accepts and part.name in self.carried:
            own = self.carried[part.name]
            if self.accepts(part, own):
                return own
        if part.name not in self._known:
            raw = part.key(self)
            try:
                self._known[part.name] = part.coerce(raw)
            except (TypeError, ValueError) as error:
                hint = "; does its function return a value?" if raw is None else ""
                raise ExamgenError(f"part '{part.name}': {error}{hint}") from error
        return self._known[part.name]

    def accepts(self, part: Part, value: Any) -> bool:
        """Whether a value is right for a part; where many are, its method of the item says so."""
        if part.accepts is None:
            return bool(self.key(part) == value)
        item = self.carry(self.carried | {part.name: value})
        return bool(part.accepts(item, item.value_of(part)))

    def part(self, part: Part | str) -> Part:
        """The part of this name."""
        return self.declaration.parts[part] if isinstance(part, str) else part

    def depends(self, part: Part | str) -> tuple[str, ...]:
        """The earlier parts that the key of this one reads."""
        part = self.part(part)
        if part.key.function is None:
            return tuple(s.name for s in part.key.symbols if isinstance(s, Part))
        item = self.carry({name: self.key(name) for name in self.declaration.before(part)})
        item.key(part)
        read = dict.fromkeys(read.name for read in item.reads if isinstance(read, Part))
        if later := [name for name in read if name not in self.declaration.before(part)]:
            raise ExamgenError(
                f"part '{part.name}' reads '{later[0]}', which does not stand before it: a key is "
                "computed from parameters and earlier parts"
            )
        return tuple(read)

    def wrong_answers(self, part: Part | str) -> list[tuple[Misconception, Any]]:
        """Each misconception with its value, None where it has none in this item."""
        part = self.part(part)
        return [
            (wrong, self._wrong(part, edit))
            for wrong, edit in zip(part.misconceptions, part.edits, strict=True)
        ]

    def distractors(self, part: MultipleChoice) -> list[Any]:
        """The values of the further options of a choice."""
        return [part.coerce(key(self)) for key in part.distractors]

    def _wrong(self, part: Part, edit: Key) -> Any:
        try:
            raw = edit(self)
            return None if raw is None else part.coerce(raw)
        except ArithmeticError:
            return None

    # ---- which items are used -----------------------------------------------------------

    def legal(self) -> bool:
        """Whether every condition of ``where`` holds."""
        return all(map(self.meets, self.where))

    def meets(self, condition: Any) -> bool:
        """Whether one condition of ``where`` holds."""
        if isinstance(condition, Relation):
            return bool(evaluate(condition, {s: self.exact(s) for s in condition.free_symbols}))
        return bool(condition(self))

    def excluded(self) -> Exclusion | None:
        """None for an item that can be used, else why not.

        An item is used when it is legal and, in every part, key, misconceptions and distractors
        can be told apart (else a diagnosis would lie).
        """
        if not self.legal():
            return Exclusion("not legal")
        for part in self.declaration.parts.values():
            if exclusion := self._clash(part):
                return exclusion
        return None

    def _clash(self, part: Part) -> Exclusion | None:
        try:
            seen = {self.key(part): "the key"}
        except ArithmeticError:
            return Exclusion("the key is undefined", part.name)
        wrongs = [(wrong.name, value) for wrong, value in self.wrong_answers(part)]
        if isinstance(part, MultipleChoice):
            if lost := [name for name, value in wrongs if value is None]:
                return Exclusion(f"'{lost[0]}' has no value", part.name, lost[0])
            wrongs += [(f"distractor {value}", value) for value in self.distractors(part)]
        for name, value in wrongs:
            for other, known in seen.items():
                if value is not None and part.same(value, other):
                    same = "gives the same as" if value == other else "cannot be told from"
                    return Exclusion(f"'{name}' {same} {known}", part.name, name)
            if value is not None:
                seen[value] = f"'{name}'"
        return None

    def __repr__(self) -> str:
        if self.rank is not None:
            return f"{type(self).__name__}({self.rank})"
        values = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}.at({values})"
