"""Equal work: of a question only those items are dealt whose effort lies within one band.

Where the greatest effort of each question is at most 15 % above its least, so it is for papers,
whatever they are put together from. A band depends on its own question alone, not on the others,
the seed or the number of students, so that the rules of dealing hold (see `examgen.exam.dealing`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint
from examgen.exam.dealing import Band, Source, broken
from examgen.exam.draws import Draw
from examgen.exam.record import Form
from examgen.exam.seeds import KeyedPermutation, derive
from examgen.items.effort import effort

_SAMPLE = 150  # usable items of each model that a band is found from
_MOST_TRIES = 20_000


@dataclass(frozen=True)
class Work:
    """The steps by hand of the lightest and of the heaviest paper, and the bands of questions."""

    lightest: int
    heaviest: int
    bands: Mapping[str, Band] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Sequence[Form], draws: Sequence[Draw] = ()) -> "Work":
        """That of these forms, over all questions of each."""
        totals = [sum(item.effort for item in form.items) for form in forms]
        bands = {draw.question.name: draw.sources[0].band for draw in draws}
        return cls(
            min(totals, default=0),
            max(totals, default=0),
            {name: band for name, band in bands.items() if band},
        )

    @property
    def more(self) -> Fraction:
        """By what share the heaviest paper is above the lightest."""
        return Fraction(self.heaviest, self.lightest or 1) - 1

    def to_dict(self) -> dict[str, Any]:
        """What the manifest says of it."""
        bands = {name: [band.low, band.high] for name, band in self.bands.items()}
        return {"lightest": self.lightest, "heaviest": self.heaviest, "bands": bands}


def levelled(draws: Sequence[Draw], blueprint: Blueprint) -> tuple[Draw, ...]:
    """The draws with the bands that the blueprint's ``equal_work`` asks for.

    Raises `ExamgenError` at the question whose item models have no band in common.
    """
    return tuple(_levelled(draw, draw.question.equal_work, blueprint.equal_work) for draw in draws)


def check_work(
    forms: Sequence[Form], blueprint: Blueprint, *, dealt_before: bool
) -> tuple[str, ...]:
    """Notes on papers of unequal work; raises `ExamgenError` in a new exam.

    Only questions with a wider ``equal_work`` of their own can bring this about, or forms dealt
    with other bands.
    """
    share, work = blueprint.equal_work, Work.of(forms)
    if share is None or work.more <= share:
        return ()
    message = (
        f"the heaviest paper has {work.heaviest} steps of work, the lightest {work.lightest}: "
        f"{percent(work.more)} more, but equal_work allows {percent(share)}"
    )
    if not dealt_before:
        ranges = [f"'{name}' {low} to {high}" for name, (low, high) in _widest(forms)]
        blueprint.table.inner("exam").fail(
            f"{message}; most apart are the questions {', '.join(ranges)}: narrow them, or allow "
            "them less by an equal_work of their own",
            "equal_work",
        )
    return (message,)


def _widest(forms: Sequence[Form]) -> list[tuple[str, tuple[int, int]]]:
    """The three questions whose items differ most in steps, each with its least and most."""
    found: dict[str, list[int]] = {}
    for form in forms:
        for item in form.items:
            found.setdefault(item.question, []).append(item.effort)
    ranges = {name: (min(steps), max(steps)) for name, steps in found.items()}
    return sorted(ranges.items(), key=lambda pair: pair[1][0] - pair[1][1])[:3]


def _levelled(draw: Draw, own: Fraction | None, whole: Fraction | None) -> Draw:
    share = whole if own is None else own
    if share is None:
        return draw
    question = draw.question
    samples = {}
    for source in draw.sources:
        try:
            samples[source.model.name] = sorted(_sampled(source))
        except ExamgenError as error:
            raise question.error(str(error)) from error
    samples = {name: steps for name, steps in samples.items() if steps}  # dealing names the others
    if not samples:
        return draw
    band = _band(list(samples.values()), share)
    if band is None:
        listed = ", ".join(f"{name} {s[0]} to {s[-1]} steps" for name, s in samples.items())
        raise question.error(
            f"its item models have no effort in common within {percent(share)}: {listed}; list "
            "items of like work, narrow it, or give this question a wider equal_work of its own",
            "equal_work",
        )
    return replace(draw, sources=tuple(replace(one, band=band) for one in draw.sources))


def _sampled(source: Source) -> Iterator[int]:
    """The efforts of some usable items, the same whatever the seed."""
    permutation = KeyedPermutation(derive(b"", "effort", source.model.name), source.space.size)
    found = 0
    for place in range(min(source.space.size, _MOST_TRIES)):
        item = source.model(source.space.rank(permutation(place)))
        try:
            if item.excluded() is not None:
                continue
            yield effort(item)
        except Exception as error:
            raise broken(item, error) from error
        found += 1
        if found == _SAMPLE:
            return


def _band(samples: Sequence[Sequence[int]], share: Fraction) -> Band | None:
    """The band that leaves most of the model of which it leaves least; None if that is nothing.

    Each sample is sorted. The lowest of equally good bands is taken.
    """

    def left(low: int) -> tuple[Fraction, Fraction, int]:
        shares = [_left(steps, Band.above(low, share)) for steps in samples]
        return min(shares), sum(shares, Fraction(0)), -low

    best = max({steps for sample in samples for steps in sample}, key=left)
    return Band.above(best, share) if left(best)[0] else None


def _left(steps: Sequence[int], band: Band) -> Fraction:
    """The share of sorted efforts that lie in a band."""
    inside = bisect_right(steps, band.high) - bisect_right(steps, band.low - 1)
    return Fraction(inside, len(steps))


def percent(share: Fraction) -> str:
    """A share in per cent, to three digits."""
    return f"{float(100 * share):.3g} %"
