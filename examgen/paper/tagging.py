"""The structure tags of the PDF that WeasyPrint does not write by itself."""

from collections.abc import Iterator
from typing import Any


def tag_formulas(tags: Any) -> None:
    """Make ``weasyprint.pdf.tags`` tag formulas as Formula; it tags every image as Figure.

    Their spoken text stays the alternative of the tag. Doing it twice changes nothing more.
    """
    build = tags._build_box_tree
    if getattr(build, "tags_formulas", False):
        return

    def build_with_formulas(box: Any, *context: Any) -> Iterator[Any]:
        for element in build(box, *context):
            if _is_formula(box) and element["S"] == "/Figure":
                element["S"] = "/Formula"
            yield element

    build_with_formulas.tags_formulas = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_with_formulas


def _is_formula(box: Any) -> bool:
    """Whether a box of WeasyPrint's layout is the image of a formula."""
    element = getattr(box, "element", None)
    return element is not None and element.tag == "img" and element.get("class") == "math"
