"""Parts of WeasyPrint that are quicker here and write the same bytes.

Papers of a class hold the same words, styles and boxes between other numbers, and WeasyPrint works
all of them out anew for each. Every module here mends one part of that; most keep what one paper
made for the next. `tests/paper/test_speed.py` sets papers with and without them, and
`benchmarks/paper.md` says what each gains. They hold on to insides of WeasyPrint 70.0, which
`pyproject.toml` therefore asks for exactly.
"""

from types import ModuleType

from examgen.paper.faster.boxes import ask_boxes_once
from examgen.paper.faster.defaults import default_styles
from examgen.paper.faster.floats import pass_by_floats
from examgen.paper.faster.glyphs import share_glyphs
from examgen.paper.faster.kept import Kept, shareable
from examgen.paper.faster.lengths import share_lengths
from examgen.paper.faster.lines import share_lines
from examgen.paper.faster.parse import read_html
from examgen.paper.faster.streams import step_directly
from examgen.paper.faster.styles import share_styles
from examgen.paper.faster.writing import compress_quickly, name_pages_once, write_once

__all__ = ["Kept", "default_styles", "make_faster", "read_html", "shareable", "write_once"]


def make_faster(weasyprint: ModuleType) -> None:
    """Put what is quicker in its place in WeasyPrint; doing it twice changes nothing more."""
    if hasattr(weasyprint, "faster"):
        return
    weasyprint.faster = True  # type: ignore[attr-defined]
    share_styles(weasyprint)
    share_lengths(weasyprint)
    pass_by_floats(weasyprint)
    share_lines(weasyprint)
    share_glyphs(weasyprint)
    ask_boxes_once(weasyprint)
    step_directly(weasyprint)
    name_pages_once()
    compress_quickly()
