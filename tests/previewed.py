"""An item model on disk, and its preview served to a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examgen.preview import PreviewServer
from examgen.preview.page import Source

NAME = "maps/area"
MODEL = """from examgen import *


class Area(Item):
    title = "Map and border"
    H = Int(2, 9)
    stem = "A square map of side $H = <<H>>$."
    side = IntegerEntry(H + 1, prompt="Its side with a border?", marks=2, carries=(1, 100))
    area = IntegerEntry(side ** 2, prompt="Its area?", marks=3, misconceptions=[
        Misconception("perimeter", 4 * side, r"Multiply the sides: $S \\times S$."),
    ])
    solution = "<<working.area>>"

    def oracle(self):
        cells = [(i, j) for i in range(self.H + 1) for j in range(self.H + 1)]
        return {"side": len({i for i, _ in cells}), "area": len(cells)}
"""


def write_model(folder: Path, text: str = MODEL) -> Path:
    """The item model ``maps/area`` in an author's folder; its file."""
    path = folder / f"{NAME}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def serving(folder: Path, **options) -> Iterator[PreviewServer]:
    """The preview of ``maps/area``, answering in a thread."""
    server = PreviewServer(Source(NAME, (folder,)), **options)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
