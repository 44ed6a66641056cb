"""A page of HTML as tests look at it."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "col", "mspace"} | {
    "rect",
    "line",
    "circle",
    "polygon",
}
BLOCKS = {"div", "p", "table", "ul", "ol", "h1", "h2", "h3", "section", "pre", "textarea", "figure"}


class Page(HTMLParser):
    """The elements of a page with their attributes, its words, and what is nested wrongly."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.wrong += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in BLOCKS - {"textarea"} and "p" in self._open:
            self.wrong.append(f"{tag} in p")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if not {"style", "script"}.intersection(self._open):
            self.words += data.split()

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]
