"""Tables of any size, read a row at a time, and written so that a spreadsheet runs nothing."""

import csv
import io
import os
import tracemalloc

import pytest

from examgen.errors import ExamgenError
from examgen.exam.decode import LONGEST_LINE
from examgen.exam.export import safe, to_csv, unsafe
from examgen.exam.table import read_table


def table(path):
    return read_table(path, fitting=lambda names: len({*names} & {"id", "a", "b"}))


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def big(tmp_path, rows, last=""):
    """A table of so many rows, some of them over two lines."""
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("id;a;b\r\n")
        for number in range(2, rows + 1):
            file.write(f'{number};"line\r\nbreak";ö{number}\r\n')
        file.write(last)
    return path


def peak_of(work):
    """The most bytes that the work holds at a time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path):
    cell = "long answer " * 400
    peaks = []
    for rows in (300, 1200):
        path = write(tmp_path, "id,a,b\n" + f'1,"{cell}\n{cell}",{cell}\n' * rows)
        peaks.append(peak_of(lambda path=path: [row.number for row in table(path).rows]))
    assert path.stat().st_size > 17_000_000
    assert peaks[1] < 1.1 * peaks[0]


def test_a_fault_far_below_is_found_before_a_row_is_given(tmp_path):
    for last, message in (
        ('20001;"never closed;x\r\n', r"row 20001: a quote \(\"\) is opened and never closed"),
        ("20001;x;y;z\r\n", "row 20001 has 4 cells, the header 3"),
        ('20001;"x"y;z\r\n', "row 20001: not well-formed CSV"),
        ("20001;x\0;y\r\n", "line 40000 holds a NUL"),
    ):
        with pytest.raises(ExamgenError, match=message):
            table(big(tmp_path, 20_000, last))


def test_a_byte_far_below_tells_the_encoding_of_the_whole(tmp_path):
    path = big(tmp_path, 50_000)
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))
    found = table(path)
    assert found.encoding == "cp1252"
    assert "byte 0xF6 in line 3" in found.notes[0]
    assert next(found.rows).cells == ("2", "line\r\nbreak", "ö2")
    path.write_bytes(path.read_bytes() + b"\x81\x8d;;\r\n")
    with pytest.raises(ExamgenError, match="neither UTF-8 nor Windows text"):
        table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path, encoding, line_end):
    lines = ["sep=|", "id|a|b", '1|"x|y"|é', "2||", "", "3|4|😀"]
    found = table(write(tmp_path, line_end.join(lines), encoding))
    assert found.header == ("id", "a", "b")
    assert [row.cells for row in found.rows] == [("1", "x|y", "é"), ("2", "", ""), ("3", "4", "😀")]
    assert [row.number for row in found.rows] == [2, 3, 5]


def test_a_line_without_end_is_refused_before_it_fills_memory(tmp_path):
    path = write(tmp_path, "id,a\n1," + "x" * (3 * LONGEST_LINE))
    with pytest.raises(ExamgenError, match="line 2 is longer than"):
        peak = peak_of(lambda: table(path))
        assert peak < 10 * LONGEST_LINE


def test_rows_that_end_early_are_counted_and_the_first_ones_named(tmp_path):
    found = table(write(tmp_path, "id,a,b\n" + "1,2\n" * 30))
    listed = ", ".join(map(str, range(2, 12)))
    assert f"rows {listed} and 20 more with fewer cells" in found.notes[0]


def test_a_folder_and_a_pipe_are_no_tables(tmp_path):
    with pytest.raises(ExamgenError, match="cannot be read"):
        table(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExamgenError, match="a pipe, not a file"):
        table(tmp_path / "pipe")


# ---- what is written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["5", "-5", "+5", "-1,5", "1e10", "-.5", "+3.", "-1E-05", "", "a=b", "x", "12:30"]
)
def test_numbers_and_plain_text_stay_as_they_are(text):
    assert safe(text) == text == unsafe(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "-f*b/Z^2", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1",
     "＋1", "－1", "＠x", "-", "+", "-5 GB", "=HYPERLINK(\"http://x\")", "-1,5,6"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_a_quote_and_is_read_back(text):
    assert safe(text) == "'" + text
    assert unsafe(safe(text)) == text
    (row,) = csv.reader(io.StringIO(to_csv([text], []), newline=""))
    assert row == ["'" + text]
