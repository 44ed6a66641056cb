"""What all templates can use: their filters, and where they are found."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from examgen.paper.theme import loader, logo
from examgen.text import Setting, to_html

_VULGAR = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}


def make_environment(
    theme: Path | None,
    setting: Setting,
    *,
    code: Callable[[str], Markup],
    style: str = "",
    screen: bool = False,
) -> Environment:
    """The templates of a theme over the bundled ones.

    ``setting`` makes formulas and figures, ``code`` the picture of a paper's code; ``style`` is a
    style sheet that pages carry inside. On a ``screen`` answers are written in fields.
    """
    environment = Environment(
        loader=loader(theme, screen=screen),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def markdown(text: str) -> Markup:
        """Markdown with TeX as blocks of HTML."""
        return Markup(to_html(text, setting))

    def inline(text: str) -> Markup:
        """Markdown with TeX of one paragraph, without the paragraph."""
        html = to_html(text, setting).strip()
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            html = html.removeprefix("<p>").removesuffix("</p>")
        return Markup(html)

    environment.filters.update(
        markdown=markdown,
        inline=inline,
        formula=lambda tex: Markup(setting.formula(tex)),
        code=code,
        marks=marks_in_figures,
        large=large,
        duration=duration,
    )
    environment.globals.update(logo=logo(theme), style=Markup(style))
    return environment


def marks_in_figures(marks: Fraction) -> str:
    """Marks as printed: ``3``, ``2½``, ``½``, ``5/3``."""
    whole, rest = divmod(marks, 1)
    if rest == 0:
        return str(whole)
    if rest in _VULGAR:
        return f"{whole or ''}{_VULGAR[rest]}"
    return f"{marks.numerator}/{marks.denominator}"


def large(number: int) -> str:
    """A count as printed: ``34 944``, with thin spaces, or ``1.2 × 10²³`` beyond a billion."""
    if number < 10**9:
        return f"{number:,}".replace(",", "\u202f")
    exponent = len(str(number)) - 1
    raised = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number / 10**exponent:.1f} × 10{raised}"


def duration(minutes: int) -> str:
    """Minutes in words: ``3 hours``, ``1 hour 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
