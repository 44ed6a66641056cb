"""What one paper of a process keeps for the next ones."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_UNSHARED = re.compile(
    r"first-line|\d[sldp]?v(?:w|h|i|b|min|max)\b|(?:calc|min|max|clamp)\(|@import|@font-face",
    re.IGNORECASE,
)
LONGEST = 20  # papers that something is kept for without being used


class Recent(dict[Any, Any]):
    """Things by what they depend on; those that no paper used lately are forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._used: dict[Any, int] = {}  # by which paper at last
        self._paper = 0

    def __getitem__(self, key: Any) -> Any:
        self._used[key] = self._paper
        return super().__getitem__(key)

    def __setitem__(self, key: Any, thing: Any) -> None:
        self._used[key] = self._paper
        super().__setitem__(key, thing)

    def trim(self) -> None:
        """Forget what no paper used lately: call it after each paper."""
        self._paper += 1
        if self._paper % LONGEST == 0:
            for key, paper in list(self._used.items()):
                if paper < self._paper - LONGEST:
                    del self[key], self._used[key]


@dataclass
class Kept:
    """What papers share that are set with the same fonts: it hangs on their font configuration.

    A document whose font configuration keeps nothing is set as WeasyPrint does it.
    """

    lines: Recent = field(default_factory=Recent)
    styles: Recent = field(default_factory=Recent)

    def trim(self) -> None:
        """Forget what no paper used lately: call it after each paper."""
        self.lines.trim()
        self.styles.trim()


def shareable(texts: Iterable[str]) -> bool:
    """Whether papers with these style sheets and templates can share what they keep.

    Not where lengths depend on a first line or on the first page, or on a formula, which
    WeasyPrint does not tell from others; nor where the sheets are not all known.
    """
    return not any(_UNSHARED.search(text) for text in texts)


def kept_by(fonts: Any) -> Kept | None:
    """What the papers share that are set with a font configuration, if they share anything."""
    kept: Kept | None = getattr(fonts, "kept", None)
    return kept


def put(new: Any, old: Any) -> None:
    """Have every module of WeasyPrint that names ``old`` name ``new`` instead."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint."):
            for known, thing in list(vars(module).items()):
                if thing is old:
                    setattr(module, known, new)
