"""The templates of the gallery, and what its page carries inside: style, fonts and script."""

import base64
import re
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from examgen.paper.environment import make_environment
from examgen.resources import bundled
from examgen.text import MathMarkup

_STYLES = ("fonts", "page", "paper", "answers", "gallery")
_FONT = re.compile(r'url\("\.\./fonts/([\w-]+\.ttf)"\)')


@cache
def environment() -> Environment:
    """The templates; formulas are MathML, figures SVG, spaces for answers those of the paper."""
    return make_environment(None, setting(), code=Markup)


@cache
def setting() -> MathMarkup:
    """How formulas and figures become HTML."""
    return MathMarkup()


def style() -> str:
    """The style sheets with their fonts inside."""
    folder = bundled("templates/style")
    sheets = "".join((folder / f"{name}.css").read_text("utf-8") for name in _STYLES)
    return _FONT.sub(_embedded, sheets)


def script() -> str:
    """What searches the page."""
    return bundled("templates/gallery/gallery.js").read_text("utf-8")


def _embedded(found: re.Match[str]) -> str:
    font = bundled(f"templates/fonts/{found[1]}").read_bytes()
    return f'url("data:font/ttf;base64,{base64.b64encode(font).decode("ascii")}")'
