"""Nested lists of numbers as students write them: ``[1, 2; 3, 4]``, ``[[1,2],[3,4]]``, lines.

rows := row ((';' | new line) row)*      row := item ((',' | space) item)*
item := number | '[' rows ']'            (also round and curly brackets)
"""

from typing import TypeAlias

from examgen.answers.literals import Numeral
from examgen.answers.numerals import entry
from examgen.answers.scanner import CLOSERS, DEEPEST_NESTING, DIGITS, Scanner, Unreadable

Nested: TypeAlias = "Numeral | list[Nested]"


def nested(scanner: Scanner) -> list[Nested]:
    """The rest of the text as nested lists; a text without brackets counts as one list."""
    items = _rows(scanner, opened=None, depth=0)
    only = items[0] if len(items) == 1 else items
    return only if isinstance(only, list) else items


def shape_of(items: Nested) -> tuple[int, ...]:
    """The lengths of rectangular nested lists, outermost first; raises `Unreadable` for others."""
    if not isinstance(items, list):
        return ()
    shapes = [shape_of(item) for item in items]
    for number, shape in enumerate(shapes, 1):
        if shape != shapes[0]:
            here, first = _counted(shape), _counted(shapes[0])
            raise Unreadable(f"row {number} has {here}, row 1 has {first}")
    return (len(items), *shapes[0])


def _counted(shape: tuple[int, ...]) -> str:
    """What one row holds, in words."""
    if len(shape) > 1:
        return " × ".join(map(str, shape)) + " numbers"
    count = shape[0] if shape else 1
    return f"{count} number{'' if count == 1 else 's'}"


def _rows(scanner: Scanner, *, opened: int | None, depth: int) -> list[Nested]:
    """The rows up to the closing bracket or the end, as lists of items."""
    rows: list[list[Nested]] = [[]]
    comma = False  # a comma waits for its number
    while True:
        start = scanner.at
        spaced = scanner.skip()
        mark = scanner.peek()
        new_line = "\n" in scanner.text[start : scanner.at]
        if not mark or mark in ")]}":
            break
        if mark in ",;":
            if comma or not rows[-1]:
                raise scanner.refuse("a number is missing before")
            scanner.at += 1
            comma = mark == ","
            if not comma:
                rows.append([])
            continue
        if new_line and rows[-1] and not comma:
            rows.append([])
        _check_apart(scanner, spaced=spaced, after=rows[-1], comma=comma)
        rows[-1].append(_item(scanner, depth=depth))
        comma = False
    if comma or not rows[0]:
        raise scanner.refuse("a number is missing before" if mark else "a number is missing")
    _check_closed(scanner, opened)
    return _collapsed([_plain(scanner, row) for row in rows if row])


def _check_apart(scanner: Scanner, *, spaced: bool, after: list[Nested], comma: bool) -> None:
    """Refuse numbers that touch, and a sign that may stand between two numbers."""
    if not after or comma:
        return
    mark = scanner.peek()
    if not spaced and mark not in CLOSERS and not isinstance(after[-1], list):
        raise scanner.unexpected()
    if mark in "+-" and scanner.text[scanner.at + 1 : scanner.at + 2] == " ":
        raise scanner.refuse("write signs close to their numbers, not apart like this")


def _item(scanner: Scanner, *, depth: int) -> Nested:
    """A number, or a bracket with its rows."""
    scanner.count()
    if scanner.peek() not in CLOSERS:
        start = scanner.at
        numeral = entry(scanner)
        if scanner.text[start] == "0" and scanner.text[start + 1 : start + 2] in DIGITS:
            raise scanner.refuse("a number begins with a zero, look for", start)
        return numeral
    if depth >= DEEPEST_NESTING:
        raise scanner.refuse(f"brackets are nested deeper than {DEEPEST_NESTING}:")
    opened = scanner.at
    scanner.at += 1
    items = _rows(scanner, opened=opened, depth=depth + 1)
    scanner.at += 1
    return items


def _check_closed(scanner: Scanner, opened: int | None) -> None:
    """Refuse a bracket that does not fit the one opened at this index (None: none is open)."""
    mark = scanner.peek()
    if opened is None:
        if mark:
            raise scanner.refuse("there is no opening bracket for the")
        return
    closer = CLOSERS[scanner.text[opened]]
    if mark != closer:
        raise scanner.refuse(f"missing '{closer}' for the", opened)


def _plain(scanner: Scanner, row: list[Nested]) -> list[Nested]:
    """A row with bracketed single numbers, such as ``(-1)`` beside ``2``, as numbers."""
    if all(isinstance(item, list) for item in row):
        return row
    plain = [item[0] if isinstance(item, list) and len(item) == 1 else item for item in row]
    if any(isinstance(item, list) for item in plain):
        raise scanner.refuse("numbers and rows are mixed before" if scanner.peek() else
                             "numbers and rows are mixed")  # fmt: skip
    return plain


def _collapsed(rows: list[list[Nested]]) -> list[Nested]:
    """One row as its items; rows that are one bracket each as those brackets."""
    if len(rows) == 1:
        return rows[0]
    if all(len(row) == 1 and isinstance(row[0], list) for row in rows):
        return [row[0] for row in rows]
    return list(rows)
