"""The exception that users see, and the nearest match for a word they mistyped."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


class ExamgenError(Exception):
    """A mistake in what a user gave (blueprint, roster, item model): shown without a traceback."""


def nearest(word: str, known: Iterable[str], *, likeness: int = 60) -> str:
    """A hint such as ``; did you mean 'roster'?`` for a word not among the known, or ``""``.

    ``likeness`` is the least that counts as near, from 0 to 100.
    """
    words = list(known)
    ways = ((fuzz.ratio, None), (fuzz.ratio, str.casefold), (fuzz.WRatio, None))  # or a part of one
    for scorer, folded in ways:
        match = process.extractOne(
            word, words, scorer=scorer, processor=folded, score_cutoff=likeness
        )
        if match:
            return f"; did you mean '{match[0]}'?"
    return ""
