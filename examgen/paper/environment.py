"""What all templates can use: their filters, and where they are found."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from examgen.language import ENGLISH, Language, marks_in_figures
from examgen.paper.theme import loader, logo
from examgen.text import Setting, to_html


def make_environment(
    theme: Path | None,
    setting: Setting,
    *,
    code: Callable[[str], Markup],
    language: Language = ENGLISH,
    style: str = "",
    screen: bool = False,
) -> Environment:
    """The templates of a theme over the bundled ones.

    ``setting`` makes formulas and figures, ``code`` the picture of a paper's code; ``style`` is a
    style sheet that pages carry inside. On a ``screen`` answers are written in fields. The words
    are ``t(key)``, those of the ``language``.
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
        formula=lambda tex, room=0: Markup(setting.formula(tex, room=room)),
        code=code,
        marks=marks_in_figures,
        large=partial(large, language=language),
        duration=partial(duration, language=language),
    )
    environment.globals.update(
        logo=logo(theme),
        style=Markup(style),
        t=language.text,
        lang=language.tag,
        page_number="" if screen else _page_number(language),
    )
    return environment


def _page_number(language: Language) -> Markup:
    """What stands around the numbers in ``Page 2 of 9``, as attributes that style sheets read."""
    before, _, rest = language.text("paper.page", page="|", pages="#").partition("|")
    between, _, after = rest.partition("#")
    return Markup(' data-before-page="{}" data-before-pages="{}" data-after-pages="{}"').format(
        before, between, after
    )


def large(number: int, *, language: Language = ENGLISH) -> str:
    """A count as printed: ``34 944``, with thin spaces, or ``1.2 × 10²³`` beyond a billion."""
    if number < 10**9:
        return f"{number:,}".replace(",", "\u202f")
    exponent = len(str(number)) - 1
    raised = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{language.numeral(f'{number / 10**exponent:.1f}')} × 10{raised}"


def duration(minutes: int, *, language: Language = ENGLISH) -> str:
    """Minutes in words: ``3 hours``, ``1 hour 30 minutes``."""
    parts = zip(divmod(minutes, 60), ("paper.hours", "paper.minutes"), strict=True)
    return " ".join(language.text(key, n=count) for count, key in parts if count)
