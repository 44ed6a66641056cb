"""The exam folder: what lies where, and the record of an exam on disk."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from examgen.errors import ExamgenError
from examgen.exam.appearance import PLAIN, Appearance
from examgen.exam.blueprint import Blueprint
from examgen.exam.identity import Identity
from examgen.exam.record import Form, from_line, read_forms, to_line
from examgen.exam.roster import Student, roster_csv
from examgen.files import write_bytes, write_text
from examgen.language import side_files


@dataclass(frozen=True)
class ExamFolder:
    """The paths of an exam folder. Only ``print`` leaves the house; ``confidential`` never does."""

    root: Path

    @property
    def blueprint(self) -> Path:
        """The blueprint as used."""
        return self.root / "exam.toml"

    @property
    def roster(self) -> Path:
        """The students with their batches."""
        return self.root / "roster.csv"

    @property
    def submissions(self) -> Path:
        """The table to be filled with the students' answers."""
        return self.root / "submissions.csv"

    @property
    def points(self) -> Path:
        """The table to be filled with the points of essays, if there are any."""
        return self.root / "points.csv"

    @property
    def papers(self) -> Path:
        """The folder of the papers and of `all_papers`."""
        return self.root / "print"

    @property
    def all_papers(self) -> Path:
        """All papers in one file."""
        return self.papers / "all.pdf"

    @property
    def confidential(self) -> Path:
        """The folder that only its owner can read."""
        return self.root / "confidential"

    @property
    def forms(self) -> Path:
        """The record, a form a line."""
        return self.confidential / "forms.jsonl"

    @property
    def keys(self) -> Path:
        """The folder of the answer keys."""
        return self.confidential / "keys"

    @property
    def items(self) -> Path:
        """The bank as used: copies of the item models asked."""
        return self.confidential / "items"

    @property
    def key_table(self) -> Path:
        """The keys of all papers in one table."""
        return self.confidential / "key_table.csv"

    @property
    def layout(self) -> Path:
        """Where the answer boxes of all papers lie, a box a line."""
        return self.confidential / "layout.jsonl"

    @property
    def layouts(self) -> Path:
        """The folder of what `layout` is put together from."""
        return self.confidential / "layout"

    @property
    def theme(self) -> Path:
        """The theme as used: a copy of its files."""
        return self.root / "theme"

    @property
    def manifest(self) -> Path:
        """Which exam this is, the software that made it, and the digests of its files."""
        return self.confidential / "manifest.json"

    def paper(self, form: Form) -> Path:
        """The paper of a form, such as ``print/007-ABCDE-FGHJK.pdf``."""
        return self.papers / f"{form.number:03d}-{form.code}.pdf"

    def printed_key_table(self, first: int) -> Path:
        """The key table to hold in hand while marking, of the papers from this number on."""
        return self.confidential / f"key_table{'' if first == 1 else f'-{first}'}.pdf"

    def key(self, form: Form) -> Path:
        """The answer key of a form."""
        return self.keys / f"{form.number:03d}-{form.code}.pdf"

    def boxes(self, form: Form) -> Path:
        """Where the answer boxes of a form's paper lie."""
        return self.layouts / f"{form.number:03d}-{form.code}.jsonl"

    def page(self, form: Form) -> Path:
        """The paper of a form as a page for a screen, in the edition html alone."""
        return self.paper(form).with_suffix(".html")

    def printed(self, form: Form) -> tuple[Path, ...]:
        """The files that printing a form makes, whatever the document."""
        page = (self.page(form),) if form.edition == "html" else ()
        return self.key(form), self.boxes(form), *page, self.paper(form)

    def solutions(self, form: Form) -> Path:
        """The solutions of a sheet of exercises, where they are not at its end."""
        return self.root / "solutions" / f"{form.number:03d}-{form.code}.pdf"

    # ---- reading ------------------------------------------------------------------------

    def has_files(self) -> bool:
        """Whether there is anything in the folder, leftovers of broken writes aside."""
        return any(p.is_file() and p not in self._leftovers() for p in self.root.rglob("*"))

    def read_manifest(self) -> dict[str, Any] | None:
        """The manifest, None without one; raises `ExamgenError` when it is damaged."""
        if not self.manifest.is_file():
            return None
        try:
            manifest = json.loads(self.manifest.read_text("utf-8"))
            Identity(**manifest["exam"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExamgenError(f"{self.manifest}: cannot be read or is damaged") from error
        assert isinstance(manifest, dict)
        return manifest

    def read_forms(self) -> tuple[Form, ...]:
        """The forms recorded so far; raises `ExamgenError` when the record is damaged."""
        if not self.forms.is_file():
            return ()
        try:
            return tuple(read_forms(self.root))
        except Exception as error:
            raise ExamgenError(f"{self.forms}: cannot be read or is damaged") from error

    def read_form(self, number: int) -> Form:
        """The form with this number, the others unread; raises `ExamgenError` as `read_forms`."""
        try:
            with self.forms.open(encoding="utf-8") as lines:
                form = from_line(next(islice(lines, number - 1, None)))
        except Exception as error:
            raise ExamgenError(f"{self.forms}: cannot be read or is damaged") from error
        if form.number != number:
            raise ExamgenError(f"{self.forms}: line {number} holds form {form.number}")
        return form

    # ---- writing ------------------------------------------------------------------------

    def write_record(
        self,
        blueprint: Blueprint,
        identity: Identity,
        students: Sequence[Student],
        forms: Sequence[Form],
        *,
        sources: Mapping[str, Path],
        appearance: Appearance = PLAIN,
        anew: bool = False,
    ) -> None:
        """Write all that printing and grading read; safe to repeat after an interruption.

        The blueprint and the items already there stay as they are. With ``anew`` nothing printed
        counts any more.
        """
        for path in self._leftovers():
            path.unlink(missing_ok=True)
        self._make_private()
        if anew or not self.manifest.exists():
            self._write_manifest(identity, appearance, state="begun", software={}, files={})
            self._write_theme(appearance)
        if not self.blueprint.exists():
            write_text(self.blueprint, blueprint.text)
        write_text(self.roster, "\ufeff" + roster_csv(students))
        for name, source in sources.items():
            copy = self.items / f"{name}.py"
            if not copy.exists():
                for path in (source, *side_files(source).values()):
                    write_text(copy.with_name(path.name), path.read_text("utf-8"), private=True)
        write_text(self.forms, "".join(to_line(form) + "\n" for form in forms), private=True)

    def finish(
        self,
        identity: Identity,
        forms: Sequence[Form],
        *,
        software: Mapping[str, str],
        appearance: Appearance = PLAIN,
        work: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the manifest of the finished exam, with the digests of papers, keys and record.

        ``software`` gives the version of everything that the bytes of a paper depend on, ``work``
        what is known of the effort of papers.
        """
        made = [self.blueprint, self.forms, self.all_papers]
        made += [path for form in forms for path in (self.paper(form), self.key(form))]
        files = {path.relative_to(self.root).as_posix(): sha256(path) for path in made}
        self._write_manifest(
            identity, appearance, state="complete", software=software, files=files, work=work
        )

    def _write_theme(self, appearance: Appearance) -> None:
        """The files of the theme and no others."""
        for path in self.theme.rglob("*"):
            if path.is_file() and path.relative_to(self.theme).as_posix() not in appearance.theme:
                path.unlink()
        for name, content in appearance.theme.items():
            write_bytes(self.theme / name, content)

    def _write_manifest(
        self,
        identity: Identity,
        appearance: Appearance,
        *,
        state: str,
        software: Mapping[str, str],
        files: Mapping[str, str],
        work: Mapping[str, Any] | None = None,
    ) -> None:
        manifest = {
            "format": "examgen exam 1",
            "state": state,
            "exam": asdict(identity),
            "appearance": appearance.to_dict(),
            "software": dict(software),
            **({"work": dict(work)} if work else {}),
            "sha256": dict(files),
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        write_text(self.manifest, text, private=True)

    def _make_private(self) -> None:
        try:
            self.confidential.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.chmod(self.confidential, 0o700)
        except OSError as error:
            raise ExamgenError(f"{self.confidential}: cannot be made: {error.strerror}") from error

    def _leftovers(self) -> list[Path]:
        """Files of writes that were broken off."""
        return [
            path
            for folder in (self.root, self.papers, self.confidential, self.keys, self.layouts)
            for path in folder.glob(".*.part")
        ]


def sha256(path: Path) -> str:
    """The SHA-256 digest of a file, in hexadecimal; raises `ExamgenError` when it is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
