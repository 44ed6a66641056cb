"""The rows of a review as they come, of which the table has one for each distinct answer."""

import json
from collections.abc import Iterator

from examgen.grading.outcome import Outcome, ReviewRow
from examgen.grading.review import HEADER
from examgen.grading.scratch import database

_LISTED = 5  # papers


class ReviewTable:
    """The rows that a review will have, on disk until all are known; use it in ``with``.

    The row of an answer that several students gave is the one that a human filled in, else the
    first; it tells the papers of the others. ``waiting`` counts those without marks.
    """

    def __init__(self, outcome: Outcome):
        self._filled, self._decided = outcome.filled, outcome.decided
        self.waiting = 0
        self._rows = database()
        self._rows.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, answer TEXT, cells TEXT)")
        self._rows.execute("CREATE TABLE others (answer TEXT PRIMARY KEY, times INT, papers TEXT)")

    def add(self, row: ReviewRow) -> None:
        """Take up a row."""
        if row.answer and self._is_other(row):
            self._rows.execute(
                "UPDATE others SET times = times + 1, "
                "papers = papers || CASE WHEN times < ? THEN ', ' || ? ELSE '' END "
                "WHERE answer = ?",
                (_LISTED, row.paper, row.answer),
            )
            return
        self.waiting += not row.marks.strip()
        cells = json.dumps([getattr(row, name) for name in HEADER])
        self._rows.execute("INSERT INTO rows (answer, cells) VALUES (?, ?)", (row.answer, cells))

    def _is_other(self, row: ReviewRow) -> bool:
        """Whether another row stands for the same answer."""
        first = self._rows.execute("INSERT OR IGNORE INTO others VALUES (?, 0, '')", (row.answer,))
        if (*row.about, row.answer) in self._filled:
            return False
        return row.answer in self._decided or not first.rowcount

    def rows(self) -> Iterator[list[str]]:
        """The cells of each row in order."""
        found = self._rows.execute(
            "SELECT cells, times, papers FROM rows LEFT JOIN others USING (answer) ORDER BY place"
        )
        for cells, times, papers in found:
            row = dict(zip(HEADER, json.loads(cells), strict=True))
            yield [*(row | {"also": _also(times or 0, papers or "")}).values()]

    def close(self) -> None:
        """Let go of what is on disk."""
        self._rows.close()


def _also(times: int, papers: str) -> str:
    """Such as ``2 more papers: 22222-2222K, 33333-33338``."""
    if not times:
        return ""
    more = f" and {times - _LISTED} more" if times > _LISTED else ""
    return f"{times} more paper{'' if times == 1 else 's'}: {papers.removeprefix(', ')}{more}"
