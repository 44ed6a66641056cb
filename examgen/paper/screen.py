"""The HTML edition: a paper as one page for a browser and a screen reader."""

from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from examgen.language import ENGLISH, Language
from examgen.paper.embedded import embedded_style
from examgen.paper.environment import make_environment
from examgen.text import MathMarkup


class Screen:
    """Turns a template and a view into a page that needs no other file; once for each process.

    The templates are those of the PDF, but for the spaces for answers, which are fields. Formulas
    are MathML, figures SVG with their alternative texts, and the page has no 2-D code.
    """

    def __init__(self, *, theme: Path | None = None, language: Language = ENGLISH) -> None:
        self._theme, self.language = theme, language

    def html(self, template: str, **context: Any) -> str:
        """The page; raises TextError for a formula that cannot be set."""
        return self._environment.get_template(template).render(context)

    @cached_property
    def _environment(self) -> Environment:
        return make_environment(
            self._theme,
            MathMarkup(),
            code=lambda _: Markup(""),
            language=self.language,
            style=embedded_style(["math", "screen"]),
            screen=True,
        )
