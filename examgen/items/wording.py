"""Wording: the texts of an item filled in with its values, and the textbook working of its keys."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any

from examgen.answers import Decimal, Kind, ListOf, Quantity, SetOf, TrueOrFalse, VectorPair
from examgen.errors import ExamgenError, nearest
from examgen.formula import Expression, to_tex
from examgen.items.arrays import ArraySymbol, exact_value
from examgen.items.drawn import drawer
from examgen.items.essay import Essay
from examgen.items.formula_entry import FormulaEntry
from examgen.items.item import Item
from examgen.items.parts import DeclaredOption, Misconception, Part
from examgen.items.texts import ShortText
from examgen.items.translation import Translated, translation
from examgen.language import ENGLISH, Language
from examgen.text import Math, TextError, expand, figures, value_tex


class Wording:
    """The texts of one item as Markdown with TeX, in a language as far as its side file has them.

    Stem, prompts and options see parameters and what is computed from them alone, so that a slip
    cannot print a key; solutions, feedback and model answers see the keys and ``working`` too.
    """

    def __init__(self, item: Item, language: Language = ENGLISH):
        self.item, self.language = item, language
        self._own = translation(type(item), language)
        self._sources: dict[str, tuple[str, Translated | None]] = {}
        declared = item.declaration
        given: dict[str, Expression] = {
            **declared.parameters,
            **{name: named for name, named in declared.named.items() if _given(named)},
        }
        self._given = {name: self._shown(symbol) for name, symbol in given.items()}
        self._given |= self._drawers(revealing=False)

    @property
    def title(self) -> str:
        """What the item model is called."""
        return self._plain("title", self.item.title)

    @property
    def stem(self) -> str:
        """What is told before the parts."""
        return self._expand("stem", self.item.stem, self._given)

    @property
    def solution(self) -> str:
        """The worked solution."""
        return self._expand("solution", self.item.solution, self._revealed)

    def prompt(self, part: Part) -> str:
        """What the part asks."""
        return self._expand(f"{part.name}.prompt", part.prompt, self._given)

    def unit(self, part: Part) -> str:
        """What is printed after the place for the answer."""
        return self._plain(f"{part.name}.unit", part.unit)

    def options(self, part: Part) -> list[tuple[str, Any, str | None]]:
        """The options in declared order: text, value, name of the misconception."""
        where = f"{part.name}: option"
        own = self._listed(f"{part.name}.options") or repeat(self._text(f"{part.name}.option"))
        return [
            (self._expand(where, one.text, {**self._given, **self._names(one)}, text),
             one.value, one.misconception)
            for one, text in zip(part.options_of(self.item), own, strict=False)
        ]  # fmt: skip

    def rows(self, part: Part) -> tuple[str, ...]:
        """What the options of a part are matched to."""
        own = self._listed(f"{part.name}.rows") or repeat(None)
        return tuple(
            self._expand(f"{part.name}: row", row, self._given, text)
            for row, text in zip(part.rows, own, strict=False)
        )

    def feedback(self, part: Part) -> list[str]:
        """What each misconception of the part is told."""
        return [
            self._expand(
                f"{part.name}: '{wrong.name}'",
                wrong.feedback,
                self._revealed,
                self._text(_place(part, wrong)),
            )
            for wrong in part.misconceptions
        ]

    def name_of(self, part: Part, wrong: Misconception) -> str:
        """What a misconception is called in the language; empty where it has no other name."""
        return self._own.names.get(_place(part, wrong), "") if self._own else ""

    def model_answer(self, part: Essay) -> str:
        """A good answer to an essay."""
        return self._expand(f"{part.name}.model_answer", part.model_answer, self._revealed)

    def rubric(self, part: Essay) -> list[str]:
        """What earns the marks of an essay, in declared order."""
        own = self._listed(f"{part.name}.rubric")
        return [" ".join(text.content.split()) for text in own] or list(part.rubric)

    def kind(self, part: Part) -> Kind:
        """The answer kind; short texts have the forms, verdicts the letters of the language too."""
        if isinstance(part.kind, TrueOrFalse):
            true, false = (self.language.text(f"response.{word}") for word in ("true", "false"))
            return replace(part.kind, letters=(true, false))
        if not (isinstance(part, ShortText) and self._own):
            return part.kind
        meanings = []
        for name, *forms in part.meanings:
            written = self._plain(f'{part.name}.forms."{name}"', "").split(",")
            more = [form.strip() for form in written if form.strip() not in ("", name, *forms)]
            meanings.append((name, *forms, *more))
        return replace(part.kind, meanings=tuple(meanings))

    @property
    def _revealed(self) -> dict[str, Any]:
        declared = self.item.declaration
        more = {**declared.named, **declared.parts}
        answers = {
            name: self._shown(symbol)
            for name, symbol in more.items()
            if not isinstance(symbol, Essay)
        }
        drawers = self._drawers(revealing=True)
        return self._given | drawers | answers | {"working": Working(self.item, self)}

    def _drawers(self, *, revealing: bool) -> dict[str, Any]:
        """The figures of the item model's own, by name."""
        names = self.item.declaration.figures
        return {name: drawer(self.item, name, revealing=revealing) for name in names}

    def _expand(
        self,
        name: str,
        source: str,
        values: Mapping[str, Any],
        own: Translated | None = None,
    ) -> str:
        """A text filled in: that of the side file, if it has one, else the item model's."""
        own = own or self._text(name)
        if own is not None:
            source = own.content
        try:
            filled = expand(source, {**figures, **values}, self.language)
        except TextError as error:
            told = self._explained(error.message, values)
            raise self._error(told, error.line, name, source, own) from error
        filled = filled.replace("&nbsp;", "\u00a0")  # reasons and tables show texts as they are
        self._sources[filled] = source, own
        return filled

    def mistake(self, name: str, filled: str, error: TextError) -> TextError:
        """A mistake found in a filled text, at its line in the text that the author wrote."""
        source, own = self._sources.get(filled, ("", None))
        line = error.line
        if line is not None:  # loops and branches move the lines
            above = source.count("\n", 0, len(source) - len(source.lstrip()))
            line = None if "<%" in source else line + above
        return self._error(error.message, line, name, source, own)

    def _error(
        self, message: str, line: int | None, name: str, source: str, own: Translated | None
    ) -> TextError:
        """The error at its line in the text, or in the side file that has the text."""
        place = ""
        if own is not None and self._own is not None:
            place = f"{self._own.path}:{own.line + (line or 1) - 1}"
        return TextError(message, line, name=name, source=source, place=place)

    def _text(self, place: str) -> Translated | None:
        """The text that the side file has for a place."""
        return self._own.texts.get(place) if self._own else None

    def _listed(self, place: str) -> Sequence[Translated]:
        """The texts that the side file has for a place with several."""
        return self._own.lists.get(place, ()) if self._own else ()

    def _plain(self, place: str, original: str) -> str:
        """A text of one line, in which nothing is filled in."""
        own = self._text(place)
        return " ".join(own.content.split()) if own else original

    def _names(self, option: DeclaredOption) -> dict[str, Any]:
        """The names that an option's text sees beside the parameters."""
        return {name: self._said(value) for name, value in option.names.items()}

    def _shown(self, symbol: Expression) -> Any:
        """The value of a symbol as texts print it."""
        return self._said(_shown(self.item, symbol))

    def _said(self, value: Any) -> Any:
        """A value, or a text that is one in the language."""
        return self._plain(f'values."{value}"', value) if isinstance(value, str) else value

    def _explained(self, message: str, values: Mapping[str, Any]) -> str:
        """A message, or the reason why a name of this item stands for nothing in this text."""
        declared = self.item.declaration
        unknown = re.search(r"'(\w+)' is undefined", message)
        if not unknown or unknown[1] in values:
            return message
        if unknown[1] not in {*declared.named, *declared.parts, "working"}:
            return message
        known = message[: unknown.end()]
        return f"{known} here: it would tell a key; solutions and feedback alone may show it"


