"""The page of all cards: by topic, with what it is searched by."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from examgen.exam.roster import natural
from examgen.gallery.card import Card
from examgen.gallery.templates import environment, script, style


def gallery_page(cards: Sequence[Card], *, seed: int) -> str:
    """The whole page, which needs no other file; cards stand by topic, then by name."""
    ordered = sorted(cards, key=lambda card: (card.topic, card.name))
    template = environment().get_template("gallery/page.html")
    return template.render(
        style=Markup(style()),
        script=Markup(script()),
        seed=seed,
        count=len(cards),
        broken=sum(1 for card in cards if card.problem),
        topics={
            topic: [Markup(card.html) for card in group]
            for topic, group in groupby(ordered, key=lambda card: card.topic)
        },
        kinds=_counted(card.kinds for card in cards),
        serves=_counted(card.serves for card in cards),
    )


def _counted(words: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    """How many cards have each word, in natural order."""
    all_words = [word for of_card in words for word in of_card]
    return {word: all_words.count(word) for word in sorted(set(all_words), key=natural)}
