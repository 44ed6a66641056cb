"""The templates of the gallery, and what its page carries inside: style, fonts and script."""

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from examgen.paper.embedded import embedded_style
from examgen.paper.environment import make_environment
from examgen.resources import bundled
from examgen.text import MathMarkup

_STYLES = ("fonts", "page", "paper", "answers", "math", "gallery")


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
    return embedded_style(_STYLES)


def script() -> str:
    """What searches the page."""
    return bundled("templates/gallery/gallery.js").read_text("utf-8")
