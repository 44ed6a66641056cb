"""The printed key table of a class: which keys stand where, and that it fits."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfua
import pikepdf
import pytest
from pdf_text import page_text, structure

from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form
from examgen.paper import Heading, Typesetter, press, print_key_table
from examgen.paper.render import render_key_table

MANY = 70  # papers: several pages for the keys of the same questions


def class_of(form: Form, count: int, *, versions: int = 0) -> list[Form]:
    """Papers that differ by their code, student and first key, those of a version by no key."""
    first = form.items[0]
    asked, *others = first.parts
    forms = []
    for number in range(1, count + 1):
        version = (number - 1) % versions + 1 if versions else 0
        parts = (replace(asked, key=7000 + (version or number)), *others)
        items = (replace(first, parts=parts), *form.items[1:])
        code, student = f"CODE{number}-X", f"24{number:05d}"
        forms.append(
            replace(form, number=number, code=code, student=student, version=version, items=items)
        )
    return forms


def printed(forms: Sequence[Form], heading: Heading, papers: Typesetter) -> bytes:
    columns = [part.column for item in forms[0].items for part in item.parts]
    return render_key_table(forms, heading, columns, papers=papers)


def rows_of(content: bytes) -> list[list[str]]:
    """The cells of the rows of all tables, by the tags."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            [cell.text().strip() for cell in row.below() if cell.tag in ("TH", "TD")]
            for row in structure(pdf).below()
            if row.tag == "TR"
        ]


def test_each_paper_has_its_keys(papers: Typesetter, sample: tuple[Form, Heading]) -> None:
    form, heading = sample
    forms = class_of(form, 3)
    rows = rows_of(printed(forms[::-1], heading, papers))
    heads = [row for row in rows if row[1] == "Paper"]
    pairs = [(head, row) for head, row in pairwise(rows) if head in heads]
    assert [column for head in heads for column in head[3:]] == [
        part.column for item in form.items for part in item.parts
    ]
    assert [row[:4] for row in rows[1:4]] == [
        ["1", "CODE1-X", "2400001", "7001"],
        ["2", "CODE2-X", "2400002", "7002"],
        ["3", "CODE3-X", "2400003", "7003"],
    ]
    cells = {column: cell for head, row in pairs for column, cell in zip(head, row, strict=True)}
    assert (cells["1.b"], cells["2.a"]) == ("1216", "[-1, 0, 0; 0, 1, 2; 3, 0, -4]")


def test_what_has_no_key_and_what_is_too_long(
    papers: Typesetter, sample: tuple[Form, Heading]
) -> None:
    form, heading = sample
    item = form.items[0]
    asked = item.parts[0]
    long = {"kind": "array", "shape": [60], "entry": {"kind": "integer"}}
    parts = (
        replace(asked, column="1.a", kind=long, key=[-100] * 60),
        replace(asked, column="1.b", kind={"kind": "essay"}, key=None, misconceptions=()),
    )
    other = replace(asked, column="1.c")
    forms = [
        replace(form, number=1, items=(replace(item, parts=parts),)),
        replace(form, number=2, items=(replace(item, parts=(*parts[:1], other)),)),
    ]
    content = render_key_table(forms, heading, ["1.a", "1.b", "1.c"], papers=papers)
    assert [row[3:] for row in rows_of(content)] == [
        ["1.a", "1.b", "1.c"],
        ["see key", "–", ""],
        ["see key", "", "11"],
    ]


def test_versions_have_one_row_each(papers: Typesetter, sample: tuple[Form, Heading]) -> None:
    form, heading = sample
    rows = rows_of(printed(class_of(form, MANY, versions=2), heading, papers))
    where = [row for row in rows if "Paper" not in row and row[1].startswith("CODE")]
    cells = [cell for row in where for cell in row]
    found = {tuple(cells[at : at + 4]) for at in range(0, len(cells), 4)}
    assert ("70", "CODE70-X", "2400070", "2") in found and len(found) == MANY
    assert [row[:2] for row in rows if row[1] in ("7001", "7002")] == [["1", "7001"], ["2", "7002"]]


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_many_papers_take_several_pages(sample: tuple[Form, Heading], sheet: str) -> None:
    form, heading = sample
    content = printed(class_of(form, MANY), heading, Typesetter(sheet=sheet))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = ["".join(page_text(page)) for page in pdf.pages]
        left, bottom, right, top = map(float, pdf.pages[0].mediabox.as_list())
    assert right - left == pytest.approx({"A4": 842, "Letter": 792}[sheet], abs=1)
    assert right - left > top - bottom
    assert all("Paper" in page for page in pages[1:])  # the header row
    assert all("Confidential" in page for page in pages)
    words = "".join(pages)
    bands = words.count("CODE1-X")
    assert bands > 1 and all(words.count(f"CODE{n}-X") == bands for n in range(1, MANY + 1))


def test_the_same_bytes_and_no_findings(
    papers: Typesetter, sample: tuple[Form, Heading], tmp_path: Path
) -> None:
    form, heading = sample
    forms = class_of(form, MANY)
    content = printed(forms, heading, papers)
    assert content == printed(forms, heading, Typesetter())
    (tmp_path / "table.pdf").write_bytes(content)
    report = pdfua.validate(str(tmp_path / "table.pdf"))
    assert [(one.rule_id, one.message) for one in report.findings] == []


def test_large_classes_are_several_files(
    papers: Typesetter,
    sample: tuple[Form, Heading],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form, heading = sample
    monkeypatch.setattr(press, "_A_TABLE", 2)
    forms = class_of(form, 5)
    print_key_table(ExamFolder(tmp_path), forms, heading, ["1.a"], papers=papers)
    files = sorted((tmp_path / "confidential").glob("*"))
    assert [file.name for file in files] == ["key_table-3.pdf", "key_table-5.pdf", "key_table.pdf"]
    keys = [[row[3] for row in rows_of(file.read_bytes())[1:]] for file in files]
    assert keys == [["7003", "7004"], ["7005"], ["7001", "7002"]]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
