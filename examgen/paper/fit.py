"""Whether everything fits on the pages: nothing is ever cut silently."""

from collections.abc import Iterable
from typing import Any

from examgen.errors import ExamgenError

_MILLIMETRES = 25.4 / 96  # a CSS pixel
_SLACK = 8.0  # CSS pixels: the quiet zone of the 2-D code reaches 2 mm into the margin
_IN_THE_MARGIN = "margin-marks"


def refuse_overflow(pages: Iterable[Any]) -> None:
    """Raise `ExamgenError` for what reaches beyond the text block of WeasyPrint's pages.

    The error names page, question and part, by the headings before it.
    """
    place = "the cover"
    for number, page in enumerate(pages, start=1):
        sheet = page._page_box
        right = sheet.content_box_x() + sheet.width
        bottom = sheet.content_box_y() + sheet.height
        for box in sheet.children[0].descendants():
            place = _place(box, place)
            if not _is_ink(box):
                continue
            beyond = box.position_x + box.margin_width() - right
            below = box.position_y + box.margin_height() - bottom
            too_far = max(beyond, below)
            if too_far > _SLACK:
                edge = "right" if beyond > below else "lower"
                reach = f"{too_far * _MILLIMETRES:.0f} mm"
                raise ExamgenError(
                    f"page {number}, {place}: {_named(box)} reaches {reach} "
                    f"beyond the {edge} end of the page; make it smaller or break it up"
                )


def _is_ink(box: Any) -> bool:
    """Whether a box is a text, a picture or a table, and not in the margin by intention."""
    if box.element is not None and box.element.get("class") == _IN_THE_MARGIN:
        return False
    return hasattr(box, "text") or hasattr(box, "replacement") or box.element_tag == "table"


def _place(box: Any, place: str) -> str:
    """Where the text is, at a heading; ``place`` is where it was before."""
    if _is(box, "question-heading"):
        return _words(box).partition(".")[0].lower()
    if _is(box, "part-letter"):
        return f"{place.partition(' (')[0]} {_words(box)}"
    return place


def _is(box: Any, name: str) -> bool:
    """Whether a box holds the content of an element of this class."""
    named = box.element is not None and box.element.get("class") == name
    return named and hasattr(box, "children")


def _words(box: Any) -> str:
    return " ".join(one.text.strip() for one in box.descendants() if hasattr(one, "text"))


def _named(box: Any) -> str:
    """What a box is, with its first words."""
    if box.element_tag == "table":
        return "a table"
    said = getattr(box, "text", "") or box.element.get("alt", "")
    sort = "" if hasattr(box, "text") else "the picture "
    return f"{sort}'{said if len(said) <= 40 else said[:39] + '…'}'"
