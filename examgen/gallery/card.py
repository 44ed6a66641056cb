"""The card of one item model: what an instructor chooses it by, and a variant with its keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from examgen.answers import Kind, TrueOrFalse, kind_from
from examgen.answers.guide import GUIDES
from examgen.bank.load import load_model, usual_topic
from examgen.bank.sample import Census, census, wilson
from examgen.bank.texts import check_texts
from examgen.gallery.templates import environment, setting
from examgen.grading.trial import print_item
from examgen.items import Item
from examgen.paper.environment import large
from examgen.paper.keyview import KeyItem
from examgen.paper.view import StudentItem
from examgen.preview.page import Pick
from examgen.preview.trouble import excerpt, told

COUNTED = 2_000  # items of a space that are counted one by one
TRIES = 500  # items by which a larger space is estimated
_TITLES = {guide.name: guide.title for guide in GUIDES}


@dataclass(frozen=True)
class Card:
    """What is told of one item model: its HTML, and what the page sorts and counts it by.

    ``serves`` names what of a syllabus it serves, ``kinds`` how its parts are answered;
    ``problem`` is why it cannot be shown, empty where it can.
    """

    name: str
    topic: str
    html: str
    serves: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    problem: str = ""


def make_card(name: str, path: Path, *, number: int, seed: int) -> Card:
    """The card of the item model in a file, or what is wrong with it and where.

    ``number`` tells its answer spaces from those of other cards; ``seed`` draws the variant that
    `examgen preview` shows by the same seed.
    """
    try:
        return _card(load_model(path, name), number=number, seed=seed)
    except Exception as error:
        return broken_card(name, path, told(error, path))


def broken_card(name: str, path: Path, problem: str) -> Card:
    """The card of an item model that cannot be shown."""
    line, lines = excerpt(problem, path)
    topic = usual_topic(name)
    template = environment().get_template("gallery/broken.html")
    html = template.render(name=name, topic=topic, message=problem, line=line, excerpt=lines)
    return Card(name, topic, html, problem=problem)


def _card(model: type[Item], *, number: int, seed: int) -> Card:
    item = Pick(seed=seed).item(model)
    printed = print_item(item, number=number)
    check_texts(item, setting())
    asked, keys = StudentItem.of(printed), KeyItem.of(printed)
    kinds = [kind_from(part.kind) for part in printed.parts]
    titles = tuple(dict.fromkeys(_TITLES[kind.kind] for kind in kinds))
    serves = tuple(dict.fromkeys(one.partition(" ")[0] for one in model.serves))
    template = environment().get_template("gallery/card.html")
    html = template.render(
        model=model,
        exclusion=item.excluded(),
        asked=asked,
        parts=list(zip(asked.parts, keys.parts, kinds, strict=True)),
        keys=keys,
        titles=_TITLES,
        kinds=titles,
        serves=serves,
        by_hand=_by_hand(kinds),
        effort=printed.effort,
        usable=usable(census(model, most=COUNTED, tries=TRIES)),
    )
    return Card(model.name, model.topic, html, serves=serves, kinds=titles)


def usable(found: Census) -> str:
    """How many items of a space students can get: counted, or the ends of an interval of 95 %."""
    if found.exact:
        return large(found.usable)
    low, high = (round(share * found.size) for share in wilson(found.usable, found.looked_at))
    return f"{large(_rounded(low))} to {large(min(found.size, -_rounded(-high)))}"


def _rounded(number: int) -> int:
    """The next smaller number of two digits and zeros."""
    unit: int = 10 ** max(0, len(str(abs(number))) - 2)
    return number // unit * unit


def _by_hand(kinds: Sequence[Kind]) -> tuple[int, ...]:
    """The places of the parts for which a right answer waits for a human."""
    return tuple(
        place
        for place, kind in enumerate(kinds)
        if kind.by_hand or (isinstance(kind, TrueOrFalse) and kind.correction.by_hand)
    )
