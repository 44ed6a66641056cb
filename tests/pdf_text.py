"""The text and the structure of a PDF, without a program that a machine may lack."""

import re
from collections.abc import Iterator

import pikepdf


def page_text(page: pikepdf.Page) -> Iterator[str]:
    """The letters shown on a page, by the tables that its fonts carry for copying text."""
    tables = {}
    for name, font in page.Resources.get("/Font", {}).items():
        source = font.ToUnicode.read_bytes().decode("ascii")
        pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", source)
        tables[name] = {int(a, 16): bytes.fromhex(b).decode("utf-16-be") for a, b in pairs}
    table = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            shown = operands[0] if str(operator) == "TJ" else operands
            codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
            pairs = zip(codes[::2], codes[1::2], strict=True)
            yield "".join(table.get(high * 256 + low, "") for high, low in pairs)


def elements(pdf: pikepdf.Pdf) -> list[tuple[str, str | None]]:
    """Every structure element: its tag, and its alternative text or None."""
    found = []
    todo = [pdf.Root.StructTreeRoot]
    while todo:
        node = todo.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            found.append((str(node.S), str(node.Alt) if "/Alt" in node else None))
        kids = node.get("/K", [])
        todo += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found
