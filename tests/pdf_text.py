"""The text and the structure of a PDF, without a program that a machine may lack."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

ARTIFACT = -1


def page_text(page: pikepdf.Page) -> Iterator[str]:
    """The letters shown on a page, by the tables that its fonts carry for copying text."""
    return (text for text, _ in _shown(page))


def _shown(page: pikepdf.Page) -> Iterator[tuple[str, int | None]]:
    """Each text with the number of the marked content it is in, None outside of any."""
    tables = {}
    for name, font in page.Resources.get("/Font", {}).items():
        source = font.ToUnicode.read_bytes().decode("ascii")
        pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", source)
        tables[name] = {int(a, 16): bytes.fromhex(b).decode("utf-16-be") for a, b in pairs}
    table: dict[int, str] = {}
    marks: list[int | None] = [None]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                table = tables[str(operands[0])]
            case "BMC":
                marks.append(ARTIFACT if operands[0] == "/Artifact" else marks[-1])
            case "BDC":
                marks.append(int(operands[1].MCID))
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                shown = operands[0] if str(operator) == "TJ" else operands
                codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
                pairs = zip(codes[::2], codes[1::2], strict=True)
                yield "".join(table.get(high * 256 + low, "") for high, low in pairs), marks[-1]


class Element(NamedTuple):
    """A structure element: its tag, itself, and its kids, elements and the text of contents."""

    tag: str
    node: pikepdf.Dictionary
    kids: tuple["Element | str", ...]

    def below(self) -> Iterator["Element"]:
        """This element and all those in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.below()

    def text(self) -> str:
        """The text of all contents, in reading order, without pictures and numbers of lists."""
        if self.tag in ("Formula", "Figure", "Lbl"):
            return ""
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)


def structure(pdf: pikepdf.Pdf) -> Element:
    """The tree of the structure elements, with the text that they hold."""
    texts = {page.obj.objgen: marked_text(page) for page in pdf.pages}
    return _element(pdf.Root.StructTreeRoot.K[0], texts)


def _element(node: pikepdf.Dictionary, texts: dict) -> Element:
    kids = [
        texts[node.Pg.objgen].get(int(kid), "") if isinstance(kid, int) else _element(kid, texts)
        for kid in node.get("/K", [])
    ]
    return Element(str(node.S).removeprefix("/"), node, tuple(kids))


def marked_text(page: pikepdf.Page) -> dict[int | None, str]:
    """The letters of each marked content by its number; None is of what is not marked at all."""
    found: dict[int | None, str] = {}
    for text, number in _shown(page):
        if number != ARTIFACT:
            found[number] = found.get(number, "") + text
    return found


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
