"""CSV files that a spreadsheet opens without running anything in them."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


def safe(text: str) -> str:
    """The text with a quote before it where a spreadsheet would take it for a formula.

    Plain numbers stay as they are, else a column of marks could not be added up.
    """
    if text.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def unsafe(text: str) -> str:
    """The text before `safe`."""
    inner = text.removeprefix("'")
    return inner if text != inner and safe(inner) == text else text


def number(value: Fraction | int | None, *, places: int = 6) -> str:
    """A number as a decimal, exact up to ``places`` decimals, else rounded half up."""
    if value is None:
        return ""
    top, bottom = abs(value.numerator), value.denominator
    if bottom == 1:  # as most are
        return str(value.numerator)
    scaled = (2 * top * 10**places + bottom) // (2 * bottom)
    whole, rest = divmod(scaled, 10**places)
    digits = f"{rest:0{places}d}".rstrip("0")
    return ("-" if value < 0 and scaled else "") + str(whole) + (f".{digits}" if digits else "")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table as CSV text with comma and line feed, every cell `safe`."""
    return csv_lines([header, *rows])


def csv_lines(rows: Iterable[Sequence[str]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    """Rows as CSV text, every cell `safe`."""
    lines = [delimiter.join(_quoted(safe(cell), delimiter) for cell in row) for row in rows]
    return "".join(line + line_end for line in lines)


def _quoted(cell: str, delimiter: str) -> str:
    """The cell in quotes where it needs them; Python's writer forgets a lone carriage return."""
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
