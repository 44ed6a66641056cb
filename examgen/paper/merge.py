"""All papers in one file for the print shop."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from examgen.errors import ExamgenError
from examgen.files import write_bytes


def merge(paths: Sequence[Path], target: Path, *, duplex: bool = False) -> None:
    """Write the PDFs one after the other, in the order given; the same inputs give the same bytes.

    With ``duplex`` a blank page follows each paper of an odd number of pages, so that in printing
    on both sides every paper starts on a sheet of its own.
    """
    with pikepdf.new() as merged:
        for path in paths:
            with _opened(path) as paper:
                merged.pages.extend(paper.pages)
                if duplex and len(paper.pages) % 2:
                    left, bottom, right, top = map(float, paper.pages[-1].mediabox.as_list())
                    merged.add_blank_page(page_size=(right - left, top - bottom))
        content = io.BytesIO()
        merged.save(
            content,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    write_bytes(target, content.getvalue())


def _opened(path: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(path)
    except pikepdf.PdfError as error:
        raise ExamgenError(f"{path}: is damaged; delete it and build again") from error
