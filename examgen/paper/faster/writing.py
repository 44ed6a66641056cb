"""Objects of a PDF that are turned into bytes once, and compressed as zlib does by default."""

import zlib
from functools import cache
from types import SimpleNamespace
from typing import Any

import pydyf


def compress_quickly() -> None:
    """Have pydyf compress a PDF at the usual level: a third of the time, 1.5 % more bytes."""
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj())


def name_pages_once() -> None:
    """Have pydyf name the pages of a PDF when there is another page, not at every look."""
    original = pydyf.PDF.page_references.fget

    def page_references(self: Any) -> tuple[bytes, ...]:
        count = len(self.pages["Kids"])
        if getattr(self, "named", (0,))[0] != count:
            self.named = count, original(self)
        names: tuple[bytes, ...] = self.named[1]
        return names

    pydyf.PDF.page_references = property(page_references)


def write_once(_document: Any, pdf: Any) -> None:
    """Turn every object of a PDF into bytes: the `finisher` of WeasyPrint's `write_pdf`.

    pydyf turns each into bytes twice, once for the file and once for the identifier, which is a
    digest of the file.
    """
    pdf.objects[:] = [one if one.free == "f" else _Written(one) for one in pdf.objects]


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF whose bytes are known."""

    data = b""
    compressible = False

    def __init__(self, written: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = written.number, written.generation, written.free
        self.compressible, self.data = written.compressible, _bytes(written)


def _bytes(thing: Any) -> bytes:
    """An object, a name or a number of a PDF as pydyf writes it."""
    if isinstance(thing, bytes):
        return thing
    if isinstance(thing, str):
        return thing.encode("ascii")
    kind = type(thing)
    if kind is pydyf.Dictionary:
        return b"<<%b>>" % b"".join([_key(name) + _bytes(one) for name, one in thing.items()])
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join([_bytes(one) for one in thing])
    if isinstance(thing, pydyf.Stream):
        thing.stream = [b"\n".join([_bytes(one) for one in thing.stream])]
    written: bytes = pydyf._to_bytes(thing)
    return written


@cache
def _key(name: str) -> bytes:
    return b"/%b " % _bytes(name)
