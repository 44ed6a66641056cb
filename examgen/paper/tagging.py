"""The structure tags of the PDF that WeasyPrint does not write by itself."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any


def complete_tags(weasyprint: ModuleType) -> None:
    """Make WeasyPrint tag formulas, header cells and running heads as PDF/UA wants them.

    It tags every image as Figure: formulas become Formula, their spoken text stays the
    alternative. Header cells get their Scope, boxes without content no tag at all, and the text
    of page margins is an artifact. Doing it twice changes nothing more.
    """
    tags, stream = weasyprint.pdf.tags, weasyprint.pdf.stream.Stream
    build, marked = tags._build_box_tree, stream.marked
    if getattr(build, "complete", False):
        return

    def build_complete(box: Any, *context: Any) -> Iterator[Any]:
        if isinstance(box, weasyprint.formatting_structure.boxes.MarginBox):
            return
        for element in build(box, *context):
            _complete(element, box)
            if element["K"] or element["S"] not in ("/Span", "/P"):
                yield element

    def marked_or_artifact(self: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        of_a_margin = box.element is None
        context: AbstractContextManager[None] = (
            self.artifact() if of_a_margin else marked(self, box, tag)
        )
        return context

    build_complete.complete = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_complete
    stream.marked = marked_or_artifact


def _complete(element: Any, box: Any) -> None:
    """Set what the HTML element of a box in WeasyPrint's layout says of its tag."""
    source = getattr(box, "element", None)
    if source is None:
        return
    if source.tag == "img" and source.get("class") == "math" and element["S"] == "/Figure":
        element["S"] = "/Formula"
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