class Working:
    """``working.height`` is the key of a part worked out: symbols = numbers = value."""

    def __init__(self, item: Item, wording: Wording):
        self._item, self._wording = item, wording

    def __getattr__(self, name: str) -> "Math | EntryWorking":
        if name not in self._item.declaration.parts:
            hint = nearest(name, self._item.declaration.parts)
            raise ExamgenError(f"there is no part '{name}' to work out{hint}")
        part = self._item.part(name)
        if part.key.function or not part.key.expressions:
            raise ExamgenError(f"the key of '{name}' is a function: it has no formula to show")
        if isinstance(part.kind, VectorPair | SetOf | ListOf):
            raise ExamgenError(f"'{name}' has no working: its value need not have the key's form")
        if part.key.shape:
            return EntryWorking(self._item, part, self._wording.unit(part))
        unit = self._wording.unit(part)
        return _derivation(self._item, part, part.tex, part.key.expressions[0], None, unit)


class EntryWorking:
    """``working.Y[0, 0]`` is one entry of an array key worked out."""

    def __init__(self, item: Item, part: Part, unit: str):
        self._item, self._part, self._unit = item, part, unit

    def __getitem__(self, index: int | tuple[int, ...]) -> Math:
        index = index if isinstance(index, tuple) else (index,)
        flat = 0
        for position, size in zip(index, self._part.key.shape, strict=True):
            flat = flat * size + position
        name = f"{self._part.tex}_{{{','.join(str(position + 1) for position in index)}}}"
        key = self._part.key.expressions[flat]
        return _derivation(self._item, self._part, name, key, index, self._unit)


