"""What grading sets aside on disk, so that memory does not grow with the class."""

import pickle
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Spool(Generic[Thing]):
    """A temporary file without a name, which ends with it; only this process reads it."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="examgen-")  # noqa: SIM115 (it lives as long as this)
        self._end = 0
        self._writing = True

    def add(self, thing: Thing) -> int:
        """Set a thing aside; returns its place."""
        if not self._writing:
            self._file.seek(self._end)
            self._writing = True
        place = self._end
        self._end += self._file.write(pickle.dumps(thing, protocol=5))
        return place

    def at(self, place: int) -> Thing:
        """The thing that was set aside at a place."""
        self._writing = False
        self._file.seek(place)
        thing: Thing = pickle.load(self._file)
        return thing


def database(path: str = "") -> sqlite3.Connection:
    """The database at a path, else an empty one in a file without a name, which ends with it."""
    opened = sqlite3.connect(path)
    opened.execute("PRAGMA journal_mode = OFF")
    opened.execute("PRAGMA synchronous = OFF")
    return opened


class Places:
    """Places by name, on disk; names come in the order in which they were first seen."""

    def __init__(self) -> None:
        self._database = database()
        self._database.execute("CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        self._database.execute("CREATE TABLE places (id INT, place INT)")
        self._database.execute("CREATE INDEX by_name ON places (id)")
        self._last = ("", 0)  # names often come many times in a row

    def add(self, name: str, place: int) -> None:
        """Take up one more place of a name."""
        if name != self._last[0] or not self._last[1]:
            self._database.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
            found = self._database.execute("SELECT id FROM names WHERE name = ?", (name,))
            self._last = (name, found.fetchone()[0])
        self._database.execute("INSERT INTO places VALUES (?, ?)", (self._last[1], place))

    def of(self, name: str) -> list[int]:
        """The places of a name in the order in which they came."""
        found = self._database.execute(
            "SELECT place FROM names JOIN places USING (id) WHERE name = ? ORDER BY places.rowid",
            (name,),
        )
        return [place for (place,) in found]

    def replace(self, name: str, places: Sequence[int]) -> None:
        """Put other places in those of a name."""
        where = "WHERE id = (SELECT id FROM names WHERE name = ?)"
        self._database.execute(f"DELETE FROM places {where}", (name,))
        for place in places:
            self.add(name, place)

    def several(self) -> list[str]:
        """The names with more than one place."""
        found = self._database.execute(
            "SELECT name FROM names JOIN places USING (id) GROUP BY id HAVING count(*) > 1"
        )
        return [name for (name,) in found]

    def __iter__(self) -> Iterator[tuple[str, list[int]]]:
        """Each name with its places."""
        found = self._database.execute(
            "SELECT name, place FROM names JOIN places USING (id) ORDER BY id, places.rowid"
        )
        for name, rows in groupby(found, itemgetter(0)):
            yield name, [place for _, place in rows]
