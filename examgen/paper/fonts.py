"""Fonts: only the bundled ones are ever seen; the libraries that set them are checked."""

import ctypes.util
import os
import warnings
from functools import cache
from types import ModuleType

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from examgen.errors import ExamgenError
from examgen.paper.faster import make_faster
from examgen.paper.tagging import complete_tags
from examgen.resources import bundled

_LIBRARIES = {  # library: (name for the loader, Debian package, Homebrew package)
    "Pango": ("pango-1.0", "libpango-1.0-0", "pango"),
    "PangoFT2": ("pangoft2-1.0", "libpangoft2-1.0-0", "pango"),
    "GObject": ("gobject-2.0", "libglib2.0-0", "glib"),
    "HarfBuzz": ("harfbuzz", "libharfbuzz0b", "harfbuzz"),
    "the HarfBuzz subsetter": ("harfbuzz-subset", "libharfbuzz-subset0", "harfbuzz"),
    "Fontconfig": ("fontconfig", "libfontconfig1", "fontconfig"),
}


def check_system() -> list[str]:
    """What this machine lacks for making PDFs, one line each saying what to install."""
    return [
        f"{library} is missing: apt-get install {debian} (Debian, Ubuntu) or brew install {brew}"
        for library, (name, debian, brew) in _LIBRARIES.items()
        if not _loads(name)
    ]


def check_machine() -> list[str]:
    """What makes printing slow here; raises `ExamgenError` for what makes it impossible."""
    problems = check_system()
    fatal = [problem for problem in problems if "subset" not in problem]
    if fatal:
        raise ExamgenError("PDFs cannot be made on this machine: " + "; ".join(fatal))
    return [f"{problem}; until then writing a PDF takes nine times as long" for problem in problems]


def _loads(name: str) -> bool:
    """Whether the loader finds the library under one of the names that WeasyPrint tries."""
    version = {"fontconfig": "1"}.get(name, "0")
    for file in (f"lib{name}.so.{version}", f"lib{name}.{version}.dylib", f"lib{name}.dylib"):
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return True
    return ctypes.util.find_library(name) is not None


@cache
def weasyprint() -> ModuleType:
    """The WeasyPrint module, imported with every font of the system shut out.

    Fontconfig reads its configuration once, at that import; a letter that no bundled font holds
    is then printed as a hollow box on every machine, instead of in whatever font a machine has.
    """
    os.environ["FONTCONFIG_FILE"] = str(bundled("templates/fonts/fonts.conf"))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
        import weasyprint.css
        import weasyprint.pdf.tags
    make_faster(weasyprint)
    complete_tags(weasyprint)
    module: ModuleType = weasyprint
    return module


@cache
def letters() -> frozenset[int]:
    """The code points that the font of running text holds."""
    with TTFont(bundled("templates/fonts/stix-two-text-400-normal.ttf"), lazy=True) as font:
        return frozenset(font.getBestCmap())
