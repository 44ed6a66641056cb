"""Advice: what the proof of an item model does not refute, and an author would rather know.

Each advice is one line. ``examgen check --strict`` counts them as failures.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from statistics import median
from typing import Any, cast

from examgen.answers import Decimal, Integer, Rational
from examgen.bank.sample import Census
from examgen.bank.tracing import engine_calls
from examgen.equivalence import prove_equal
from examgen.formula import Expression, as_expression
from examgen.items import Item, MultipleChoice
from examgen.items.arrays import flatten
from examgen.items.effort import effort
from examgen.items.parts import Part
from examgen.items.wording import Wording
from examgen.text import names_in

MOST_MASKED = Fraction(1, 5)  # of the legal items may be lost to one misconception
FEWEST = 30  # usable items, for a class in which no two students share one
MOST_DIGITS = 9  # of a number to be worked out by hand
MOST_UNEVEN = 3  # times the effort of the lightest item
MOST_SECONDS = 0.1  # for the keys and the oracle of one item
_FEW = 10  # items below which nothing is said of how often
_LOOKED_AT = 60  # items whose texts and options are looked at
_OFTEN = Fraction(3, 5)
_NUMBER = re.compile(r"(?<![\w.,])-?\d+(?:\.\d+)?(?![\w]|[.,]\d)")


def advice(
    model: type[Item], items: Sequence[Item], census: Census, *, seconds: float
) -> Iterator[str]:
    """What to know of an item model; ``seconds`` is what proving one item took."""
    looked = items[:_LOOKED_AT]
    if model.serves and not model.objective:
        yield "it says what it serves, but has no objective: what can a student do who solves it?"
    yield from _parameters(model)
    yield from _masked(census)
    yield from _space(census)
    yield from _given_away(looked)
    yield from _guessable(looked)
    yield from _ugly(looked)
    yield from _uneven(looked)
    yield from _same_formula(model)
    if seconds > MOST_SECONDS:
        yield f"slow: {1000 * seconds:.0f} ms for the keys, the oracle and the marking of one item"


# ---- what is told -----------------------------------------------------------------------------


def _parameters(model: type[Item]) -> Iterator[str]:
    """Parameters that students are not told."""
    texts = [text for several in texts_for_students(model).values() for text in several]
    told = parameters_in(model, texts)
    for name in model.declaration.parameters:
        if name not in told:
            yield f"parameter '{name}' stands in no text: students cannot know it"


def texts_for_students(model: type[Item]) -> dict[str, list[str]]:
    """The texts that students see before they answer, by their places."""
    found = {"stem": [model.stem]}
    for name, part in model.declaration.parts.items():
        found[f"{name}.prompt"], found[f"{name}.unit"] = [part.prompt], [part.unit]
        found[f"{name}.option"] = [getattr(part, "option", "")]
        for sort in ("options", "rows"):
            found[f"{name}.{sort}"] = list(getattr(part, sort, ()))
    return found


def parameters_in(model: type[Item], texts: Sequence[str]) -> set[str]:
    """The parameters that texts print, by themselves or within an expression."""
    declared = model.declaration
    names = {name for text in texts for name in names_in(text)}
    for name in names.intersection(declared.figures):  # what a method reads by its name
        names |= set(getattr(model, name).__code__.co_names)
    told = names & declared.parameters.keys()
    for name in names & declared.named.keys():
        told |= {str(symbol.name) for symbol in declared.named[name].free_symbols}
    return told


# ---- the space --------------------------------------------------------------------------------


def _masked(census: Census) -> Iterator[str]:
    for (part, reason), count in census.excluded.most_common():
        if part and census.legal and Fraction(count, census.legal) > MOST_MASKED:
            share = round(100 * count / census.legal)
            yield f"part '{part}': {share} % of the legal items are excluded: {reason}"


def _space(census: Census) -> Iterator[str]:
    if census.exact and census.size > 1 and census.usable < FEWEST:
        yield f"only {census.usable} usable items: too few for a class"


# ---- keys that can be guessed -----------------------------------------------------------------


def _given_away(items: Sequence[Item]) -> Iterator[str]:
    """Parts whose key mostly stands in the texts as a number of its own."""
    if not items:
        return
    for name, part in items[0].declaration.parts.items():
        keys = [item.key(name) for item in items if _is_number(item.key(name))]
        if len(set(keys)) < 5 or not isinstance(part.kind, Integer | Rational | Decimal):
            continue
        shown = sum(part.kind.show(item.key(name)) in _numbers(item) for item in items)
        if shown > _OFTEN * len(items):
            yield f"part '{name}': its key stands in the texts in {shown} of {len(items)} items"


def _numbers(item: Item) -> set[str]:
    """The numbers that the texts for students show."""
    wording = Wording(item)
    texts = [wording.stem, *(wording.prompt(part) for part in item.declaration.parts.values())]
    plain = re.sub(r"!\[.*?\]\([^)]*\)", "", " ".join(texts), flags=re.DOTALL)
    return set(_NUMBER.findall(plain.replace(r"\,", "")))


def _guessable(items: Sequence[Item]) -> Iterator[str]:
    """Choices whose key can be told from its options by rank, by size, or by how it looks."""
    if not items:
        return
    for name, part in items[0].declaration.parts.items():
        if isinstance(part, MultipleChoice):
            yield from _odd_one(name, [_options(item, part) for item in items])


def _options(item: Item, part: MultipleChoice) -> list[Any]:
    """The values of the options, the key first."""
    wrong = [value for _, value in item.wrong_answers(part)]
    return [item.key(part), *wrong, *item.distractors(part)]


def _odd_one(name: str, options: Sequence[Sequence[Any]]) -> Iterator[str]:
    """In what the key differs from the other options far more often than luck has it."""
    numbers = [one for one in options if all(map(_is_number, one))]
    for tests, looked in ((_BY_SIZE, numbers), (_BY_LOOK, options)):
        for what, holds in tests.items():
            count = sum(holds(key, others) for key, *others in looked)
            if len(looked) >= _FEW and count > _OFTEN * len(looked):
                yield f"part '{name}': the key is {what} option in {count} of {len(looked)} items"


_Test = Callable[[Any, Sequence[Any]], bool]
_BY_SIZE: dict[str, _Test] = {
    "the largest": lambda key, others: key > max(others),
    "the smallest": lambda key, others: key < min(others),
    "the only whole": lambda key, others: _whole(key) and not any(map(_whole, others)),
    "the only fractional": lambda key, others: not _whole(key) and all(map(_whole, others)),
}
_BY_LOOK: dict[str, _Test] = {
    "the longest": lambda key, others: len(str(key)) > max(len(str(one)) for one in others),
    "the shortest": lambda key, others: len(str(key)) < min(len(str(one)) for one in others),
}


# ---- by hand ----------------------------------------------------------------------------------


def _ugly(items: Sequence[Item]) -> Iterator[str]:
    """Parts whose keys have many digits."""
    if not items:
        return
    for name, part in items[0].declaration.parts.items():
        if part.kind.lettered or part.kind.by_hand:
            continue
        sizes = [max(map(_digits, _entries(item.key(name))), default=0) for item in items]
        if median(sizes) > MOST_DIGITS:
            yield f"part '{name}': its keys have {median(sizes):.0f} digits, much for hand work"


def _uneven(items: Sequence[Item]) -> Iterator[str]:
    """Items of which some are several times the work of others."""
    steps = [effort(item) for item in items]
    if len(steps) >= _FEW and max(steps) > MOST_UNEVEN * min(steps):
        yield (
            f"some items are much more work than others, {min(steps)} to {max(steps)} steps: "
            "a blueprint can ask for equal_work"
        )


def _entries(value: Any) -> list[Any]:
    if not isinstance(value, tuple):
        return [value]
    return [one for entry in value for one in _entries(entry)]


def _digits(value: Any) -> int:
    if not _is_number(value):
        return 0
    number = Fraction(value)
    return len(str(abs(number.numerator))) + (
        len(str(number.denominator)) if number.denominator > 1 else 0
    )


# ---- the oracle -------------------------------------------------------------------------------


def _same_formula(model: type[Item]) -> Iterator[str]:
    """Parts whose oracle, run on the symbols of the class, gives back the key's own formula.

    An oracle that counts, convolves or searches cannot run on symbols, and is left alone.
    """
    with engine_calls() as calls:
        try:
            found = dict(model.oracle(cast(Item, model)))
        except Exception:
            return
    if calls:  # the engine runs on symbols too, by a route of its own
        return
    for name, value in found.items():
        part = model.declaration.parts.get(name)
        if part is not None and _is_the_key(part, value):
            yield f"part '{name}': oracle() repeats the formula of the key; derive it another way"


def _is_the_key(part: Part, value: Any) -> bool:
    try:
        found = [as_expression(one) for one in flatten(value, part.key.shape)]
    except Exception:
        return False
    keys: tuple[Expression, ...] = part.key.expressions
    return bool(keys) and all(
        one.free_symbols and prove_equal(one, key) for one, key in zip(found, keys, strict=True)
    )


def _whole(value: Any) -> bool:
    return _is_number(value) and Fraction(value).denominator == 1


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)
