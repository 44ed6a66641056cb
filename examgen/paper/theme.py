"""Themes: an instructor's own templates and styles over the bundled ones.

A theme is a folder with templates that extend bundled ones of the same name
(``{% extends "examgen/paper.html" %}``), a ``style.css`` that is read last, a ``logo.svg`` or
``logo.png``, and in ``i18n`` texts of languages over the bundled ones (`examgen.language`); each of
them may be missing.
"""

import base64
from collections.abc import Iterator
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateSyntaxError,
    nodes,
)

from examgen.errors import ExamgenError, nearest
from examgen.files import write_text
from examgen.language import check_texts
from examgen.resources import bundled

STYLE = "style.css"
LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
_PREFIX = "examgen/"


def loader(theme: Path | None, *, screen: bool = False) -> BaseLoader:
    """Where templates are found: in the theme, else among the bundled ones, ``examgen/…``.

    For a screen, those in the folder of that name come first.
    """
    first = [FileSystemLoader(bundled("templates/screen"))] if screen else []
    own = FileSystemLoader(bundled("templates"))
    if theme is None:
        return ChoiceLoader([*first, own])
    return ChoiceLoader([*first, FileSystemLoader(theme), own, PrefixLoader({"examgen": own})])


def logo(theme: Path | None) -> str:
    """The data URL of the theme's logo, ``""`` without one."""
    for name, media in LOGOS.items():
        if theme and (theme / name).is_file():
            data = base64.b64encode((theme / name).read_bytes()).decode("ascii")
            return f"data:{media};base64,{data}"
    return ""


def check_theme(theme: Path) -> None:
    """Raise `ExamgenError` for a folder that is no theme, and for what in it has no effect."""
    if not theme.is_dir():
        raise ExamgenError(f"{theme}: no such folder of a theme; see: examgen theme new")
    templates = {path.name for path in bundled("templates").glob("*.html")}
    known = {*templates, *LOGOS, STYLE}
    for path in sorted(theme.iterdir()):
        if path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix in (".html", ".css", ".svg", ".png") and path.name not in known:
            raise ExamgenError(
                f"{path}: a theme has no file of this name{nearest(path.name, known)}"
            )
        if path.name in templates:
            _check_template(path)
    check_texts(theme)


def _check_template(path: Path) -> None:
    """Raise `ExamgenError` for a mistake in Jinja, and for a block that the parent has not."""
    environment = Environment(loader=loader(None), autoescape=True)
    try:
        tree = environment.parse(path.read_text("utf-8"))
        parents = [_name(node.template) for node in tree.find_all(nodes.Extends)]
        blocks = set(_blocks(environment, parents))
    except TemplateSyntaxError as error:
        raise ExamgenError(f"{path}:{error.lineno}: {error.message}") from error
    except UnicodeDecodeError as error:
        raise ExamgenError(f"{path}: not UTF-8 text; save the file as UTF-8") from error
    for block in tree.find_all(nodes.Block) if parents else ():
        if block.name not in blocks:
            hint = nearest(block.name, blocks) or f"; there are {', '.join(sorted(blocks))}"
            raise ExamgenError(
                f"{path}:{block.lineno}: {parents[0]} has no block '{block.name}'{hint}"
            )


def _name(template: nodes.Expr) -> str:
    return str(template.value) if isinstance(template, nodes.Const) else ""


def _blocks(environment: Environment, parents: list[str]) -> Iterator[str]:
    """The names of the blocks in bundled templates."""
    for parent in parents:
        source = bundled("templates") / parent.removeprefix(_PREFIX)
        if source.is_file():
            tree = environment.parse(source.read_text("utf-8"))
            yield from (block.name for block in tree.find_all(nodes.Block))


def new_theme(folder: Path) -> list[Path]:
    """Make a theme to start from; raises `ExamgenError` where the folder has files in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExamgenError(f"{folder}: is there already; a theme is made in a new folder")
    made = []
    for source in sorted(bundled("templates/theme").iterdir()):
        target = folder / source.name
        write_text(target, source.read_text("utf-8"))
        made.append(target)
    return made
