"""What all papers of a process share: fonts, style sheets, templates and formulas."""

import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from examgen.errors import ExamgenError
from examgen.language import ENGLISH, Language
from examgen.paper.code import data_matrix, printed_side
from examgen.paper.environment import make_environment
from examgen.paper.faster import Kept, default_styles, read_html, shareable, write_once
from examgen.paper.fit import refuse_overflow
from examgen.paper.fonts import weasyprint
from examgen.paper.layout import Box, take_boxes
from examgen.paper.theme import STYLE
from examgen.resources import bundled
from examgen.text import MathBoxes


@dataclass(frozen=True)
class Document:
    """A finished PDF, and where its answer boxes lie."""

    pdf: bytes
    boxes: tuple[Box, ...]


class Typesetter:
    """Turns a template and a view into the bytes of a PDF; made once for each process."""

    def __init__(
        self,
        *,
        sheet: str = "A4",
        theme: Path | None = None,
        boxes: MathBoxes | None = None,
        language: Language = ENGLISH,
    ) -> None:
        self._sheet, self._theme, self.language = sheet, theme, language
        self._weasyprint = weasyprint()
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        own, theirs = _texts(bundled("templates/style")), _texts(theme) if theme else []
        self._fonts.kept = Kept() if shareable(theirs) else None
        self._defaults = self._weasyprint.html.UA_STYLESHEET
        if self._fonts.kept:
            self._defaults = default_styles(self._weasyprint, [*own, *theirs])
        self._style_sheets: dict[Path, Any] = {}
        self._fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols={"data"})
        self._boxes = boxes or MathBoxes(language)
        self._environment = make_environment(theme, self._boxes, code=self._code, language=language)
        logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def document(
        self, template: str, *, styles: tuple[str, ...], identity: str, **context: Any
    ) -> Document:
        """The PDF/UA-1 file that the template makes of the context, and its answer boxes.

        ``styles`` name the style sheets in their order; ``identity`` tells this document from
        others and becomes, hashed, the identifier inside the file. Raises `ExamgenError` for a
        letter that no bundled font holds, for a formula that cannot be set, and for what is too
        wide or too high for a page.
        """
        with _uncollected():
            return self._document(template, styles, identity, context)

    def _document(
        self, template: str, styles: tuple[str, ...], identity: str, context: dict[str, Any]
    ) -> Document:
        source = self.source(template, **context)
        html = read_html(self._weasyprint, source, self._fetcher)
        html._ua_stylesheets = lambda forms: [self._defaults]
        document = html.render(
            stylesheets=[self._style_sheet(path) for path in self._styles(styles)],
            font_config=self._fonts,
            cache=self._boxes.cache,
            pdf_variant="pdf/ua-1",
        )
        refuse_overflow(document.pages)
        boxes = take_boxes(document.pages)
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1",
            finisher=write_once,
            pdf_identifier=hashlib.sha256(identity.encode()).digest()[:16],
        )
        self._boxes.trim()
        self._forget()
        _refuse_missing_letters(document)
        return Document(pdf, boxes)

    def source(self, template: str, **context: Any) -> str:
        """The HTML that the template makes of the context."""
        return self._environment.get_template(template).render(context)

    def pdf(
        self, template: str, *, styles: tuple[str, ...], identity: str, **context: Any
    ) -> bytes:
        """The file of `document`, where nobody asks for boxes."""
        return self.document(template, styles=styles, identity=identity, **context).pdf

    def _styles(self, names: tuple[str, ...]) -> Iterator[Path]:
        """The files of the style sheets in their order; a theme's own comes last."""
        sheet = ("letter",) if self._sheet == "Letter" else ()
        for name in ("fonts", "page", *names, *sheet):
            yield bundled("templates") / "style" / f"{name}.css"
        if self._theme and (self._theme / STYLE).is_file():
            yield self._theme / STYLE

    def _forget(self) -> None:
        """Let go of what the next paper may not find, and of what no paper used lately."""
        if self._fonts.kept:
            self._fonts.kept.trim()
        else:
            self._fonts.strut_layouts.clear()

    def _style_sheet(self, path: Path) -> Any:
        """A style sheet, read and parsed at its first use."""
        if path not in self._style_sheets:
            self._style_sheets[path] = self._weasyprint.CSS(filename=path, font_config=self._fonts)
        return self._style_sheets[path]

    def _code(self, text: str) -> Markup:
        """The picture of a paper's 2-D code."""
        modules = data_matrix(text)
        side = f"width:{printed_side(modules):g}mm"
        return Markup('<img src="{}" alt="{}" style="{}" id="|code"><br>').format(
            self._boxes.modules(modules), self.language.text("paper.code", code=text), side
        )


def _texts(folder: Path) -> list[str]:
    """What the style sheets and templates in a folder say."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".css", ".html"))
    return [path.read_text("utf-8", errors="replace") for path in files]


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
