"""Formulas in declared names, judged by proof: ``(W - F + 2P)/S + 1``."""

import re
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Self, cast

from examgen.answers.grammar import parse
from examgen.answers.kind import Judgement, Kind, Packed, Reading, Value
from examgen.answers.scanner import DEEPEST_NESTING, MOST_TOKENS, Unreadable, is_spoiled
from examgen.answers.typed import typed
from examgen.equivalence import Key, Proof, Variable
from examgen.formula import Expression, Symbol, as_expression, to_tex
from examgen.language import ENGLISH, Language

REMEMBERED = 5_000  # formulas, and proofs

_LONG_NUMBER = re.compile("[0-9]{61}|[0-9]e[0-9]{3}")


@dataclass(frozen=True)
class Formula(Kind):
    """A formula in the names of `variables`, equal to the key on their whole domain.

    A value is the formula's text. One that equals the key by algebra, but has no value at a point
    of the domain where the key has one, such as x/x for 1, is undecided. ``numeric`` also accepts
    agreement to 40 digits, which is no proof, for formulas with roots, logarithms and the like;
    else a human decides on these.
    """

    kind: ClassVar[str] = "formula"
    variables: tuple[Variable, ...] = ()
    numeric: bool = False

    def __post_init__(self) -> None:
        """Refuse names that are given twice."""
        object.__setattr__(self, "variables", tuple(self.variables))
        if len({one.name for one in self.variables}) < len(self.variables):
            raise ValueError("the names of a formula must differ")

    def read(self, text: str, *, decimal_comma: bool = False) -> Reading:
        """The reading of a formula; ``1/2x`` has 1/(2x) as its alternative, ``[x]`` floor(x)."""
        parsed = parse(text, self._names.symbols, decimal_comma=decimal_comma)
        shown = self._typed(parsed.tree)
        others = tuple(_reading(self._typed(tree)) for tree in parsed.others)
        notes = parsed.notes + tuple(f"could also be read as {other.shown}" for other in others)
        return Reading(shown, shown, notes, others)

    def _typed(self, tree: Expression) -> str:
        """The formula's text; raises `Unreadable` where that, written out, is beyond the limits."""
        text = typed(tree)
        written = _written(text, self._names)
        if _is_small(text):
            written.tree = tree
        else:
            try:
                written.tree  # noqa: B018
            except Unreadable as problem:
                raise Unreadable("the formula is too large to be compared") from problem
        return text

    @cached_property
    def _names(self) -> "_Names":
        return _names_of(self.variables)

    def judge(self, reading: Reading, key: Value) -> Judgement:
        """The verdict by proof, by counterexample, or undecided: then a human decides."""
        proof = self.proof(cast(str, reading.value), cast(str, key))
        if proof.verdict == "equal":
            return Judgement.right(proof.evidence)
        if proof.verdict == "unequal":
            return Judgement.wrong(proof.evidence)
        return Judgement.undecided(proof.evidence)

    def proof(self, formula: str, key: str) -> Proof:
        """How the formula compares with the key."""
        return _proof(formula, key, self._names, self.numeric)

    def match(self, value: Value, key: Value) -> bool:
        """Whether both are proved to be equal."""
        return self.proof(cast(str, value), cast(str, key)).verdict == "equal"

    def tree(self, value: Value) -> Expression:
        """The formula's tree, over the same symbols for equal variables."""
        tree: Expression = _written(cast(str, value), self._names).tree
        return tree

    def coerce(self, raw: object) -> Value:
        """The text of an `examgen.formula` tree, a number or a SymPy expression, or of a text."""
        if isinstance(raw, str):
            try:
                return typed(_written(raw, self._names).tree)
            except Unreadable as problem:
                raise ValueError(problem.message) from problem
        text = typed(as_expression(raw))
        return self.coerce(text)

    def pack(self, value: Value) -> Packed:
        """The text."""
        return cast(str, value)

    def unpack(self, packed: Packed) -> Value:
        """The formula that `pack` wrote."""
        if not isinstance(packed, str):
            raise ValueError(f"not a packed formula: {packed!r}")
        return packed

    def check_key(self, value: Value) -> None:
        """The key is a formula in the declared names."""
        self.coerce(value)

    def show(self, value: Value) -> str:
        """The text."""
        return cast(str, value)

    def tex(self, value: Value) -> str:
        r"""Such as ``\left\lfloor \frac{W - F}{S} \right\rfloor + 1``."""
        return to_tex(self.tree(value))

    def partial(self) -> str:
        """Nothing in between, but not everything can be proved."""
        return "right or wrong by proof; where nothing is proved, a human decides"

    def hint(self, language: Language = ENGLISH) -> str:
        """How to type it."""
        names = [variable.name for variable in self.variables]
        if not names:
            return language.text("hint.calculation")
        example = f"floor({names[0]}/2) + 3*{names[-1]}^2"
        return language.text("hint.formula", names=language.listed(names), example=example)

    def to_dict(self) -> dict[str, Any]:
        """The kind as plain JSON data."""
        variables = [asdict(variable) for variable in self.variables]
        return {"kind": self.kind, "variables": variables, "numeric": self.numeric}

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> Self:
        """The kind that `to_dict` wrote."""
        variables = tuple(Variable(**one) for one in settings["variables"])
        return cls(variables, settings["numeric"])


class _Names:
    """The names that a formula is written in: the symbol of each, and what it may stand for."""

    def __init__(self, variables: tuple[Variable, ...]) -> None:
        self.symbols = {one.name: Symbol(one.name, is_integer=one.integer) for one in variables}
        self.domain = dict(zip(self.symbols.values(), variables, strict=True))


class _Written:
    """A formula's text with its tree, which `grammar` reads once."""

    def __init__(self, text: str, names: _Names) -> None:
        self._text, self._names = text, names

    @cached_property
    def tree(self) -> Expression:
        """The tree; raises `Unreadable`."""
        return parse(self._text, self._names.symbols).tree


@lru_cache(maxsize=256)
def _names_of(variables: tuple[Variable, ...]) -> _Names:
    return _Names(variables)


@lru_cache(maxsize=REMEMBERED)
def _written(text: str, names: _Names) -> _Written:
    return _Written(text, names)


@lru_cache(maxsize=256)
def _key(text: str, names: _Names) -> Key:
    return Key(_written(text, names).tree, names.domain)


@lru_cache(maxsize=REMEMBERED)
def _proof(formula: str, key: str, names: _Names, numeric: bool) -> Proof:
    return _key(key, names).compare(_written(formula, names).tree, numeric=numeric)


def _is_small(text: str) -> bool:
    """Whether a text that `typed` made is surely within the limits of reading."""
    if len(text) > MOST_TOKENS or 3 * (text.count("(") + 1) > DEEPEST_NESTING:
        return False
    return not (_LONG_NUMBER.search(text) or is_spoiled(text))


def _reading(text: str) -> Reading:
    return Reading(text, text)
