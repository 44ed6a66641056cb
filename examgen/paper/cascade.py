"""Styles of elements that all documents of a typesetter share, computed once.

WeasyPrint 70 finds the declarations of every element, merges them and computes each property anew
for every document. Papers of a class have the same elements under the same style sheets.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element

_MOST = 4000  # elements with styles of their own that are remembered


@dataclass
class _Node:
    """An element by its place in the tree of styles: what it inherits and which rules match."""

    style: Any
    pseudo: dict[str, Any]
    children: dict[tuple[object, ...], "_Node"] = field(default_factory=dict)


class SharedStyles:
    """The styles computed so far under the same style sheets."""

    def __init__(self) -> None:
        self.sheets: list[Any] = []
        self.top: dict[tuple[object, ...], _Node] = {}
        self.count = 0

    def prepare(self, sheets: list[Any]) -> None:
        """Forget all of it where it is too much, or under other style sheets."""
        if self.count > _MOST or [id(one[0]) for one in sheets] != [id(s[0]) for s in self.sheets]:
            self.sheets, self.top, self.count = sheets, {}, 0


def share_styles(css: ModuleType) -> None:
    """Make ``weasyprint.css`` take the styles of a document from its ``shared_styles``.

    A document has its own copies of them, because layout changes styles in place. Doing it twice
    changes nothing more.
    """
    original = css.StyleFor
    if getattr(original, "shares_styles", False):
        return

    class StyleFor(original):  # type: ignore[misc, valid-type]
        """The styles of one document."""

        shares_styles = True

        def __init__(
            self, html: Any, sheets: list[Any], hints: bool, fonts: Any, targets: Any
        ) -> None:
            shared = getattr(html, "shared_styles", None)
            if shared is None or hints:
                super().__init__(html, sheets, hints, fonts, targets)
                return
            shared.prepare(sheets)
            self._cascaded_styles: dict[Any, Any] = {}
            self._computed_styles: dict[Any, Any] = {}
            self.initial_page_sizes = {"box": None, "area": None}
            self._sheets, self.font_config = sheets, fonts
            self._copy_styles(html, shared, targets)

        def _copy_styles(self, html: Any, shared: SharedStyles, targets: Any) -> None:
            nodes: dict[Any, _Node] = {}
            copies: dict[tuple[int, int], Any] = {}
            for wrapper in html.wrapper_element.iter_subtree():
                element = wrapper.etree_element
                parent = wrapper.parent.etree_element if wrapper.parent else None
                node = nodes[element] = self._node(wrapper, nodes.get(parent), shared, html)
                inherited = self._computed_styles.get((parent, None))
                # As in WeasyPrint, no two elements with style attributes share one object.
                given = "style" in element.attrib or "lang" in element.attrib
                place = (id(inherited), id(element if given else node))
                if place not in copies:
                    copies[place] = self._copy(node.style, inherited)
                    if targets and copies[place]["anchor"]:
                        targets.collect_anchor(copies[place]["anchor"])
                own = self._computed_styles[element, None] = copies[place]
                for name, style in node.pseudo.items():
                    self._computed_styles[element, name] = self._copy(style, own)

        def _copy(self, style: Any, parent: Any) -> Any:
            copy = style.copy()
            copy.initial_page_sizes = self.initial_page_sizes
            if parent is not None:
                copy.parent_style = parent
            return copy

        def _node(self, wrapper: Any, parent: _Node | None, shared: SharedStyles, html: Any) -> Any:
            """The node of an element, made at the first element with such rules in its place."""
            element = wrapper.etree_element
            matched = [
                (number, *rule)
                for number, (sheet, _, _) in enumerate(self._sheets)
                for rule in sheet.matcher.match(wrapper)
            ]
            given = element.get("style"), element.get("lang")
            key = (*given, *((number, order) for number, _, order, _, _ in matched))
            siblings = shared.top if parent is None else parent.children
            if key not in siblings:
                merged = self._merge(element, matched, html.base_url)
                root = None if parent is None else next(iter(shared.top.values())).style
                style = self._compute(merged.pop(None, {}), parent and parent.style, root, html)
                pseudo = {
                    str(name): self._compute(cascaded, style, root or style, html, name)
                    for name, cascaded in merged.items()
                }
                siblings[key] = _Node(style, pseudo)
                shared.count += 1
            return siblings[key]

        def _merge(
            self, element: Any, matched: list[Any], base_url: Any
        ) -> dict[str | None, dict[str, Any]]:
            """The declarations that win, by pseudo-element: name → (value, weight)."""
            merged: dict[str | None, dict[str, Any]] = {}
            for pseudo, origin, layer, specificity, declarations in (
                *_own_declarations(css, element, base_url),
                *self._sheet_declarations(matched),
            ):
                style = merged.setdefault(pseudo, {})
                for name, value, important in declarations:
                    weight = css.declaration_precedence(origin, important), layer, specificity
                    if name not in style or style[name][1] <= weight:
                        style[name] = value, weight
            return merged

        def _sheet_declarations(self, matched: list[Any]) -> Iterator[tuple[Any, ...]]:
            for number, specificity, _, pseudo, (declarations, layer) in matched:
                sheet, origin, of_sheet = self._sheets[number]
                order = css.inf if layer is None else sheet.layers.index(layer)
                yield pseudo, origin, order, of_sheet or specificity, declarations

        def _compute(
            self, cascaded: Any, parent: Any, root: Any, html: Any, pseudo: str | None = None
        ) -> Any:
            """A style with every property computed, except those that need the page's size."""
            style = css.ComputedStyle(
                parent,
                cascaded,
                pseudo,
                css.InitialStyle(self.font_config) if root is None else root,
                html.base_url,
                self.font_config,
                {},  # what needs the size of the page fails here, and each document computes it
            )
            for name in css.INITIAL_VALUES:
                if not css.check_math(cascaded.get(name, (None,))[0]):
                    with suppress(KeyError):
                        style[name]
            return style

    css.StyleFor = StyleFor  # type: ignore[attr-defined]


def _own_declarations(css: ModuleType, element: Any, base_url: Any) -> Iterator[tuple[Any, ...]]:
    """The declarations of an element's own attributes."""
    alone = Element(element.tag, element.attrib)
    for specificity, _, content, _ in css.find_style_attributes(alone, False, base_url):
        yield (
            *(None, "author", css.inf, specificity),
            list(css.preprocess_declarations(base_url, content)),
        )