def _derivation(
    item: Item,
    part: Part,
    name: str,
    key: Expression,
    index: tuple[int, ...] | None,
    unit: str,
) -> Math:
    value = item.key(part)
    for position in index or ():
        value = value[position]
    numbers = to_tex(key, values=_numbers(item, part, key))
    result = part.tex_of(value) if index is None else value_tex(value)
    steps = [f"= {to_tex(key)}"]
    if f"= {numbers}" != steps[0]:
        steps.append(f"= {numbers}")
    if result != numbers:
        number = part.kind.number if isinstance(part.kind, Quantity) else part.kind
        rounded = isinstance(number, Decimal) and exact_value(number.show(value)) != value
        steps.append((r"\approx " if rounded else "= ") + result)
    if unit:
        escaped = unit.replace("%", r"\%")
        steps[-1] += rf"\ \text{{{escaped}}}"
    if len("".join(steps)) < 95:
        return Math(f"{name} " + " ".join(steps), display=True)
    rows = r" \\ ".join(f"&{step}" for step in steps)
    return Math(rf"\begin{{aligned}} {name} {rows} \end{{aligned}}", display=True)


def _numbers(item: Item, part: Part, key: Expression) -> dict[Any, Any]:
    """The numbers that take the places of symbols; those of a formula stay."""
    symbols: Sequence[Any] = key.free_symbols
    if isinstance(part, FormulaEntry):
        kept = part.variables
        symbols = [s for s in symbols if s not in kept and not isinstance(s, FormulaEntry)]
    return {symbol: item.as_number(symbol) for symbol in symbols}


def _place(part: Part, wrong: Misconception) -> str:
    """The place of a misconception's feedback in a side file."""
    return f'{part.name}.misconceptions."{wrong.name}"'


def _given(expression: Expression) -> bool:
    """Whether an expression is computed from parameters alone."""
    return not any(isinstance(symbol, Part) for symbol in expression.free_symbols)


def _shown(item: Item, symbol: Expression) -> Any:
    if isinstance(symbol, Part):
        return symbol.shown(item.exact(symbol))
    return item.exact(symbol) if isinstance(symbol, ArraySymbol) else item.value_of(symbol)
