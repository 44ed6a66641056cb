"""Identity: what makes an exam this exam and no other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from examgen.exam.blueprint import Blueprint
from examgen.exam.seeds import commitment, exam_key
from examgen.language import ENGLISH, Language, side_files


@dataclass(frozen=True)
class Identity:
    """Seed, commitment to the secret, versions, and digests of blueprint and items (SHA-256)."""

    seed: int
    commitment: str
    versions: int | None
    blueprint: str
    items: Mapping[str, str]

    def difference(self, other: "Identity") -> str:
        """In what the other exam differs from this one, ``""`` when it is the same."""
        if self.seed != other.seed:
            return f"its seed is {other.seed}, not {self.seed}"
        if self.blueprint != other.blueprint:
            return "its blueprint is another one"
        if self.versions != other.versions:
            return f"it has {_versions(other.versions)}, not {_versions(self.versions)}"
        changed = sorted(
            name
            for name in {*self.items, *other.items}
            if self.items.get(name) != other.items.get(name)
        )
        if changed:
            return f"the bank has changed since: {', '.join(changed)}"
        return "" if self.commitment == other.commitment else "its secret is another one"


def identify(
    blueprint: Blueprint,
    *,
    seed: int,
    secret: bytes | None,
    versions: int | None,
    sources: Mapping[str, Path],
    language: Language = ENGLISH,
) -> Identity:
    """The identity of an exam; ``sources`` are the files of the item models it may ask."""
    return Identity(
        seed=seed,
        commitment=commitment(exam_key(seed, title=blueprint.title, secret=secret)),
        versions=versions,
        blueprint=blueprint.digest,
        items={name: source_digest(path, language) for name, path in sorted(sources.items())},
    )


def source_digest(path: Path, language: Language = ENGLISH) -> str:
    """The digest of a source and of its texts in a language, where it has any.

    Line ends do not count, which version control may change.
    """
    whole = hashlib.sha256(_content(path))
    for range_, texts in sorted(side_files(path).items()):
        if range_ in language.ranges:
            content = _content(texts)
            whole.update(f"\n{range_} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _content(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _versions(count: int | None) -> str:
    return f"{count} versions" if count else "a form for each student"
