"""The course folder: examgen.toml, what an instructor need not say with every exam."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomlkit

from examgen.errors import ExamgenError
from examgen.exam.appearance import EDITIONS, SHEETS
from examgen.exam.blueprint import Blueprint, parse_blueprint
from examgen.exam.toml_table import TomlTable, read_toml
from examgen.language import ENGLISH, Language, find_language

FILE = "examgen.toml"
_EXAM = ("institution", "course", "language", "decimal_comma")
_PAPER = ("edition", "sheet")
SETTINGS = ("banks", *_EXAM, *_PAPER, "theme")


@dataclass(frozen=True)
class Course:
    """What a course folder says: where its item models lie, and what a blueprint leaves open.

    ``path`` is its examgen.toml, None where there is none.
    """

    path: Path | None = None
    banks: tuple[Path, ...] = ()
    theme: Path | None = None
    exam: Mapping[str, Any] = field(default_factory=dict)
    paper: Mapping[str, Any] = field(default_factory=dict)
    table: TomlTable | None = field(default=None, repr=False, compare=False)

    def language_in(self, theme: Path | None) -> Language:
        """Its language, as it is bundled, in a theme or in its own; `ExamgenError` if unknown."""
        try:
            return find_language(self.exam.get("language") or ENGLISH.tag, theme or self.theme)
        except ExamgenError as error:
            if self.table is not None:
                self.table.fail(str(error), "language")
            raise

    def check_banks(self) -> None:
        """Raise `ExamgenError` for a bank that is not there."""
        for folder in self.banks:
            if self.table is not None and not folder.is_dir():
                self.table.fail(f"there is no folder '{folder}'", "banks")

    def filled(self, blueprint: Blueprint) -> Blueprint:
        """The blueprint with the settings of the course where it has none; its own come first."""
        document = tomlkit.parse(blueprint.text)
        for name, settings in (("exam", self.exam), ("paper", self.paper)):
            missing = {k: v for k, v in settings.items() if k not in document.get(name, {})}
            if missing:
                document.setdefault(name, tomlkit.table()).update(missing)
        text = tomlkit.dumps(document)
        whole = parse_blueprint(blueprint.path, text.encode())
        paper = replace(whole.paper, theme=blueprint.paper.theme or self.theme)
        # its lines are those that the instructor wrote
        return replace(whole, paper=paper, questions=blueprint.questions, table=blueprint.table)


def find_course(folder: Path) -> Course:
    """The course of a folder: by the examgen.toml in it, or in the nearest folder above it.

    Raises `ExamgenError` with file and line.
    """
    for place in (folder, *folder.resolve().parents):
        if (place / FILE).is_file():
            return read_course(place / FILE)
    return Course()


def read_course(path: Path) -> Course:
    """The settings in an examgen.toml; folders in it are relative to its own."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    table = read_toml(path, content)
    table.only(SETTINGS)
    table.text("institution")
    table.text("course")
    table.text("language")
    table.flag("decimal_comma")
    table.word("edition", EDITIONS, EDITIONS[0])
    table.word("sheet", SHEETS, SHEETS[0])
    theme = table.text("theme")
    if theme and not (path.parent / theme).is_dir():
        table.fail(f"there is no folder '{theme}'", "theme")
    return Course(
        path=path,
        banks=tuple(path.parent / folder for folder in table.texts("banks")),
        theme=path.parent / theme if theme else None,
        exam={key: table.data[key] for key in _EXAM if key in table.data},
        paper={key: table.data[key] for key in _PAPER if key in table.data},
        table=table,
    )


NO_COURSE = Course()
