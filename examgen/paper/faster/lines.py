"""Lines of text that are broken and measured once for all papers of a process.

Papers of a class hold the same words between other numbers, and WeasyPrint has Pango break and
measure each piece of text several times in each of them.
"""

from collections.abc import Callable
from math import inf
from sys import intern
from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import kept_by, put

_RESUMES, _WIDTH = 2, 3  # in what WeasyPrint tells of a line
_SPACE = 8  # CSS pixels: more than a space is wide, in every edition
# What WeasyPrint and Pango ask a style for when they break and measure a text.
_ASKED = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)


def share_lines(weasyprint: ModuleType) -> None:
    """Have WeasyPrint look up each line where its font configuration keeps lines.

    The line depends on the arguments alone, so a paper does not depend on those before it.
    """
    split = weasyprint.text.line_break.split_first_line
    put(_shared(_filled(split), weasyprint.text.line_break.Layout), split)


def _filled(split: Callable[..., Any]) -> Callable[..., Any]:
    """Lines as full as they can be.

    Where a line is too wide by the space at its end, WeasyPrint ends it after one word.
    """

    def split_first_line(
        text: str, style: Any, context: Any, width: Any, *more: Any, **line: bool
    ) -> Any:
        first = split(text, style, context, width, *more, **line)
        if width is None or width == inf or first[_RESUMES] is None or 2 * first[_WIDTH] > width:
            return first
        second = split(text, style, context, width - _SPACE, *more, **line)
        fuller = second[_RESUMES] is not None and second[_RESUMES] > first[_RESUMES]
        return second if fuller and second[_WIDTH] <= width else first

    return split_first_line


def _shared(split: Callable[..., Any], layout_class: Any) -> Callable[..., Any]:
    def split_first_line(text: str, style: Any, context: Any, *widths: Any, **line: bool) -> Any:
        kept = kept_by(style.font_config)
        if kept is None:
            return split(text, style, context, *widths, **line)
        lines = kept.lines
        key = text, _asked(style), widths, *line.items()
        if key not in lines:
            layout, *measures = split(text, style, context, *widths, **line)
            layout.drawn = []  # by faster/glyphs.py
            lines[key] = vars(layout).copy(), measures
            return layout, *measures
        state, measures = lines[key]
        layout = layout_class.__new__(layout_class)
        vars(layout).update(state)
        return layout, *measures

    return split_first_line


def _asked(style: Any) -> str:
    """All that a line depends on in a style, worked out once for each style."""
    if not hasattr(style, "asked"):
        style.asked = intern(repr([style[name] for name in _ASKED]))
    asked: str = style.asked
    return asked
