"""Formulas and figures as pictures that a browser shows where print has them."""

import base64
import html
from dataclasses import replace

import mathra

from examgen.text.mathbox import MathBox, MathBoxes

_SVG = "data:image/svg+xml;base64,"


class Pictures(MathBoxes):
    """What `MathBoxes` is for WeasyPrint: the same boxes at the same places, their SVG inside."""

    def figure(self, url: str, alt: str) -> str:
        """A figure drawn in the page itself, so that its letters are in the fonts of the page."""
        drawing = base64.b64decode(url.removeprefix(_SVG)).decode()
        words = html.escape(alt)
        return drawing.replace("<svg ", f'<svg class="figure" role="img" aria-label="{words}" ', 1)

    def _set(self, tex: str, display: bool) -> MathBox:
        box = super()._set(tex, display)
        if box.url.startswith("data:"):
            return box
        svg = mathra.render(tex, display=display, strict=True)["svg"]
        return replace(box, url=_SVG + base64.b64encode(svg.encode()).decode())
