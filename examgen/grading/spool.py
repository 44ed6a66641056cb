"""Objects set aside on disk, so that memory holds only where they lie."""

import pickle
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
