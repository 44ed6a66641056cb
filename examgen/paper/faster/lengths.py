"""Margins, borders, sizes and heights of lines that are worked out once for each style."""

from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import kept_by, put

_LENGTHS = (
    *(f"margin_{side}" for side in ("left", "right", "top", "bottom")),
    *(f"padding_{side}" for side in ("left", "right", "top", "bottom")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in ("left", "right", "top", "bottom"))
_ROUND = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_SHARP = dict.fromkeys(_ROUND, (0, 0))


def share_lengths(weasyprint: ModuleType) -> None:
    """Have WeasyPrint work out the lengths of a style once, where none depends on another box.

    It resolves 22 lengths of each box, most at every try to place it, and the height of a line of
    each text.
    """
    percent, lines = weasyprint.layout.percent, weasyprint.text.line_break
    for shared, original in (
        (_sizes, percent.resolve_percentages),
        (_radii, percent.resolve_radii_percentages),
        (_line_height, lines.strut),
    ):
        put(shared(original), original)


def _sizes(original: Any) -> Any:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        if (lengths := getattr(style, "lengths", None)) is None:
            original(box, containing_block)
            style.lengths = _lengths(box) if _fixed(style) and kept_by(style.font_config) else {}
        elif lengths:
            _attributes(box).update(lengths)
        else:
            original(box, containing_block)

    return resolve_percentages


def _radii(original: Any) -> Any:
    def resolve_radii_percentages(box: Any) -> None:
        style = box.style
        if not hasattr(style, "sharp"):
            kept = kept_by(style.font_config)
            style.sharp = kept and all((0, "px") in style[corner] for corner in _ROUND)
        if style.sharp:
            _attributes(box).update(_SHARP)
        else:
            original(box)

    return resolve_radii_percentages


def _line_height(original: Any) -> Any:
    def strut(style: Any) -> Any:
        if not hasattr(style, "strut"):
            if kept_by(style.font_config) is None:
                return original(style)
            style.strut = original(style)
        return style.strut

    return strut


def _attributes(box: Any) -> dict[str, Any]:
    """Where a box keeps its lengths; one that is placed absolutely is wrapped."""
    attributes: dict[str, Any] = vars(getattr(box, "_box", box))
    return attributes


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
