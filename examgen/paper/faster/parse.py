"""HTML read by libxml2, which is ten times as fast as the reader that WeasyPrint brings."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from cssselect2 import ElementWrapper
from lxml import etree

from examgen.errors import ExamgenError

_SHOWN = 40  # letters before the place of an error


def read_html(weasyprint: ModuleType, source: str, fetcher: Any) -> Any:
    """A page of HTML as WeasyPrint renders it; ``fetcher`` gets what it links to.

    Raises `ExamgenError` for a letter at which the reader would break the page off.
    """
    parser = etree.HTMLParser(target=_Tree(), remove_comments=True, huge_tree=True)
    page = object.__new__(weasyprint.HTML)
    page.etree_element = etree.fromstring(source, parser)
    if fatal := parser.error_log.filter_from_fatals():
        read = "".join(page.etree_element.itertext())[-_SHOWN:]
        raise ExamgenError(f"the page cannot be read beyond '{read}': {fatal[0].message}")
    for table in page.etree_element.iter("table"):
        _add_body(table)
    page.wrapper_element = ElementWrapper.from_html_root(page.etree_element, content_language=None)
    page.base_url, page.url_fetcher, page.media_type = None, fetcher, "print"
    return page


def _add_body(table: Element) -> None:
    """Put rows that stand in a table by themselves into a body, as browsers do."""
    rows = [child for child in table if child.tag == "tr"]
    if rows:
        body = Element("tbody")
        table.insert(list(table).index(rows[0]), body)
        for row in rows:
            table.remove(row)
            body.append(row)


class _Tree(TreeBuilder):
    """Elements of the standard library, which WeasyPrint keeps its notes by."""

    def start(self, tag: Any, attributes: Mapping[Any, Any], /) -> Element:
        """Begin an element."""
        return super().start(tag, dict(attributes))

    def doctype(self, *_: Any) -> None:
        """Pass over the line before the root."""
