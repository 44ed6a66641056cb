"""Small steps that are taken thousands of times while pages are drawn."""

from collections.abc import Callable
from types import ModuleType
from typing import Any


def step_directly(weasyprint: ModuleType) -> None:
    """Have WeasyPrint open and close states and marks of a page, and multiply matrices, directly.

    It does so by generators, and by sums over indices.
    """
    stream = weasyprint.pdf.stream.Stream
    stream.stacked, stream.marked, stream.artifact = _stacked, _marked, _artifact
    weasyprint.matrix.Matrix.__matmul__ = _product


class _Until:
    """A context that has begun, and what ends it."""

    __slots__ = ("_end",)

    def __init__(self, end: Callable[[], object]) -> None:
        self._end = end

    def __enter__(self) -> None:
        """Nothing is left to begin."""

    def __exit__(self, *_: object) -> None:
        self._end()


def _stacked(stream: Any) -> _Until:
    stream.push_state()
    return _Until(stream.pop_state)


def _marked(stream: Any, box: Any, tag: str) -> _Until:
    if stream._tags is None:
        return _Until(lambda: None)
    number = len(stream._tags)
    stream._tags[box] = {"tag": tag, "mcid": number}
    stream.stream += (f"/{tag}".encode("ascii"), b"<</MCID %d>>" % number, b"BDC")
    return _Until(stream.end_marked_content)


def _artifact(stream: Any) -> _Until:
    if stream._tags is None:
        return _Until(lambda: None)
    stream.begin_marked_content("Artifact")
    return _Until(stream.end_marked_content)


def _product(one: Any, other: Any) -> Any:
    """The product of matrices, summed up in the order in which WeasyPrint does it."""
    (a, b, c), (d, e, f), (g, h, i) = other
    rows = [
        [0 + x * a + y * d + z * g, 0 + x * b + y * e + z * h, 0 + x * c + y * f + z * i]
        for x, y, z in one
    ]
    return type(one)(matrix=rows)
