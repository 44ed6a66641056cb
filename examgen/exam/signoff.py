"""Sign-off: what a colleague reads of an exam before it is built, and the digest of what was read.

Every item model of a blueprint is shown in three variants: with small, with large and with random
values of its parameters. The digest covers the blueprint, the item models and these variants as
they print, so that a change of any of them, or of the code that fills them in, is noticed.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from examgen.bank.load import Bank
from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint
from examgen.exam.dealing import Source, broken
from examgen.exam.draws import Draw, draws_of
from examgen.exam.equal_work import levelled
from examgen.exam.identity import source_digest
from examgen.exam.record import PrintedItem, item_line
from examgen.exam.seeds import KeyedPermutation, derive
from examgen.items import Item
from examgen.language import ENGLISH, Language

DIGITS = 24  # hexadecimal ones of the digest that are printed and typed

_AT_THE_ENDS = 400  # settings looked at from each end of a space
_ELSEWHERE = 2000  # and at most so many anywhere, until there are enough usable ones
_ENOUGH = 40


@dataclass(frozen=True)
class Variant:
    """One item of a question as it would print; ``extent`` is smallest, largest or random."""

    extent: str
    size: int  # of the space that the question deals from
    item: PrintedItem


@dataclass(frozen=True)
class SignOff:
    """The variants in the order of the questions, and the digest of what they stand for."""

    variants: tuple[Variant, ...]
    digest: str


def sign_off(blueprint: Blueprint, bank: Bank, language: Language = ENGLISH) -> SignOff:
    """What there is to sign of a blueprint with this bank.

    Raises `ExamgenError` for what does not fit in the blueprint, and for a model without a usable
    item.
    """
    draws = levelled(draws_of(blueprint, bank, language), blueprint)
    variants = tuple(one for draw in draws for one in _variants(draw))
    sources = {source.model.name for draw in draws for source in draw.sources}
    paths = [bank.source(name) for name in sorted(sources)]
    digests = [source_digest(path, language) for path in paths]
    return SignOff(variants, _digest(blueprint, digests, variants))


def check_signed(
    blueprint: Blueprint, bank: Bank, signed: str, language: Language = ENGLISH
) -> None:
    """Raise `ExamgenError` unless this digest is that of the blueprint with this bank."""
    found = sign_off(blueprint, bank, language).digest
    if "".join(signed.split("-")).casefold() != "".join(found.split("-")).casefold():
        raise ExamgenError(
            f"what was signed ({signed}) is not what would be built ({found}): the blueprint, an "
            f"item model or examgen has changed since; see: examgen proof {blueprint.path}"
        )


def _digest(blueprint: Blueprint, sources: Sequence[str], variants: Sequence[Variant]) -> str:
    """The digest in groups of four digits."""
    whole = hashlib.sha256()
    parts = [version("examgen"), blueprint.digest, *sources]
    for text in [*parts, *(item_line(variant.item) for variant in variants)]:
        whole.update(len(text.encode()).to_bytes(8, "big") + text.encode())
    digits = whole.hexdigest()[:DIGITS]
    return "-".join(digits[at : at + 4] for at in range(0, DIGITS, 4))


def _variants(draw: Draw) -> Iterator[Variant]:
    for source in draw.sources:
        for extent, item in _chosen(draw, source):
            yield Variant(extent, source.space.size, draw.printed(item, _options_key(item)))


def _chosen(draw: Draw, source: Source) -> Iterator[tuple[str, Item]]:
    """The smallest, the largest and a random item, fewer where these are the same."""
    anywhere = _usable(draw, source, list(_places(draw, source)))
    size = source.space.size
    ends = min(_AT_THE_ENDS, size)
    found = {item.rank: item for item in anywhere}
    for places in (range(ends), range(size - 1, size - 1 - ends, -1)):
        found |= {item.rank: item for item in _usable(draw, source, places)}
    if not found:
        raise draw.question.error(f"{source.model.name} has no usable item to show")
    by_extent = sorted(found.values(), key=_extent)
    shown = {by_extent[0].rank: ("smallest", by_extent[0])}
    shown.setdefault(by_extent[-1].rank, ("largest", by_extent[-1]))
    other = next((item for item in [*anywhere, *by_extent] if item.rank not in shown), None)
    yield from shown.values()
    if other is not None:
        yield "random", other


def _extent(item: Item) -> tuple[object, int]:
    assert item.rank is not None
    return type(item).space.extent(item.rank), item.rank


def _places(draw: Draw, source: Source) -> Iterator[int]:
    """Places in the space in a random order, the same on every machine."""
    key = derive(b"", "proof", draw.question.name, source.model.name)
    permutation = KeyedPermutation(key, source.space.size)
    yield from map(permutation, range(min(_ELSEWHERE, source.space.size)))


def _usable(draw: Draw, source: Source, places: Sequence[int]) -> list[Item]:
    """The first usable items at these places of the space, at most `_ENOUGH`."""
    found: list[Item] = []
    for place in places:
        item = source.model(source.space.rank(place))
        try:
            if not source.refused(item):
                found.append(item)
        except Exception as error:
            raise draw.question.error(str(broken(item, error))) from error
        if len(found) == _ENOUGH:
            break
    return found


def _options_key(item: Item) -> bytes:
    return derive(b"", "proof", str(item.rank))
