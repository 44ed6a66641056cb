"""``examgen gallery``: the cards, each made in a process of its own, and the page of them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from examgen.bank.load import Bank, of_topic, usual_topic
from examgen.errors import ExamgenError
from examgen.files import write_text
from examgen.gallery.card import Card, broken_card, make_card
from examgen.gallery.page import gallery_page
from examgen.preview.workshop import Workshop
from examgen.processes import cores

SECONDS = 60.0  # of computing, for one card


def make_gallery(
    *,
    items: Sequence[str] = (),
    topic: str = "",
    seed: int = 0,
    out: Path = Path("gallery.html"),
    bank: Sequence[Path] = (),
    jobs: int | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Write the page of the named item models, of a topic, or of the whole bank; say what is in it.

    An item model that is broken has a card that says so. Raises `ExamgenError` for an unknown
    item model or topic.
    """
    whole = Bank.with_bundled(bank)
    names = sorted({name for wanted in items or [""] for name in whole.below(wanted)})
    if topic:
        names = of_topic(topic, {name: _topic(whole, name) for name in names})
    paths = {name: whole.source(name) for name in names}
    cards = list(make_cards(paths, seed=seed, jobs=jobs or cores()))
    page = gallery_page(cards, seed=seed)
    write_text(out, page, private=True)
    for card in cards:
        if card.problem:
            say(f"note: {card.problem}")
    count = f"{len(cards)} item model{'' if len(cards) == 1 else 's'}"
    size = len(page.encode()) / 10**6
    say(f"{out}: {count}, {size:.1f} MB; it holds keys and is not for students")


def make_cards(paths: dict[str, Path], *, seed: int, jobs: int) -> Iterator[Card]:
    """The cards in the order of the names; what ends or takes too long is broken."""
    shop = Workshop(preload="examgen.gallery.warm")
    with ThreadPoolExecutor(jobs) as threads:
        made = partial(_made, shop, seed)
        try:
            yield from threads.map(made, paths, paths.values(), range(1, len(paths) + 1))
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            shop.drop()


def _made(shop: Workshop, seed: int, name: str, path: Path, number: int) -> Card:
    work = partial(make_card, name, path, number=number, seed=seed)
    try:
        card: Card = shop.run(work, seconds=SECONDS)
        return card
    except ExamgenError as error:
        return broken_card(name, path, f"{path}  {error}")


def _topic(bank: Bank, name: str) -> str:
    """The topic of an item model; of a broken one, what its folder says."""
    try:
        return bank[name].topic
    except ExamgenError:
        return usual_topic(name)
