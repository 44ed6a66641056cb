"""The list of item models: what each is called, what a student learns by it, what it serves."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from examgen.bank.load import Bank
from examgen.errors import ExamgenError, nearest
from examgen.items import Item

WIDTH = 100


def listed(bank: Bank, items: Sequence[str], *, topic: str = "", serves: str = "") -> Iterator[str]:
    """The lines of the list: item models by name, or those in folders; without any, all.

    ``topic`` and ``serves`` narrow it: to a topic, and to what the models say they serve, as
    "4a out-size", or one word of it. Raises `ExamgenError` where nothing is left.
    """
    names = [name for wanted in items or [""] for name in bank.below(wanted)]
    if topic:
        of_topic = bank.topic(topic)
        names = [name for name in names if name in of_topic]
    if serves:
        names = [name for name in names if _serving(bank[name], serves)]
    if not names:
        what = f"serves '{serves}'{_near(bank, serves)}" if serves else f"has the topic '{topic}'"
        raise ExamgenError(f"none of these item models {what}")
    for name in names:
        yield from _entry(name, bank[name])


def _serving(model: type[Item], wanted: str) -> bool:
    return any(wanted in (one, *one.split()) for one in model.serves)


def _near(bank: Bank, wanted: str) -> str:
    """What is served by a name like the wanted one, of as many words."""
    known = {word for name in bank for one in bank[name].serves for word in (one, *one.split())}
    return nearest(wanted, sorted(one for one in known if (" " in one) == (" " in wanted)))


def _entry(name: str, model: type[Item]) -> Iterator[str]:
    yield f"{name}: {model.title}"
    told = [f"topic {model.topic}"]
    if model.serves:
        told.append(f"serves {', '.join(model.serves)}")
    for text in (model.objective, "; ".join(told)):
        yield from wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
