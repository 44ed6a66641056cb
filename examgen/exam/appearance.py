"""Appearance: how papers look, whatever they ask."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.language import FOLDER

# Of a student's paper; keys are all standard. "html" is a page for a screen beside the paper.
EDITIONS = ("standard", "accessible", "large", "html")
SHEETS = ("A4", "Letter")
DOCUMENTS = ("exam", "exercises")
SOLUTIONS = ("file", "end")
LOGOS = {".svg": "logo.svg", ".png": "logo.png"}


@dataclass(frozen=True)
class Appearance:
    """What all papers of an exam share: the sheet, and the files of a theme by their names.

    ``document`` is an exam, or a sheet of exercises: without cover and marks, with room to work.
    Its ``solutions`` stand at the end of the sheet, or in a file of their own.
    """

    sheet: str = "A4"
    theme: Mapping[str, bytes] = field(default_factory=dict)
    document: str = "exam"
    solutions: str = "file"

    def to_dict(self) -> dict[str, str]:
        """All of it, of the theme a digest: what printed papers are compared by."""
        whole = hashlib.sha256()
        for name, content in sorted(self.theme.items()):
            whole.update(f"{name} {len(content)}\n".encode() + content)
        return {
            "sheet": self.sheet,
            "theme": whole.hexdigest() if self.theme else "",
            "document": self.document,
            "solutions": self.solutions,
        }


PLAIN = Appearance()


def theme_files(theme: Path | None, logo: Path | None) -> dict[str, bytes]:
    """The files of a theme's folder, and a logo that takes the place of the theme's own.

    Raises `ExamgenError` for what cannot be read, and for a logo that is no SVG or PNG file.
    """
    paths = {} if theme is None else {p.name: p for p in sorted(theme.iterdir()) if p.is_file()}
    for texts in sorted(theme.glob(f"{FOLDER}/*.toml")) if theme else ():
        paths[f"{FOLDER}/{texts.name}"] = texts
    if logo is not None:
        if logo.suffix.lower() not in LOGOS:
            raise ExamgenError(f"{logo}: a logo is an SVG or PNG file")
        paths = {name: path for name, path in paths.items() if name not in LOGOS.values()}
        paths[LOGOS[logo.suffix.lower()]] = logo
    try:
        return {name: path.read_bytes() for name, path in paths.items() if name[0] != "."}
    except OSError as error:
        raise ExamgenError(f"{error.filename}: cannot be read: {error.strerror}") from error
