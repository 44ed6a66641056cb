"""What the page says of an item model: each function makes one piece of it, as HTML."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from jinja2 import Environment
from markupsafe import Markup

from examgen.bank.load import Bank
from examgen.bank.prove import prove
from examgen.bank.sample import census, usable_items
from examgen.bank.texts import check_texts
from examgen.bank.tracing import engine_calls
from examgen.errors import ExamgenError
from examgen.exam.record import PrintedPart
from examgen.exam.seeds import Stream, derive
from examgen.grading.answer import kind_of
from examgen.grading.trial import Trial, print_item, trial, value_text
from examgen.items import Item
from examgen.language import ENGLISH, Language, side_files
from examgen.paper.environment import make_environment
from examgen.paper.keyview import KeyItem
from examgen.paper.view import StudentItem
from examgen.preview.trouble import excerpt, told
from examgen.text.pictures import Pictures

DRAWN = 2_000  # items among which a usable one is looked for
COUNTED = 20_000  # items of a space that are counted one by one
VARIANTS = 16  # items in the grid
PROVED = 40  # items that the proof looks at

_Rest = ParamSpec("_Rest")


@dataclass(frozen=True)
class Source:
    """The item model that is shown: its name in the bundled bank and an author's own folders."""

    name: str
    folders: tuple[Path, ...] = ()
    language: Language = ENGLISH

    def bank(self) -> Bank:
        """The bank, read from disk anew."""
        return Bank.with_bundled(self.folders)

    def path(self) -> Path:
        """The file, or the bare name where no bank has it."""
        try:
            return self.bank().source(self.name)
        except ExamgenError:
            return Path(self.name)


@dataclass(frozen=True)
class Pick:
    """Which item is wanted: that of a rank, or a usable one drawn by a seed."""

    rank: int | None = None
    seed: int = 0

    def item(self, model: type[Item]) -> Item:
        """The item; where none of those drawn is usable, one that is not."""
        if self.rank is not None:
            return model(self.rank)
        stream = Stream(derive(b"", "preview", model.name, self.seed))
        drawn = (model(stream.below(model.space.size)) for _ in range(DRAWN))
        return next((item for item in drawn if item.excluded() is None), model(0))


def _or_problem(
    piece: Callable[Concatenate[Source, _Rest], str],
) -> Callable[Concatenate[Source, _Rest], str]:
    """A piece of the page, or what is wrong with the item model and where."""

    @wraps(piece)
    def made(source: Source, /, *rest: _Rest.args, **options: _Rest.kwargs) -> str:
        try:
            return piece(source, *rest, **options)
        except Exception as error:
            path = source.path()
            return problem(told(error, path), path)

    return made


# ---- pieces -----------------------------------------------------------------------------------


@_or_problem
def item_piece(source: Source, pick: Pick) -> str:
    """One item: as printed, the form to try answers in, keys and worked solution."""
    bank = source.bank()
    item = pick.item(bank[source.name])
    path = bank.source(source.name)
    return show_item(item, path, next_seed=pick.seed + 1, language=source.language)


@_or_problem
def space_piece(source: Source, pick: Pick) -> str:
    """The parameter space, counted, and a grid of further items with their keys."""
    model = source.bank()[source.name]
    items = sorted(usable_items(model, VARIANTS), key=lambda item: item.rank or 0)
    language = source.language
    shown = [(item, KeyItem.of(print_item(item, language), language)) for item in items]
    return _render(
        "space",
        language=language,
        census=census(model, most=COUNTED),
        parameters=model.declaration.parameters,
        variants=shown,
        shown=pick.item(model).rank,
        text=value_text,
    )


@_or_problem
def proof_piece(source: Source) -> str:
    """What ``examgen check`` finds on some items."""
    bank = source.bank()
    path = bank.source(source.name)
    with engine_calls() as calls:
        model = bank[source.name]
    proof = prove(model, path, samples=PROVED, class_calls=frozenset(calls))
    ranks = [re.search(r"--rank (\d+)", failure) for failure in proof.failures]
    failures = [(one, rank and rank[1]) for one, rank in zip(proof.failures, ranks, strict=True)]
    return _render("proof", proof=proof, failures=failures)


@_or_problem
def marks_piece(source: Source, pick: Pick, responses: Mapping[str, str]) -> str:
    """How the responses, by the names of their parts, are marked."""
    given = [f"{name}={text}" for name, text in responses.items()]
    tried = trial(
        source.bank(), source.name, rank=pick.rank, responses=given, language=source.language
    )
    return _render(
        "marks",
        language=source.language,
        judged=tried.judged,
        rows={
            part.name: _rows(tried, part)
            for part in tried.printed.parts
            if part.name in tried.responses
        },
    )


def problem(message: str, path: Path) -> str:
    """A message, with the lines of the item model that it is about."""
    named = [one for one in side_files(path).values() if f"{one}:" in message]
    line, lines = excerpt(message, named[0] if named else path)
    return _render("problem", message=message, line=line, excerpt=lines)


def page(item: str, **facts: Any) -> str:
    """The whole page around the piece of an item."""
    return _render("page", item=Markup(item), **facts)


def show_item(item: Item, path: Path, *, next_seed: int = 1, language: Language = ENGLISH) -> str:
    """An item of the model in a file, as `item_piece` shows it."""
    printed = print_item(item, language)
    check_texts(item, _pictures(language), language)
    asked, keys = StudentItem.of(printed, language), KeyItem.of(printed, language)
    return _render(
        "item",
        language=language,
        item=item,
        path=path,
        next_seed=next_seed,
        values={name: value_text(value) for name, value in item.values.items()},
        exclusion=item.excluded(),
        asked=asked,
        keys=keys,
        parts=list(zip(printed.parts, asked.parts, keys.parts, strict=True)),
        hints={part.name: kind_of(part).hint(language) for part in printed.parts},
    )


# ---- how they are made ------------------------------------------------------------------------


def _rows(tried: Trial, part: PrintedPart) -> dict[str, str | Markup]:
    """The findings on a response; the feedback of misconceptions is set as in the key."""
    rows: dict[str, str | Markup] = dict(tried.findings(part))
    feedback = {wrong.name: wrong.feedback for wrong in part.misconceptions}
    names = tried.judged[part.name].names
    if names and all(name in feedback for name in names):
        inline = _environment(tried.language).filters["inline"]
        told = [Markup("{}: {}").format(name, inline(feedback[name])) for name in names]
        rows["reason"] = Markup(" | ").join(told)
    return rows


def _render(piece: str, *, language: Language = ENGLISH, **context: Any) -> str:
    return _environment(language).get_template(f"preview/{piece}.html").render(context)


@cache
def _environment(language: Language) -> Environment:
    return make_environment(None, _pictures(language), code=Markup, language=language)


@cache
def _pictures(language: Language) -> Pictures:
    """The formulas that were set; each is set once."""
    return Pictures(language)
