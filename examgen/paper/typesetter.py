"""What all papers of a process share: fonts, style sheets, templates and formulas."""

import gc
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from examgen.errors import ExamgenError
from examgen.paper.cascade import SharedStyles
from examgen.paper.code import data_matrix, printed_side
from examgen.paper.fonts import weasyprint
from examgen.paper.theme import STYLE, loader, logo
from examgen.resources import bundled
from examgen.text import MathBoxes, to_html

_VULGAR = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}


class Typesetter:
    """Turns a template and a view into the bytes of a PDF; made once for each process."""

    def __init__(
        self, *, sheet: str = "A4", theme: Path | None = None, boxes: MathBoxes | None = None
    ) -> None:
        self._sheet, self._theme = sheet, theme
        self._weasyprint = weasyprint()
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._style_sheets: dict[Path, Any] = {}
        self._shared_styles: defaultdict[tuple[str, ...], SharedStyles] = defaultdict(SharedStyles)
        self._fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols={"data"})
        self._boxes = boxes or MathBoxes()
        self._environment = self._make_environment()
        logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def pdf(
        self, template: str, *, styles: tuple[str, ...], identity: str, **context: Any
    ) -> bytes:
        """The PDF/UA-1 file that the template makes of the context.

        ``styles`` name the style sheets in their order; ``identity`` tells this document from
        others and becomes, hashed, the identifier inside the file. Raises `ExamgenError` for a
        letter that no bundled font holds, and for a formula that cannot be set.
        """
        with _uncollected():
            return self._pdf(template, styles, identity, context)

    def _pdf(
        self, template: str, styles: tuple[str, ...], identity: str, context: dict[str, Any]
    ) -> bytes:
        html = self._environment.get_template(template).render(context)
        page = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher)
        page.shared_styles = self._shared_styles[styles]
        document = page.render(
            stylesheets=[self._style_sheet(path) for path in self._styles(styles)],
            font_config=self._fonts,
            cache=self._boxes.cache,
            pdf_variant="pdf/ua-1",
        )
        content: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(identity.encode()).digest()[:16],
        )
        self._boxes.trim()
        _refuse_missing_letters(document)
        return content

    def _styles(self, names: tuple[str, ...]) -> Iterator[Path]:
        """The files of the style sheets in their order; a theme's own comes last."""
        sheet = ("letter",) if self._sheet == "Letter" else ()
        for name in ("fonts", "page", *names, *sheet):
            yield bundled("templates") / "style" / f"{name}.css"
        if self._theme and (self._theme / STYLE).is_file():
            yield self._theme / STYLE

    def _style_sheet(self, path: Path) -> Any:
        """A style sheet, read and parsed at its first use."""
        if path not in self._style_sheets:
            self._style_sheets[path] = self._weasyprint.CSS(filename=path, font_config=self._fonts)
        return self._style_sheets[path]

    def _make_environment(self) -> Environment:
        environment = Environment(
            loader=loader(self._theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(
            markdown=self._markdown,
            inline=self._inline,
            formula=lambda tex: Markup(self._boxes.box(tex).img()),
            code=self._code,
            marks=marks_in_figures,
            large=large,
            duration=duration,
        )
        environment.globals["logo"] = logo(self._theme)
        return environment

    def _markdown(self, text: str) -> Markup:
        """Markdown with TeX as blocks of HTML."""
        return Markup(to_html(text, self._boxes))

    def _inline(self, text: str) -> Markup:
        """Markdown with TeX of one paragraph, without the paragraph."""
        html = to_html(text, self._boxes).strip()
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            html = html.removeprefix("<p>").removesuffix("</p>")
        return Markup(html)

    def _code(self, text: str) -> Markup:
        """The picture of a paper's 2-D code."""
        modules = data_matrix(text)
        side = f"width:{printed_side(modules):g}mm"
        return Markup('<img src="{}" alt="Data Matrix of the paper code {}" style="{}">').format(
            self._boxes.modules(modules), text, side
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the search for dead cycles, which would go over a living document many times."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _refuse_missing_letters(document: Any) -> None:
    """Raise `ExamgenError` for letters that were printed as hollow boxes."""
    missing = sorted({code for font in document.fonts.values() for code in font.missing})
    if missing:
        letters = ", ".join(f"'{chr(code)}' (U+{code:04X})" for code in missing)
        raise ExamgenError(f"no bundled font holds {letters}: write it in other letters or in TeX")


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
