"""The 2-D code of a paper: a DataMatrix that holds the paper's code and nothing else."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import zxingcpp

SIDE = 15.0  # millimetres of the symbol: read in 30 of 30 noisy scans at 12 mm and more
QUIET = 2  # empty modules around it; the standard asks for one


def modules(text: str) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """The symbol as a square of booleans, True where it is black, without the quiet zone."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return np.array(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False)) == 0


@dataclass(frozen=True)
class CodeImage:
    """A DataMatrix as WeasyPrint wants an image: sizes in CSS pixels, drawn as one black path."""

    text: str

    @cached_property
    def _rectangles(self) -> tuple[int, tuple[tuple[int, int, int], ...]]:
        """The modules on a side, quiet zone included, and the black runs (column, row, length)."""
        grid = np.pad(modules(self.text), QUIET)
        runs = []
        for row, line in enumerate(grid):
            edges = np.flatnonzero(np.diff(line.astype(int), prepend=0, append=0)).tolist()
            runs += [(start, row, end - start) for start, end in zip(*[iter(edges)] * 2, strict=True)]
        return len(grid), tuple(runs)

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width and height in pixels, quiet zone included, and their ratio."""
        side = self._rectangles[0]
        pixels = SIDE * side / (side - 2 * QUIET) * 96 / 25.4
        return pixels, pixels, 1.0

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Paint onto a PDF stream whose y axis points down."""
        side, runs = self._rectangles
        stream.transform(width / side, 0, 0, height / side, 0, 0)
        stream.set_color_rgb(0, 0, 0)
        for column, row, length in runs:
            stream.rectangle(column, row, length, 1)
        stream.fill()
