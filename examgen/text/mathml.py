"""Formulas as MathML and figures as SVG, for pages that a screen reader reads."""

import base64
import html
import re
from functools import lru_cache
from typing import Any

import math_core

from examgen.text.values import TextError

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_DECIMAL_COMMA = '</mn><mo rspace="0">,</mo><mn>'  # ``1{,}5`` is one number, not two
_ROOM = '<span style="display: inline-block; min-width: {room:g}em; text-indent: 0">{mathml}</span>'
_SVG = "data:image/svg+xml;base64,"


class MathMarkup:
    """What `MathBoxes` is for print: formulas stay text, and figures keep their letters."""

    def formula(self, tex: str, *, display: bool = False, room: float = 0) -> str:
        """A formula as MathML; raises TextError, naming it, where it cannot be read."""
        try:
            mathml = _converted(tex.strip(), display)
        except Exception as error:  # the package's own error is not exported
            said = _COLOUR.sub("", str(error)).strip().partition("\n")[0]
            reason = said.removeprefix("Error: ").rstrip(".")
            raise TextError(f"the formula '{tex}' cannot be set: {reason}") from error
        return _ROOM.format(room=room, mathml=mathml) if room else mathml

    def figure(self, url: str, alt: str) -> str:
        """A figure by its data URL, as an SVG image with its alternative text."""
        drawing = base64.b64decode(url.removeprefix(_SVG)).decode()
        words = html.escape(alt)
        return drawing.replace("<svg ", f'<svg class="figure" role="img" aria-label="{words}" ', 1)


@lru_cache(maxsize=1)
def _converter() -> Any:
    return math_core.LatexToMathML()


@lru_cache(maxsize=5000)
def _converted(tex: str, display: bool) -> str:
    mathml: str = _converter().convert_with_local_state(tex, displaystyle=display)
    return mathml.replace(_DECIMAL_COMMA, ",")
