"""Margins, borders, paddings and sizes that are worked out once for each style."""

from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import kept_by, put

_LENGTHS = (
    *(f"margin_{side}" for side in ("left", "right", "top", "bottom")),
    *(f"padding_{side}" for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in ("left", "right", "top", "bottom"))


def share_lengths(weasyprint: ModuleType) -> None:
    """Have WeasyPrint resolve the lengths of a style once, where none depends on another box.

    It resolves 18 lengths of each box at every try to place it. Doing it twice changes nothing
    more.
    """
    original = weasyprint.layout.percent.resolve_percentages
    if hasattr(original, "shared"):
        return

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if (lengths := getattr(style, "lengths", None)) is None:
            original(box, containing_block)
            style.lengths = _lengths(box) if _fixed(style) and kept_by(style.font_config) else {}
        elif lengths:
            vars(box).update(lengths)
        else:
            original(box, containing_block)

    resolve_percentages.shared = True  # type: ignore[attr-defined]
    put(resolve_percentages, original)


def _fixed(style: Any) -> bool:
    """Whether the lengths of a style are the same for each of its boxes.

    They are not where the borders of table cells meet, or where a percentage or a formula stands.
    """
    if style["border_collapse"] == "collapse":
        return False
    values = (style[name] for name in _LENGTHS)
    return all(value == "auto" or getattr(value, "unit", None) == "px" for value in values)


def _lengths(box: Any) -> dict[str, Any]:
    """The resolved lengths of a box."""
    return {name: getattr(box, name) for name in (*_LENGTHS, *_BORDERS)}
