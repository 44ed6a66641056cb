"""Imported by the process that all work is forked from: what takes long only the first time."""

from pathlib import Path

from examgen.items import Int, IntegerEntry, Item
from examgen.preview.page import show_item


class _First(Item):
    """Any item: showing it loads templates, fonts and formulas."""

    name = "first"
    title = "First"
    H = Int(1, 2)
    stem = "$H = <<H>>$"
    side = IntegerEntry(H / 2 + 1, prompt="Side?", marks=1)
    solution = "<<working.side>>"


show_item(_First(1), Path("first.py"))
