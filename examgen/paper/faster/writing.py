"""Objects of a PDF that are turned into bytes once."""

from typing import Any

import pydyf


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF whose bytes are known."""

    data = b""

    def __init__(self, written: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = written.number, written.generation, written.free
        self._compressible = written.compressible
        self.data = written.data

    @property
    def compressible(self) -> bool:
        """Whether the object may lie in a compressed stream of objects."""
        return bool(self._compressible)


def write_once(_document: Any, pdf: Any) -> None:
    """Turn every object of a PDF into bytes: the `finisher` of WeasyPrint's `write_pdf`.

    Else each is turned twice, once for the file and once for the identifier that is a digest of it.
    """
    pdf.objects[:] = [one if one.free == "f" else _Written(one) for one in pdf.objects]
