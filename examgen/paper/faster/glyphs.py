"""Lines of text whose glyphs are asked of Pango once for all papers of a process."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from examgen.paper.faster.kept import put


def share_glyphs(weasyprint: ModuleType) -> None:
    """Have WeasyPrint draw a line that `faster/lines.py` keeps as it drew it first.

    It has Pango set the line again for each drawing, and reads glyph by glyph.
    """
    draw = weasyprint.draw.text.draw_first_line
    put(_shared(draw), draw)
    _set_when_needed(weasyprint.text.line_break.Layout)


def _set_when_needed(layout_class: Any) -> None:
    """Have a layout set again by Pango where somebody looks at it, not wherever it is drawn."""
    reactivate, deactivate = layout_class.reactivate, layout_class.deactivate

    def wait(self: Any, style: Any) -> None:
        self.waits = style

    def set_again(self: Any) -> None:
        if hasattr(self, "waits"):
            reactivate(self, self.waits)
            del self.waits

    def end(self: Any) -> None:
        if hasattr(self, "waits"):
            del self.waits
        else:
            deactivate(self)

    layout_class.reactivate, layout_class.set_again, layout_class.deactivate = wait, set_again, end


def _shared(draw: Callable[..., Any]) -> Callable[..., Any]:
    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
    ) -> Any:
        layout = textbox.pango_layout
        line = textbox, text_overflow, block_ellipsis, matrix
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        drawn = getattr(layout, "drawn", None)  # at most one drawing
        if drawn is None or not whole or layout.justification_spacing or not textbox.text.strip():
            layout.set_again()
            return draw(stream, *line)
        if drawn and drawn[0].repeat(stream, matrix):
            return []
        layout.set_again()
        drawing = _Drawing(stream)
        try:
            emojis = draw(drawing, *line)
        except _MissingGlyph:
            return draw(stream, *line)
        if emojis:
            return draw(stream, *line)
        drawing.repeat(stream, matrix)
        drawing.finish()
        drawn[:] = [drawing]
        return []

    return draw_first_line


class _MissingGlyph(Exception):
    """A font does not hold a letter."""


class _Drawing:
    """How WeasyPrint draws a line, taken down in the place of a stream."""

    def __init__(self, stream: Any) -> None:
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self._stream = stream
        self._fonts: dict[Any, _Glyphs] = {}
        self._steps: list[tuple[str, tuple[Any, ...]]] = []

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """The glyphs of this line in a font, and the size of the font."""
        font, size = self._stream.add_font(pango_font)
        key = next(key for key, known in self._stream._fonts.items() if known is font)
        return self._fonts.setdefault(key, _Glyphs(font)), size

    def set_text_matrix(self, *_: float) -> None:
        """Where the line stands is told at each drawing."""

    def set_font_size(self, font: str, size: float) -> None:
        """Begin glyphs of a font."""
        self._steps.append(("set_font_size", (font, size)))

    def set_text_rise(self, height: float) -> None:
        """Begin glyphs above or below the line."""
        self._steps.append(("set_text_rise", (height,)))

    def show_text(self, text: str) -> None:
        """Draw glyphs."""
        self._steps.append(("show_text", (text.encode("ascii"),)))

    def finish(self) -> None:
        """Let go of the document, of which nothing may be kept."""
        del self._stream, self.ink_rect, self.logical_rect
        for glyphs in self._fonts.values():
            del glyphs.font

    def repeat(self, stream: Any, matrix: Any) -> bool:
        """Draw the line, unless its document does not know a font of it yet."""
        fonts = [stream._fonts.get(key) for key in self._fonts]
        if None in fonts:
            return False
        for font, glyphs in zip(fonts, self._fonts.values(), strict=True):
            for known, here in ((font.to_unicode, glyphs.to_unicode), (font.widths, glyphs.widths)):
                if not here.keys() <= known.keys():
                    known |= here | known
        stream.set_text_matrix(*matrix.values)
        for step, told in self._steps:
            getattr(stream, step)(*told)
        return True


class _Glyphs:
    """A font of a document that takes down the glyphs of one line by themselves."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self.to_unicode: dict[int, str] = {}
        self.widths: dict[int, int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.font, name)

    def get_unused_glyph_id(self, _codepoint: int) -> int:
        """Not for letters that the font does not hold: the document counts them."""
        raise _MissingGlyph
