"""Objects of a PDF that are turned into bytes once, and compressed as zlib does by default."""

import zlib
from functools import cache
from types import SimpleNamespace
from typing import Any

import pydyf


def compress_quickly() -> None:
    """Have pydyf compress a PDF at the usual level: a third of the time, 1.5 % more bytes."""
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj())


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
    kind = type(thing)  # not a stream, which is more than an object
    if kind is pydyf.Dictionary:
        return b"<<%b>>" % b"".join([_key(name) + _bytes(one) for name, one in thing.items()])
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join([_bytes(one) for one in thing])
    written: bytes = pydyf._to_bytes(thing)
    return written


@cache
def _key(name: str) -> bytes:
    return b"/%b " % _bytes(name)
